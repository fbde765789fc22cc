"""What a certain fix promises, tried on random policies with random mistakes."""

from collections import Counter

from hypothesis import given, note

from connectrules.diagnostics import Diagnostic, Severity
from connectrules.fixes import certain, edited, mend
from connectrules.policy import check
from connectrules.source import Source
from tests.property.mistakes import Mistaken, mistaken
from tests.property.running import tried
from tests.property.universe import VOCABULARY


def checked(source: Source) -> tuple[Diagnostic, ...]:
    """What is wrong with *source*."""
    return check(source, vocabulary=VOCABULARY)


def errors(found: tuple[Diagnostic, ...]) -> Counter[tuple[str, str]]:
    """The errors among *found*."""
    return Counter((each.code, each.message) for each in found if each.severity is Severity.ERROR)


def comments(text: str) -> list[str]:
    """What stands after `#`."""
    return [line.partition("#")[2] for line in text.splitlines() if "#" in line]


@tried(300)
@given(mistaken())
def test_a_fix_removes_its_mistake_and_adds_none(each: Mistaken) -> None:
    """One by one: its diagnostic is gone, no other error has come, and comments stay."""
    note(f"{each.kind}:\n{each.text}")
    source = Source("a.policy", each.text)
    before = checked(source)
    for diagnostic in before:
        fix = certain(diagnostic)
        if fix is None:
            continue
        text = edited(each.text, fix.edits)
        note(f"{diagnostic.code} {diagnostic.message}; {fix.title}:\n{text}")
        after = checked(Source("a.policy", text))
        rest = errors(before) - Counter([(diagnostic.code, diagnostic.message)])
        if diagnostic.severity is Severity.ERROR:
            assert errors(after) <= rest
        assert comments(text) == comments(each.meant)


@tried(200)
@given(mistaken())
def test_mending_says_what_was_meant(each: Mistaken) -> None:
    """Where nothing is left to mend, the policy is the one it was before the mistake.

    Words that were misspelt may be mended where they are used or where they are declared.
    """
    note(f"{each.kind}:\n{each.text}")
    done = mend(Source("a.policy", each.text), checked)
    note(f"mended:\n{done.source.text}")
    if done.fixed and not errors(done.left) and each.kind != "a letter too few":
        assert done.source.text.split() == each.meant.split()
