"""What a certain fix promises, tried on random policies with random mistakes."""

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, note

from connectrules.diagnostics import Diagnostic, Fix, Severity
from connectrules.fixes import certain, edited, mend
from connectrules.policy import check
from connectrules.source import Source
from tests.property.mistakes import Mistaken, denied, mistaken
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


POLICIES = sorted((Path(__file__).parent.parent / "wrong").glob("*.policy"))
_DECISION = re.compile(
    r"(?<![\w'-])(?:connect|decline|review|accept|approve|allow|reject|deny|refuse|ignore)(?![\w'-])",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    r"(?<!\w)(?:not|never|none|nor|neither|without|unless|except|false|no(?! (?:more|less) than))"
    r"(?!\w)|(?<!\w)un(?!less\b|known\b|der\b)(?=\w)|n't\b|!|<>"
)


def decisions(text: str) -> int:
    """How many words for a decision stand in *text*."""
    return len(_DECISION.findall(text))


def denials(text: str) -> int:
    """How many words that deny stand in *text*, in whatever case."""
    return len(_DENIAL.findall(text.lower()))


def crossed(text: str, fix: Fix) -> bool:
    """Whether an edit of *fix* goes over a line break, into a line that holds a decision."""
    return any(
        "\n" in text[edit.span.start : edit.span.end].rstrip("\n")
        and _DECISION.search(text[: edit.span.end].rpartition("\n")[2]) is not None
        for edit in fix.edits
    )


@tried(150)
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


@tried(100)
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


@tried(150)
@given(denied())
def test_a_denial_is_never_mended_away(each: Mistaken) -> None:
    """Where somebody denied something in other words, an error is left, and every rule is there.

    Without the denial the policy would say the opposite, which nobody meant.
    """
    note(f"{each.kind}:\n{each.text}")
    done = mend(Source("a.policy", each.text), checked)
    note(f"mended:\n{done.source.text}")
    assert errors(done.left)
    assert decisions(done.source.text) == decisions(each.text)
    assert denials(done.source.text) >= denials(each.text)


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_a_fix_changes_no_rule_but_its_own(path: Path) -> None:
    """No fix of a policy that people got wrong takes a rule away, or crosses into another."""
    source = Source(path.name, path.read_text("utf-8"))
    for diagnostic in checked(source):
        fix = certain(diagnostic)
        if fix is None:
            continue
        text = edited(source.text, fix.edits)
        assert decisions(text) == decisions(source.text), fix.title
        if not re.search(r"\b(?:NOT|NONE|not|leave|decision first)\b", fix.title):
            assert denials(text) == denials(source.text), fix.title
        if "decision first" not in fix.title:
            assert not crossed(source.text, fix), fix.title
