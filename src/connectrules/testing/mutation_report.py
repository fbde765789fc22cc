"""What mutation found, for people and as JSON."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from connectrules.fixes import edited
from connectrules.render.cells import harmless
from connectrules.render.paint import Paint, plain
from connectrules.testing.mutants.changes import Kind, Mutant
from connectrules.testing.mutation import Mutation, Survivor

_SAID: Mapping[Kind, str] = {
    Kind.RULE_DROPPED: "without this rule",
    Kind.CONDITION_DROPPED: "without a condition",
    Kind.UNLESS_DROPPED: "without this UNLESS",
    Kind.NOT_DROPPED: "without a NOT",
    Kind.OPPOSITE: "with the opposite",
    Kind.JOINED_OTHERWISE: "AND for OR, or OR for AND",
    Kind.NUMBER_OF_ITEMS: "with another number of items",
    Kind.POINTS: "with other points",
    Kind.THRESHOLD: "with the next number, day or length of time",
    Kind.BOUNDARY: "with the number itself, or without it",
    Kind.TEXT_DROPPED: "without one of the texts",
    Kind.DECISION: "with another decision",
    Kind.DEFAULT: "with another decision",
    Kind.ASSUMPTION_REMOVED: "without this assumption",
    Kind.ASSUMPTION_TURNED: "with another assumption",
}
_MOST_LINES = 3
"""How many lines of a change are shown on either side."""


def mutation_text(file: str, found: Mutation, *, paint: Paint = plain) -> str:
    """The report on one policy.

    Args:
        file: What the policy is called.
        found: What was found.
        paint: Dresses the parts of the text.
    """
    return "\n\n".join(_paragraphs(file, found, paint))


def _paragraphs(file: str, found: Mutation, paint: Paint) -> Iterator[str]:
    yield "\n".join(_heading(file, found, paint))
    for number, example in enumerate(found.proposed, 1):
        those = [each for each in found.survivors if each.proposal == number]
        this = "this" if len(those) == 1 else "these"
        changes = "\n\n".join(_change(each.mutant, paint) for each in those)
        yield f"{changes}\n{paint('help', 'help')}: an EXAMPLE would notice {this}; is it right?"
        yield "\n".join(f"    {harmless(line)}" for line in example.text.splitlines())
    if found.examples:
        for each in found.unsettled:
            yield f"{_change(each.mutant, paint)}\n{_not_found(each)}"
    if found.proposed and found.untried:
        left = len(found.untried)
        more = f"{left:,} more {'change is' if left == 1 else 'changes are'} not noticed"
        yield f"{more}; add the EXAMPLEs above that are right, and ask again"


def _heading(file: str, found: Mutation, paint: Paint) -> Iterator[str]:
    survived, same = len(found.survivors), len(found.equivalent)
    noticed = len(found.killed)
    if found.is_idle:
        yield paint("title", f"{harmless(file)}: nothing to try")
        done = "changes anything for anybody" if same else "can be made"
        yield f"no small change of its conditions {done}"
        return
    yield paint("title", f"{harmless(file)}: {percent(found)} %")
    made = f"{noticed + survived + same:,} small changes were made, one at a time:"
    noticing = f"{noticed:,} {_are(noticed)} noticed by an EXAMPLE"
    unnoticed = f"{survived:,} {_are(survived)} not"
    yield f"{made} {noticing}, {unnoticed}" + (
        f"; {same:,} {'changes' if same == 1 else 'change'} nothing for anybody, and "
        f"{_are(same)} left out"
        if same
        else ""
    )


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def percent(found: Mutation) -> str:
    """The score, never rounded up to what it is not."""
    return f"{int(found.score * 10) / 10:g}"


def _not_found(survivor: Survivor) -> str:
    steps = f"{survivor.steps:,} {'try' if survivor.steps == 1 else 'tries'}"
    return f"nobody was found in {steps} for whom this matters; there may be nobody"


def _change(mutant: Mutant, paint: Paint) -> str:
    removed, added = difference(mutant)
    lines = [f"{paint('warning', 'not noticed')}: line {mutant.line}, {_SAID[mutant.kind]}"]
    lines += [paint("removed", f"  - {harmless(line)}") for line in _cut(removed)]
    lines += [paint("added", f"  + {harmless(line)}") for line in _cut(added)]
    return "\n".join(lines)


def _cut(lines: Sequence[str]) -> Sequence[str]:
    return lines if len(lines) <= _MOST_LINES else [*lines[: _MOST_LINES - 1], "…"]


def difference(mutant: Mutant) -> tuple[list[str], list[str]]:
    """The lines of the text that a mutant takes out, and those that it puts in."""
    text = mutant.source.text
    start = text.rfind("\n", 0, mutant.edits[0].span.start) + 1
    end = mutant.edits[-1].span.end
    if text[end - 1 : end] != "\n":
        end = text.find("\n", end) + 1 or len(text)
    tail = edited(text, mutant.edits)[start:]
    before = text[start:end].splitlines()
    after = tail[: len(tail) - (len(text) - end)].splitlines()
    removed, added = [], []
    for kind, one, other, here, there in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if kind != "equal":
            removed += before[one:other]
            added += after[here:there]
    return _filled(removed), _filled(added)


def _filled(lines: Iterable[str]) -> list[str]:
    return [line.strip() for line in lines if line.strip()]


# As JSON


def mutation_json(file: str, found: Mutation) -> dict[str, Any]:
    """The line that mutation prints for *file*."""
    return {
        "file": file,
        "score": int(found.score * 10_000) / 10_000,
        "killed": len(found.killed),
        "survived": len(found.survivors),
        "equivalent": len(found.equivalent),
        "survivors": [_survivor_json(each) for each in found.survivors],
        "proposals": [
            {
                "name": each.name,
                "expected": {
                    "decision": each.verdict.decision.value,
                    "rules": list(each.verdict.rules),
                },
                "text": each.text,
            }
            for each in found.proposed
        ],
    }


def _survivor_json(survivor: Survivor) -> dict[str, Any]:
    removed, added = difference(survivor.mutant)
    return {
        "kind": survivor.mutant.kind.value,
        "line": survivor.mutant.line,
        "removed": removed,
        "added": added,
        "proposal": survivor.proposal,
        "tries": survivor.steps,
    }
