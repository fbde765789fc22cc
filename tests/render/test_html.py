"""A page to keep, as text: what is written, when, and how it is escaped."""

import json
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectrules import Contact, Decision, Policy
from connectrules.errors import ContactError
from connectrules.explanation import Explanation, Reason, Why
from connectrules.render.html import MARK, Told, entries, page
from connectrules.render.html.entries import Texts, entry
from connectrules.render.html.escaping import in_html, in_script, link
from connectrules.render.html.policy import lines_html, lines_of
from connectrules.source import Source, Span
from connectrules.verdict import Verdict
from tests.browser import made


def explanation() -> Explanation:
    """One with a reason and nothing more."""
    return Explanation(
        "ada",
        Verdict(Decision.CONNECT, ("two rules",), ("I know them",)),
        Why((Reason("two rules", "I know them", ()),)),
    )


def test_pieces_come_as_contacts_do() -> None:
    """The frame first, then batches of contacts, and last what there is to note."""
    policy = Policy.parse("would recommend", name="a.policy")
    taken: list[int] = []

    def results() -> Iterator[tuple[Contact, Explanation]]:
        for number in range(600):
            taken.append(number)
            contact = Contact(key=f"k{number}", would_recommend=True)
            yield contact, policy.explain(contact)

    pieces = page(policy, results(), Told(made.DAY, ("x.csv",), lambda: [f"{len(taken)} taken"]))

    assert next(pieces).startswith(MARK)
    assert len(taken) == 0
    next(pieces)
    assert len(taken) == 250
    *_, last = pieces
    assert "<li>600 taken</li>" in last


def test_what_is_told_of_an_error_is_its_message_and_place() -> None:
    """As for a verdict, in the same form."""
    texts = Texts()
    error = ContactError("`x` is odd", contact="ada", code="CR501", fact="x", where="a.csv:2")

    one = entry(Contact(key="ada"), error, texts)

    told = texts.taken()
    assert (one.name, one.decision, one.says, one.because) == ("ada", "error", "`x` is odd", "")
    assert [[told[part] for part in branch[1:]] for branch in one.data["tree"]] == [
        ["", "`x` is odd", "a.csv:2"]
    ]


def test_texts_are_told_once() -> None:
    """However many contacts have them, and numbers go on where many were told."""
    texts = Texts()

    numbers = [texts.number(each) for each in ("a", "b", "a", "")]

    assert numbers == [1, 2, 1, 0]
    assert texts.taken() == ["", "a", "b"]
    assert texts.number("c") == 3
    assert texts.taken() == ["c"]


def test_texts_are_forgotten_where_they_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are told again then, so that memory stays bounded."""
    monkeypatch.setattr(entries, "_MOST_KEPT", 3)
    texts = Texts()

    numbers = [texts.number(each) for each in "abcab"]

    told = texts.taken()
    assert [told[number] for number in numbers] == [*"abcab"]
    assert len(set(numbers)) == 5


@given(st.text(), st.text())
def test_no_text_leaves_a_script_element(one: str, other: str) -> None:
    """Nor is any changed by being written there."""
    value = {"texts": [one, {other: one}]}

    written = in_script(value)

    assert re.search("[<>&\u2028\u2029]", written) is None
    assert json.loads(written) == value


@given(st.text())
def test_no_text_becomes_a_tag_or_ends_an_attribute(text: str) -> None:
    """Between tags and in quotes; all can be written as UTF-8."""
    written = in_html(text)

    assert re.search("[<>\"']", written) is None
    assert re.fullmatch("(?:[^&]|&(?:amp|lt|gt|quot|#x27);)*", written)
    written.encode()


@given(st.sampled_from(["", "https://a", "javascript:", "data:", "mailto:a@b"]), st.text())
def test_links_lead_to_the_web_and_to_mail_alone(begins: str, ends: str) -> None:
    """As browsers read them: without white space at the ends, tabs and line breaks."""
    url = begins + ends
    read = re.sub("[\t\n\r]", "", url).strip("".join(map(chr, range(33)))).lower()

    found = link(url)

    assert found in {None, url}
    assert found is None or read.startswith(("http://", "https://", "mailto:"))


@pytest.mark.parametrize(
    "url",
    ["https://net.example/in/ada?a=b#c", "http://x", "HTTPS://É.example", "mailto:a@b.example"],
)
def test_plain_addresses_are_links(url: str) -> None:
    """Whatever the case."""
    assert link(url) == url


def test_a_policy_is_shown_line_by_line() -> None:
    """Each piece by what it is; tabs stay, and all else that would act is shown."""
    source = Source(
        "a.policy", 'CONNECT "<b>" WHEN\r\n\t- NOT x > 5,000 # \u202e\n\nOTHERWISE REVIEW\n'
    )

    assert [*lines_html(source)] == [
        (
            '<span class="line"><span class="connect">CONNECT</span> '
            '<span class="text">&quot;&lt;b&gt;&quot;</span> '
            '<span class="word">WHEN</span></span>'
        ),
        (
            '<span class="line">\t- <span class="joining">NOT</span> x &gt; '
            '<span class="value">5,000</span> '
            '<span class="comment"># &lt;U+202E&gt;</span></span>'
        ),
        '<span class="line"> </span>',
        (
            '<span class="line"><span class="word">OTHERWISE</span> '
            '<span class="review">REVIEW</span></span>'
        ),
    ]
    assert lines_of(source, Span(0, 19)) == (1, 1)
    assert lines_of(source, Span(0, 22)) == (1, 2)


@given(st.text())
def test_nothing_of_a_policy_is_lost(text: str) -> None:
    """Whatever stands in it: its lines are shown as they are, and as many."""
    lines = [re.sub("<[^>]*>", "", line) for line in lines_html(Source("a", text))]

    wanted = [in_html(line).replace("␉", "\t") for line in re.split("\r\n|\n|\r", text.rstrip())]
    assert lines == [line or " " for line in wanted]


def test_a_policys_places_are_those_of_its_rules() -> None:
    """OTHERWISE too, where somebody wrote it."""
    policy = Policy.parse(made.POLICY)

    begins = {name: policy.source.text[span.start :][:9] for name, span in policy.places.items()}

    assert begins == {
        "two rules": 'CONNECT "',
        "press": 'REVIEW "p',
        "mass followers": 'DECLINE "',
        "otherwise": "OTHERWISE",
    }
    assert Policy.parse("would recommend").places == {"policy": Span(0, 15)}


def test_used_files_are_shown() -> None:
    """With their text, folded."""
    texts = {"common/words.policy": "DEFINE a friend AS met in person # <b>\n"}
    policy = Policy.parse(
        'USE "common/words.policy"\nCONNECT WHEN a friend\nOTHERWISE DECLINE\n',
        loader=texts.__getitem__,
    )

    shown = "".join(page(policy, (), Told(made.DAY, (), list)))

    assert "It USEs <code>common/words.policy</code>" in shown
    assert "a friend" in shown.partition("It USEs")[2]
    assert "# &lt;b&gt;" in shown


def test_a_note_is_not_looked_at() -> None:
    """Nor are e-mail addresses, which a page need not hold."""
    contact = Contact(key="ada", note="secret", emails=("secret@net.example",))

    one = entry(contact, explanation(), texts := Texts())

    assert "secret" not in json.dumps([one.data, texts.taken()])


def test_long_values_are_cut() -> None:
    """A page of many contacts stays one that can be opened."""
    contact = Contact(key="k" * 5_000, name="n" * 5_000, company="c" * 5_000)

    one = entry(contact, explanation(), texts := Texts())

    assert one.name == "n" * 299 + "…"
    assert len(json.dumps([one.data, texts.taken()])) < 1_500
