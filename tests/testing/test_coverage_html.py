"""Coverage as a page."""

from html.parser import HTMLParser

from connectrules import Contact, Policy
from connectrules.render.html import MARK
from connectrules.testing.cases import tried_contacts
from connectrules.testing.coverage import coverage_of
from connectrules.testing.report.html import coverage_html
from connectrules.testing.report.words import CONTACTS
from tests.testing.covered import GAPS, SHARED, covered


class _Read(HTMLParser):
    """What a page says, and whether its elements are closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.titles: list[str] = []
        self.said = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what it is called and where it leads."""
        if tag != "meta":
            self.open.append(tag)
        for name, value in attrs:
            for kind, found in (("id", self.ids), ("href", self.links), ("title", self.titles)):
                if name == kind and value is not None:
                    found.append(value)

    def handle_endtag(self, tag: str) -> None:
        """See that it is the last that was opened."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note what is shown."""
        if not {"style", "script"} & {*self.open}:
            self.said += data


def read(text: str) -> _Read:
    """The page about the policy that *text* is."""
    return _Read(coverage_html(*covered(text)))


def test_it_is_a_page_to_keep() -> None:
    """It begins as such pages do, closes what it opens, and leads only to itself."""
    text = coverage_html(*covered(GAPS))
    found = _Read(text)

    assert text.startswith(MARK)
    assert found.open == []
    assert found.links
    assert {each.removeprefix("#") for each in found.links} <= {*found.ids}
    assert len({*found.ids}) == len(found.ids)
    assert "http:" not in text
    assert "https:" not in text


def test_lines_say_what_is_shown_of_them() -> None:
    """In words, beside the colour."""
    said = " ".join(read(GAPS).said.split())

    assert (
        """
CONNECT "friends" WHEN would recommend
✓ `friends` decides for 1 EXAMPLE.
✗ would recommend Holds for 1, does not for 1, is not known of 0.
Decides `friends`: by `a friend`, where it holds, and `a stranger`, where it does not.
Not shown: is not known: nothing is known.
UNLESS is a recruiter
✗ Holds for 0, does not for 2, is not known of 0.
Not shown: holds: almost friends (is a recruiter: yes).
Not shown: is not known: nobody can show it.
Not shown: decides `friends` by itself: almost friends (is a recruiter: yes), beside `a friend`.
DECLINE "odd" WHEN
✗ `odd` decides for 0 EXAMPLEs.
Not shown: `odd` decides: nobody was found in 10 tries.
""".strip().replace("\n", " ")
        in said
    )


def test_pairs_are_shown_on_hover() -> None:
    """All that a line has."""
    assert read(SHARED).titles == [
        "`kin I recommend`, where it holds, and `kin I do not`, where it does not",
        "`kin I recommend`, where it holds, and `kin I do not`, where it does not",
        "`kin I recommend`, where it holds, and `no kin`, where it does not",
    ]


def test_other_files_are_shown_below() -> None:
    """By their names, with the marks of what is used of them."""
    said = read(SHARED).said

    assert "It USEs kin.policy" in said
    assert said.index("OTHERWISE DECLINE") < said.index("It USEs") < said.index("DEFINE kin AS")


def test_an_otherwise_that_is_not_written() -> None:
    """A bare condition has none; it is told below."""
    said = read("would recommend").said

    assert "✗ OTHERWISE decides for 0 EXAMPLEs. Not shown: OTHERWISE decides" in said
    assert "write `CONNECT WHEN` before it" in said


def test_texts_do_not_act() -> None:
    """Whatever contacts and rules are called."""
    bad = "<script>alert(1)</script>&\"'"
    quoted = bad.replace('"', '\\"')
    policy = Policy.parse(
        f'POLICY "{quoted}"\nCONNECT "{quoted}" WHEN position mentions "{quoted}"\n'
        "OTHERWISE DECLINE",
        name=f"{bad}.policy",
    )
    people = [Contact(key=bad + "\x1b", position=bad), Contact(key=bad, position="other")]
    tried = [each for each in tried_contacts(policy, people) if not isinstance(each, Exception)]

    text = coverage_html(policy, coverage_of(policy, tried), over=CONTACTS)

    found = _Read(text)
    assert found.open == []
    assert text.count("<script") == 1
    assert "\x1b" not in text
    assert f"`{bad}␛`, where it holds, and `{bad}`" in found.said
    assert found.said.count(bad) == 6
