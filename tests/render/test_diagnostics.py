"""Diagnostics read well, whatever the text they are about."""

from textwrap import dedent

from hypothesis import given
from hypothesis import strategies as st

from connectrules.diagnostics import Diagnostic, Edit, Fix, Severity
from connectrules.errors import PolicyError
from connectrules.render.cells import width
from connectrules.render.text import Role, diagnostics_text, problem_text
from connectrules.source import Source, Span


def made(text: str, mark: str, *, name: str = "bramley.policy") -> Diagnostic:
    """A diagnostic about the first *mark* in *text*."""
    start = text.index(mark)
    return Diagnostic("CR102", "a message", Source(name, text), Span(start, start + len(mark)))


def shown(text: str) -> str:
    """*text* as a test writes it: indented, with a line break at both ends."""
    return dedent(text).strip("\n")


def edit(text: str, old: str, new: str) -> Edit:
    """*new* in the place of the first *old* in *text*."""
    start = text.index(old)
    return Edit(Span(start, start + len(old)), new)


def test_a_diagnostic_shows_its_line_and_what_helps() -> None:
    """The message, the place, the line, a mark under the span, and help."""
    text = "CONNECT WHEN\n    would recomend\nOTHERWISE DECLINE\n"
    start = text.index("would")
    diagnostic = Diagnostic(
        "CR102",
        "no fact or phrase reads like `would recomend`",
        Source("bramley.policy", text),
        Span(start, start + len("would recomend")),
        ("say which fact it is:\nFACT would recomend: yes/no",),
        (Fix("did you mean `would recommend`?", (edit(text, "recomend", "recommend"),)),),
    )

    assert diagnostics_text([diagnostic]) == shown("""
        error[CR102]: no fact or phrase reads like `would recomend`
         --> bramley.policy:2:5
          |
        2 |     would recomend
          |     ^~~~~~~~~~~~~~
        help: say which fact it is:
              FACT would recomend: yes/no
        help: did you mean `would recommend`?
          |
        2 |     would recommend
    """)


def test_several_diagnostics_stand_apart() -> None:
    """An empty line between them, and warnings are called so."""
    text = "a\nb"
    first = made(text, "a")
    second = Diagnostic(
        "CR403", "repeated item", Source("x", text), Span(2, 3), severity=Severity.WARNING
    )

    assert diagnostics_text([first, second]) == shown("""
        error[CR102]: a message
         --> bramley.policy:1:1
          |
        1 | a
          | ^

        warning[CR403]: repeated item
         --> x:2:1
          |
        2 | b
          | ^
    """)


def test_nothing_wrong_is_nothing() -> None:
    """No diagnostics, no text."""
    assert diagnostics_text([]) == ""


def test_wide_characters_and_tabs_align() -> None:
    """The mark stands under its text in columns, not in characters."""
    assert diagnostics_text([made('\tname is "日本" AND\tage', "age")]) == shown("""
        error[CR102]: a message
         --> bramley.policy:1:19
          |
        1 |     name is "日本" AND  age
          |                         ^~~
    """)


def test_a_wide_span_is_marked_whole() -> None:
    """A mark is as wide as the text it stands under."""
    assert diagnostics_text([made("company is 日本", "日本")]).splitlines()[-2:] == [
        "1 | company is 日本",
        "  |            ^~~~",
    ]


def test_a_long_line_is_cut_around_the_mark() -> None:
    """What is shown fits 80 columns, and says where it was cut."""
    text = "a AND " * 200 + "b OR c" + " OR d" * 200

    assert diagnostics_text([made(text, "b OR")]) == shown("""
        error[CR102]: a message
         --> bramley.policy:1:1201
          |
        1 | …a AND a AND a AND a AND b OR c OR d OR d OR d OR d OR d OR d OR d OR d OR …
          |                          ^~~~
    """)


def test_a_span_over_lines_is_marked_on_its_first() -> None:
    """The first line is shown, marked to its end."""
    assert diagnostics_text([made("a AND\nb", "AND\nb")]).splitlines()[-2:] == [
        "1 | a AND",
        "  |   ^~~",
    ]


def test_a_place_after_the_last_word_is_marked() -> None:
    """At the end of the text there is nothing to mark but the place."""
    source = Source("bramley.policy", "CONNECT WHEN a\n")
    diagnostic = Diagnostic("CR204", "no `OTHERWISE`", source, Span(15, 15), ("OTHERWISE DECLINE",))

    assert diagnostics_text([diagnostic]) == shown("""
        error[CR204]: no `OTHERWISE`
         --> bramley.policy:2:1
          |
        2 |
          | ^
        help: OTHERWISE DECLINE
    """)


def test_line_numbers_share_a_margin() -> None:
    """The margin is as wide as the widest number shown."""
    text = "a\n" * 8 + "(b\nc\n"
    diagnostic = Diagnostic(
        "CR101",
        "`(` is not closed",
        Source("bramley.policy", text),
        Span(16, 17),
        fixes=(Fix("close it", (Edit(Span(20, 20), ")"),)),),
    )

    assert diagnostics_text([diagnostic]) == shown("""
        error[CR101]: `(` is not closed
          --> bramley.policy:9:1
           |
         9 | (b
           | ^
        help: close it
           |
        10 | c)
    """)


def test_a_fix_shows_the_lines_it_changes() -> None:
    """Lines between that stay as they are are left out."""
    text = "a AND\nb AND\nc\nOR d"
    fix = Fix("put brackets", (Edit(Span(0, 0), "("), Edit(Span(13, 13), ")")))
    diagnostic = Diagnostic("CR103", "mixed", Source("x", text), Span(14, 16), fixes=(fix,))

    assert diagnostics_text([diagnostic]).splitlines()[-5:] == [
        "help: put brackets",
        "  |",
        "1 | (a AND",
        "  | …",
        "3 | c)",
    ]


def test_a_long_fix_is_cut() -> None:
    """A few lines show what it does."""
    fix = Fix("write it out", (Edit(Span(0, 1), "\n".join("abcdefgh")),))
    diagnostic = Diagnostic("CR101", "short", Source("x", "a"), Span(0, 1), fixes=(fix,))

    assert diagnostics_text([diagnostic]).splitlines()[-4:] == ["4 | d", "5 | e", "6 | f", "  | …"]


def test_a_fix_without_edits_is_its_title() -> None:
    """Nothing is shown where nothing changes."""
    diagnostic = Diagnostic("CR1", "m", Source("x", "a"), Span(0, 1), fixes=(Fix("wait", ()),))

    assert diagnostics_text([diagnostic]).splitlines()[-1] == "help: wait"


def test_text_cannot_act_on_the_terminal() -> None:
    """Control and direction characters are seen, everywhere they may stand."""
    text = "country is \x1b[31m\u202e AND name"
    diagnostic = Diagnostic(
        "CR109",
        "`\u202e` turns the direction of text",
        Source("\x1b.policy", text),
        Span(16, 17),
        ("remove \u202e",),
    )

    assert diagnostics_text([diagnostic]) == shown("""
        error[CR109]: `<U+202E>` turns the direction of text
         --> ␛.policy:1:17
          |
        1 | country is ␛[31m<U+202E> AND name
          |                 ^~~~~~~~
        help: remove <U+202E>
    """)


def test_parts_can_be_dressed() -> None:
    """A terminal may colour the parts; the text stays the same."""
    diagnostic = Diagnostic("CR1", "m", Source("x", "a b"), Span(2, 3), ("do",))

    def dress(role: Role, text: str) -> str:
        return f"<{role}>{text}</>"

    assert diagnostics_text([diagnostic], paint=dress) == shown("""
        <error>error[CR1]</>: m
         <frame>--></> x:1:3
        <frame>  |</>
        <frame>1 |</> a b
        <frame>  |</>   <error>^</>
        <help>help</>: do
    """)


def test_printing_an_error_shows_its_diagnostics() -> None:
    """str() of a PolicyError is what render makes of it."""
    diagnostics = (made("a b", "b"),)

    assert str(PolicyError(diagnostics)) == diagnostics_text(diagnostics)


def test_a_problem_elsewhere_looks_alike() -> None:
    """A file that cannot be read has no line to show."""
    text = problem_text(
        "CR503", "a row has 3 cells for 2 columns", where="x.csv:7", help=["mend it"]
    )

    assert text == shown("""
        error[CR503]: a row has 3 cells for 2 columns
         --> x.csv:7
        help: mend it
    """)
    assert problem_text("", "no such file") == "error: no such file"


@given(st.text(), st.integers(0, 50), st.integers(0, 50), st.text(max_size=5))
def test_anything_can_be_shown(text: str, start: int, length: int, new: str) -> None:
    """Any span of any text is shown, in lines that fit."""
    start = min(start, len(text))
    span = Span(start, min(start + length, len(text)))
    fix = Fix("change it", (Edit(span, new),))
    diagnostic = Diagnostic("CR101", "m", Source("x", text), span, fixes=(fix,))

    lines = diagnostics_text([diagnostic]).splitlines()

    assert lines[1].startswith(" ")
    assert all(width(line) <= 80 for line in lines)
