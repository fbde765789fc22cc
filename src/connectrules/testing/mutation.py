"""Mutation: whether the EXAMPLEs of a policy notice small changes of it."""

from collections.abc import Callable, Sequence
from typing import Any

import attrs

from connectrules.outcome import ExampleResult
from connectrules.policy import Policy
from connectrules.source import Source
from connectrules.testing.cases import Tried, tried_examples
from connectrules.testing.coverage import ProposedExample
from connectrules.testing.examples import run_examples
from connectrules.testing.mutants import Mutant, Mutants
from connectrules.testing.mutants.equal import Equal
from connectrules.testing.mutants.killing import Killing, expecting, name_for
from connectrules.testing.mutants.refolding import Refolding
from connectrules.testing.mutants.settling import is_as_expected

MOST_PROPOSED = 25
"""How many EXAMPLEs are proposed at most: who adds them asks again."""

Tell = Callable[[str, int, int], None]
"""What is told what has been done, as in ``tried``, with how many mutants, of how many."""


def _silent(_what: str, _done: int, _of: int) -> None:
    """Tell nobody."""


class ExamplesFail(ValueError):  # noqa: N818 - a finding about a policy, not a failure
    """EXAMPLEs fail on the policy as it is: whether they notice a change means nothing then.

    Attributes:
        results: What came of those that fail.
    """

    def __init__(self, results: Sequence[ExampleResult]) -> None:
        self.results = tuple(results)
        names = ", ".join(f"`{each.called}`" for each in self.results)
        verb = "fails" if len(self.results) == 1 else "fail"
        super().__init__(
            f"{names} {verb} on the policy as it is, so nothing can be said of changes of it; "
            "mend the rules or the EXAMPLEs first"
        )


@attrs.frozen
class Survivor:
    """A mutant that no EXAMPLE notices.

    Attributes:
        mutant: The mutant.
        proposal: The number, from 1, of the proposed EXAMPLE that would notice it; None
            where none was found.
        steps: How many steps were taken to find one; 0 where it was not tried, as so many
            are proposed already.
    """

    mutant: Mutant
    proposal: int | None
    steps: int


@attrs.frozen
class Mutation:
    """Which small changes of a policy its EXAMPLEs notice.

    Attributes:
        source: The policy's text.
        examples: How many EXAMPLEs it has.
        killed: The mutants that an EXAMPLE notices.
        survivors: Those that none does.
        equivalent: Those that decide about everybody as the policy does, by the same
            rules; they are left out of the score.
        proposed: EXAMPLEs that would notice survivors.
    """

    source: Source
    examples: int
    killed: tuple[Mutant, ...] = attrs.field(repr=False)
    survivors: tuple[Survivor, ...] = attrs.field(repr=False)
    equivalent: tuple[Mutant, ...] = attrs.field(repr=False)
    proposed: tuple[ProposedExample, ...] = attrs.field(repr=False)

    @property
    def score(self) -> float:
        """How many of a hundred mutants are noticed.

        Where there is none that could be, it is 100, and without an EXAMPLE 0.
        """
        counted = len(self.killed) + len(self.survivors)
        if counted:
            return 100 * len(self.killed) / counted
        return 100.0 if self.examples else 0.0

    @property
    def is_idle(self) -> bool:
        """Whether no mutant was there that an EXAMPLE could notice."""
        return not (self.killed or self.survivors)

    @property
    def unsettled(self) -> tuple[Survivor, ...]:
        """The survivors of which it is not known whether anybody could notice them."""
        return tuple(each for each in self.survivors if each.proposal is None and each.steps)

    @property
    def untried(self) -> tuple[Survivor, ...]:
        """The survivors for which no EXAMPLE was looked for, as so many are proposed already."""
        return tuple(each for each in self.survivors if each.proposal is None and not each.steps)


def mutate(policy: Policy[Any], *, propose: bool = True, tell: Tell | None = None) -> Mutation:
    """Which small changes of *policy* its EXAMPLEs notice.

    Args:
        policy: The policy.
        propose: Whether to look for EXAMPLEs that would notice what none does.
        tell: What is told how far it is.

    Raises:
        ExamplesFail: Where EXAMPLEs fail on the policy as it is.
    """
    tried = tried_examples(policy)
    as_expected = (is_as_expected(policy, each, each.verdict) for each in tried)
    if len(tried) < len(policy.examples) or not all(as_expected):
        raise ExamplesFail([each for each in run_examples(policy) if not each.passed])
    tell = tell or _silent
    mutants = Mutants(policy)
    refolding, equal = Refolding(mutants, tried), Equal(mutants)
    killed, left, equivalent = [], [], []
    for done, mutant in enumerate(mutants.mutants):
        tell("tried", done, len(mutants.mutants))
        if refolding.notices(mutant.change):
            killed.append(mutant)
        elif equal.is_equal(mutant.change):
            equivalent.append(mutant)
        else:
            left.append(mutant)
    survivors = [Survivor(each, None, 0) for each in left]
    proposed: list[ProposedExample] = []
    if propose:
        survivors, proposed = _proposed(mutants, left, tell)
    return Mutation(
        policy.source,
        len(policy.examples),
        tuple(killed),
        tuple(survivors),
        tuple(equivalent),
        tuple(proposed),
    )


def _proposed(
    mutants: Mutants, left: Sequence[Mutant], tell: Tell
) -> tuple[list[Survivor], list[ProposedExample]]:
    """The mutants *left* with what would notice each, as few EXAMPLEs as come about."""
    killing = Killing(mutants, [each.change for each in left])
    refolding = Refolding(mutants, [], left)
    found: list[Tried] = []
    noticing: dict[int, int] = {}
    steps = dict.fromkeys(range(len(left)), 0)
    for place, mutant in enumerate(left):
        tell("looked into", place, len(left))
        if place in noticing or len(found) == MOST_PROPOSED:
            continue
        sought = killing.sought(mutant.change)
        steps[place] = sought.steps or 1
        if sought.tried is None:
            continue
        cases = [each.case for each in found]
        if sought.tried.case in cases:
            noticing[place] = cases.index(sought.tried.case) + 1
            continue
        found.append(sought.tried)
        noticing[place] = len(found)
        others = [n for n in range(place + 1, len(left)) if n not in noticing]
        person = refolding.with_people([expecting(sought.tried)])
        # Where bits don't say, somebody else is looked for: that is quicker than verdicts.
        noticed = (n for n in others if person.kills(left[n].change))
        noticing.update(dict.fromkeys(noticed, len(found)))
    survivors = [
        Survivor(mutant, noticing.get(place), steps[place]) for place, mutant in enumerate(left)
    ]
    taken = {each.name for each in mutants.policy.examples}
    return survivors, [_example(each, taken) for each in found]


def _example(tried: Tried, taken: set[str]) -> ProposedExample:
    """An EXAMPLE that expects what came of somebody; its name is one of those *taken* then."""
    name, case = name_for(tried, taken), tried.case
    taken.add(name)
    return ProposedExample(name, (), tried.verdict, case.facts, case.mine, case.today)
