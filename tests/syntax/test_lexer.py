"""The lexer and the automaton do what Lark's own would."""

from hypothesis import example, given, settings
from hypothesis import strategies as st
from lark.exceptions import UnexpectedToken

from connectrules.syntax.automaton import Automaton
from connectrules.syntax.lexer import Lexer
from connectrules.syntax.mistakes import Mistake, Unexpected
from connectrules.syntax.parser import grammar
from tests.syntax.test_properties import POLICIES

LEXER = Lexer.of(grammar())
AUTOMATON = Automaton.of(grammar())
LINES = st.text("a-# \t\n\u00a0", max_size=30)


@settings(deadline=None)
@given(st.one_of(st.text(), POLICIES, LINES).map(lambda text: text.replace("\r", "\n")))
@example("- a\n \t- b # c\n\n  -\n# d\n-")
@example("ALL ALLY aLL AS ASK ASKING A#B #C\nNOT-x AND_OR")
def test_marks_are_those_of_larks_own_lexer(text: str) -> None:
    """Each mark has the type, the words and the place that Lark would give it."""
    wanted = [
        (
            mark.type,
            mark.lstrip("\n"),
            mark.end_pos,
            mark.end_line,
            (mark.end_column or 0) - len(mark.lstrip("\n")),
        )
        for mark in grammar().lex(text)
    ]

    assert [
        (mark.type, str(mark), mark.end_pos, mark.line, mark.column) for mark in LEXER.marks(text)
    ] == wanted


@settings(deadline=None)
@given(POLICIES)
def test_marks_are_read_as_by_larks_own_parser(text: str) -> None:
    """Both make the same of a text, or stop at the same mark and would have taken the same."""
    marks = LEXER.marks(text)
    machine = grammar().parse_interactive()
    index = 0
    wanted: object
    try:
        for index, mark in enumerate(marks):  # noqa: B007 - the place where it stops
            machine.feed_token(mark)  # type: ignore[arg-type]
        index = len(marks)
        wanted = machine.feed_eof()  # type: ignore[no-untyped-call]
    except UnexpectedToken:
        machine = grammar().parse_interactive()
        for mark in marks[:index]:
            machine.feed_token(mark)  # type: ignore[arg-type]
        accepted = frozenset(machine.accepts())  # type: ignore[no-untyped-call]
        wanted = index, accepted - {"$END"}
    except Mistake as mistake:
        wanted = str(mistake)

    found: object
    try:
        found = AUTOMATON.read(marks)
    except Unexpected as unexpected:
        found = unexpected.index, unexpected.accepts
    except Mistake as mistake:
        found = str(mistake)

    assert found == wanted
