"""What `connectrules examples` says below its EXAMPLEs."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from connectrules.cli.confirming import Confirmed
from connectrules.cli.words import counted

if TYPE_CHECKING:
    from connectrules.rules.tree import Test
    from connectrules.testing.coverage import Coverage, Finding


@attrs.frozen
class Said:
    """What somebody said to the EXAMPLEs.

    Attributes:
        confirmed: Those that they have seen.
        write: Whether these are to be added to the policy.
        standing: How many of them are there already.
        stopped: What broke in, if anything did.
    """

    confirmed: Sequence[Confirmed]
    write: bool
    standing: int
    stopped: Exception | None = None


def notes(path: Path, found: "Coverage", said: Said, *, asked: bool) -> Iterator[str]:
    """What there is to say below the EXAMPLEs, in sentences.

    Args:
        path: The policy.
        found: What was missing, and what is proposed.
        said: What somebody said to that.
        asked: Whether they were asked.
    """
    from connectrules.testing.goals import Aspect  # noqa: PLC0415 - as above

    yield from dict.fromkeys(_not_shown(found))
    if not found.proposed:
        shown, possible = found.counted(Aspect.ALONE)
        yield f"the EXAMPLEs show {shown} of {possible} conditions to decide by themselves"
        return
    many = len(said.confirmed) - (said.standing if said.write else 0)
    if many or not said.standing:
        where = f" added to `{path}`" if said.write and many else ""
        few = _few(found) if many == len(found.proposed) else ""
        yield f"{counted(many, 'EXAMPLE', 'EXAMPLEs')}{where}{few}"
    if said.standing:
        yield _there(path, said, many)
    if many and not asked:
        yield "they expect what the policy says now: see that each is what you mean"
    differing = sum(not each.agrees for each in said.confirmed)
    if differing:
        yield (
            f"in {differing} of them you and the policy differ; "
            + (f"`connectrules test {path}` shows why" if said.write else "mend the rules")
        )


def _not_shown(found: "Coverage") -> Iterator[str]:
    """What nobody shows, and what nobody was found to show."""
    from connectrules.testing.report.lines import Gap, gap_of  # noqa: PLC0415 - few ask for it

    for each in found.findings:
        show = f"show {_deciding(found, each)}"
        match gap_of(each):
            case Gap.IMPOSSIBLE:
                yield f"nobody can {show}"
            case Gap.NOT_FOUND:
                yield f"nobody was found, in {each.tries:,} tries, to {show}"
            case _:
                pass


def _deciding(found: "Coverage", finding: "Finding") -> str:
    """What is to be shown."""
    rule, test = finding.goal.rule, finding.goal.test
    if test is None:
        name = "OTHERWISE" if finding.goal.root is None else f'"{rule}"'
        return f"that {name} decides"
    return f'that `{test.sentence}`{_place(found, rule, test)} decides "{rule}" by itself'


def _place(found: "Coverage", rule: str, test: "Test") -> str:
    """Where the sentence of *test* stands, if *rule* has it in more than one place."""
    tests = (each.goal.test for each in found.findings if each.goal.rule == rule)
    alike = {(each.source, each.span) for each in tests if each and each.sentence == test.sentence}
    if len(alike) == 1 or test.source is None or test.span is None:
        return ""
    place = test.source.location(test.span.start)
    of = "" if test.source == found.source else f" of `{test.source.name}`"
    return f" (line {place.line}, column {place.column}{of})"


def _there(path: Path, said: Said, many: int) -> str:
    """How many are there already, beside *many* that are told of."""
    there = said.standing
    if not many:
        one = "the EXAMPLE stands" if there == 1 else f"all {there} EXAMPLEs stand"
        return f"{one} in `{path}` already, with the same facts: nothing is added"
    of = "more " if said.write else "of them "
    again = ", and not added again" if said.write else ""
    return f"{there} {of}{'is' if there == 1 else 'are'} in `{path}` already{again}"


def _few(found: "Coverage") -> str:
    """How few they are, after their number."""
    if found.is_smallest:
        return ": fewer cannot show as much" if len(found.proposed) > 1 else ""
    if len(found.proposed) <= found.at_least:
        return ""  # with what was looked for and not found, it may take more
    return f", as few as were found: it takes at least {found.at_least}"
