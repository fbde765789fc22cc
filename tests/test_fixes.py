"""Fixes are made one after the other, and each keeps what it promises."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from _pytest.mark import ParameterSet

from connectrules.diagnostics import Diagnostic, Edit, Fix, Severity
from connectrules.fixes import certain, edited, mend
from connectrules.policy import check
from connectrules.schema.vocabulary import Vocabulary
from connectrules.source import Source, Span
from tests.resolve import test_told
from tests.resolve.reading import VOCABULARY

WRONG = Path(__file__).parent / "wrong"


def mended(text: str) -> tuple[str, list[str], list[str]]:
    """*text* with its fixes made, and the codes of what was fixed and of what is left."""
    done = mend(Source("a.policy", text), check)
    return done.source.text, [each.code for each in done.fixed], [each.code for each in done.left]


def test_edits_are_made_wherever_they_stand() -> None:
    """In any order, at the ends too; two texts may be put in at one place."""
    edits = [
        Edit(Span(6, 6), "!"),
        Edit(Span(0, 0), "("),
        Edit(Span(2, 4), ""),
        Edit(Span(0, 0), "["),
    ]

    assert edited("abcdef", edits) == "([abef!"
    assert edited("abc", []) == "abc"


def test_what_a_fix_lays_open_is_mended_too() -> None:
    """Until there is nothing left."""
    text = "Connect When would recommend And met in person.\nOtherwise Decline\n"

    fixed, codes, left = mended(text)

    assert fixed == "CONNECT WHEN would recommend AND met in person\nOTHERWISE DECLINE\n"
    assert (codes[0], left) == ("CR101", [])
    assert len(codes) >= 3


def test_nobody_chooses_for_the_reader() -> None:
    """Where there are two fixes, neither is made; others are."""
    text = "would recommend OR met in person AND follows me AND country is UK"

    fixed, codes, left = mended(text)

    assert fixed == 'would recommend OR met in person AND follows me AND country is "UK"'
    assert (codes, left) == (["CR107"], ["CR103"])


def test_fixes_that_touch_take_turns() -> None:
    """The first is made, and the other one looked for in the new text."""
    looked: list[str] = []

    def doubled(source: Source) -> tuple[Diagnostic, ...]:
        looked.append(source.text)
        return tuple(
            Diagnostic("X", "", source, span, fixes=(Fix("", (Edit(span, text),)),))
            for span, text in ((Span(0, 1), "b"), (Span(1, 2), "b"))
            if source.text[span.start : span.end] == "a"
        )

    done = mend(Source("x", "aa"), doubled)

    assert (done.source.text, len(done.fixed), looked) == ("bb", 2, ["aa", "ba", "bb"])


def test_fixes_that_undo_each_other_come_to_an_end() -> None:
    """With what is left told."""

    def turned(source: Source) -> tuple[Diagnostic, ...]:
        edit = Edit(Span(0, 1), "b" if source.text == "a" else "a")
        return (Diagnostic("X", "", source, edit.span, fixes=(Fix("", (edit,)),)),)

    done = mend(Source("x", "a"), turned)

    assert len(done.left) == 1


def test_another_file_is_left_alone() -> None:
    """A mistake in a file that is used is for that file's own turn."""
    words = "FACT is keen: bool\n"
    text = 'USE "words.policy"\nCONNECT WHEN is keen\nOTHERWISE DECLINE\n'

    done = mend(
        Source("a.policy", text),
        lambda source: check(source, loader={"words.policy": words}.__getitem__),
    )

    assert (done.source.text, done.fixed) == (text, ())
    assert [(each.code, each.source.name) for each in done.left] == [("CR101", "words.policy")]


def _cases() -> Iterator[ParameterSet]:
    for file in sorted(WRONG.glob("*.policy")):
        text = file.read_bytes().decode(errors="replace").removeprefix("\ufeff")
        yield pytest.param(text, None, id=file.name)
    for case in test_told._cases():
        yield pytest.param(case.values[0], VOCABULARY, id=str(case.id))


def _errors(found: tuple[Diagnostic, ...]) -> int:
    return sum(each.severity is Severity.ERROR for each in found)


@pytest.mark.once
@pytest.mark.parametrize(("text", "vocabulary"), [*_cases()])
def test_a_fix_removes_its_mistake(text: str, vocabulary: Vocabulary[Any] | None) -> None:
    """Nothing of the kind is told of that place again, and there are fewer mistakes than before.

    A statement is told of one mistake at a time, and so may have another that was
    hidden; one whose name could not be read hides those of others.
    """
    source = Source("a.policy", text)
    before = check(source, vocabulary=vocabulary)
    for diagnostic in before:
        fix = certain(diagnostic)
        if fix is None or diagnostic.source != source:
            continue
        after = check(Source("a.policy", edited(text, fix.edits)), vocabulary=vocabulary)
        place = (diagnostic.code, diagnostic.message, _moved(diagnostic.span.start, fix))
        assert place not in [(each.code, each.message, each.span.start) for each in after]
        hidden = 1 if not _is_declaration(source, diagnostic) else _errors(after)
        was_error = diagnostic.severity is Severity.ERROR
        assert _errors(after) <= _errors(before) - was_error + hidden


def _moved(place: int, fix: Fix) -> int:
    """Where *place* is after *fix*."""
    shifts = (
        len(edit.text) - (edit.span.end - edit.span.start)
        for edit in fix.edits
        if edit.span.end <= place and edit.span.start < place
    )
    return place + sum(shifts)


def _is_declaration(source: Source, diagnostic: Diagnostic) -> bool:
    first = source.line(diagnostic.start.line).split()[:1]
    return bool({"FACT", "ASK", "DEFINE", "USE"} & {word.upper() for word in first})


@pytest.mark.once
@pytest.mark.parametrize(("text", "vocabulary"), [*_cases()])
def test_all_certain_fixes_are_made_in_the_end(
    text: str, vocabulary: Vocabulary[Any] | None
) -> None:
    """None is left, no comment is lost, and the mistakes have become fewer."""
    source = Source("a.policy", text)
    before = check(source, vocabulary=vocabulary)

    done = mend(source, lambda each: check(each, vocabulary=vocabulary))

    assert [each for each in done.left if certain(each) and each.source == done.source] == []
    assert _comments(text) <= _comments(done.source.text)
    if not any(_is_declaration(source, each) for each in before):
        assert _errors(done.left) <= _errors(before)
    assert bool(done.fixed) is (done.source.text != text)


def _comments(text: str) -> Counter[str]:
    lines = (f" {line}".partition(" # ")[2] for line in text.splitlines())
    return Counter(comment for comment in lines if comment)


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("country is United # note\n  Kingdom", 'country is "United Kingdom"'),
        ("country is United\n  Kingdom # note", 'country is "United Kingdom" # note'),
    ],
)
def test_no_fix_takes_a_comment_along(text: str, fixed: str) -> None:
    """Where it would, it is help alone."""
    (found,) = check(Source("a.policy", text))

    assert mended(text)[0] == (fixed if "#" in fixed else text)
    assert bool(found.fixes) is ("#" in fixed)
    assert any('"United Kingdom"' in each for each in (*found.help, *_titles(found)))


def _titles(found: Diagnostic) -> list[str]:
    return [fix.title for fix in found.fixes]
