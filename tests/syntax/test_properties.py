"""What holds for any text at all."""

from hypothesis import given, settings
from hypothesis import strategies as st

from connectrules.source import Source
from connectrules.syntax import tree
from connectrules.syntax.parser import parse

PIECES = st.sampled_from(
    [
        *("a", "met on", '"x"', '"', "5", "5,00", "2024-02-30", ",", ";", ":", "(", ")", "[", "}"),
        *("\n", "\r\n", "\r", "\n- ", "\n  - ", "\n\t- ", " # c", " ", "AND", "OR", "NOT", "and"),
        *("ALL OF", "any of", "AT LEAST 2 OF", "AT", "POINTS FROM", "3 FOR", "FACT", "Fact", "ASK"),
        *("ASSUME", "DEFINE", "AS", "CONNECT", "connect", "WHEN", "when", "UNLESS", "BECAUSE"),
        *("OTHERWISE", "Otherwise", "DECLINE", "decline.", "EXAMPLE", "EXPECT", "TODAY", "ASKING"),
        *("POLICY", "LANGUAGE 1", "“", "'", "•", "IF", "=>", "\u200b", "\ud800", "\\", "!"),
    ]
)
POLICIES = st.lists(PIECES, max_size=25).map(" ".join)


@settings(deadline=None)
@given(st.one_of(st.text(), POLICIES))
def test_any_text_is_read(text: str) -> None:
    """Reading never raises, and all places lie within the text."""
    document, diagnostics = parse(Source("any", text))
    spans = [each.span for each in (*document.statements, *diagnostics)]
    spans += [document.bare.span] if document.bare else []
    for diagnostic in diagnostics:
        spans += [edit.span for fix in diagnostic.fixes for edit in fix.edits]

    assert all(0 <= span.start <= span.end <= len(text) for span in spans)
    assert [each.span for each in diagnostics] == sorted(each.span for each in diagnostics)


@settings(deadline=None)
@given(POLICIES)
def test_line_breaks_do_not_matter(text: str) -> None:
    """A text reads the same with any kind of line break."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    results = [
        parse(Source("any", plain.replace("\n", line_break))) for line_break in ("\n", "\r\n", "\r")
    ]
    trees = [(document.statements, document.bare) for document, _ in results]
    said = [
        [(each.code, each.message, each.start) for each in diagnostics]
        for _, diagnostics in results
    ]

    assert trees[0] == trees[1] == trees[2]
    assert said[0] == said[1] == said[2]


@settings(deadline=None)
@given(POLICIES)
def test_a_mistake_does_not_hide_other_statements(text: str) -> None:
    """A good statement at the end is read, whatever stands before it."""
    document, _ = parse(Source("any", f'{text}\nPOLICY "the last"'))

    assert isinstance(document.statements[-1], tree.Title)
