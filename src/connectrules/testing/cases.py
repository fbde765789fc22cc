"""Cases: people to try a policy on, of whom so much is known and no more."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from connectrules.errors import ContactError
from connectrules.outcome import Expected
from connectrules.policy import Policy
from connectrules.program import Program, Settled
from connectrules.reading import Reading, Slot, called, judged
from connectrules.resolve.resolved import Example
from connectrules.rules.meaning import Context
from connectrules.rules.tree import Mine, Subject
from connectrules.schema.vocabulary import Fact
from connectrules.testing.given import check_policy
from connectrules.verdict import Verdict

Facts = Mapping[Subject, object]
"""The known facts of somebody, with values as an EXAMPLE gives them."""


@attrs.frozen
class Case:
    """Somebody, and what is known of them.

    Attributes:
        name: What to call them.
        facts: What is known of them; UNSURE where they were asked and could not say.
        mine: What is known of the owner.
        today: The day of judging, if it is given.
        expected: The verdict that is expected, if one is.
    """

    name: str
    facts: Facts
    mine: Mapping[Fact, object] = attrs.field(factory=dict)
    today: datetime.date | None = None
    expected: Expected | None = None


@attrs.frozen
class Tried:
    """A case, and what a policy makes of it.

    Attributes:
        case: The case.
        program: The policy, for the owner and the day of the case.
        settled: The verdict with what it was made from.
        mine: What is known of the owner's facts that the policy speaks of.
    """

    case: Case
    program: Program
    settled: Settled
    mine: Mapping[str, Reading]

    @property
    def verdict(self) -> Verdict:
        """The verdict."""
        return self.settled.verdict


class Trial:
    """A policy that knows of a contact what a case says, and nothing else.

    No record is read, and no registered phrase is called.

    Args:
        policy: The policy.
    """

    def __init__(self, policy: Policy[Any]) -> None:
        check_policy(policy)
        self._binding = policy._binding  # noqa: SLF001 - one library, and nobody else's business
        self._slots = tuple(
            Slot(slot.subject, call=_value_of(slot.subject), assumed=slot.assumed)
            for slot in self._binding.slots
        )
        self._programs: dict[object, Program] = {}

    def case(self, example: Example) -> Case:
        """*example* as a case."""
        facts = {self._binding.named(said): value for said, value in example.facts.items()}
        mine = {self._binding.named(said): value for said, value in example.mine.items()}
        return Case(
            example.name,
            {each: value for each, value in facts.items() if not isinstance(each, Mine)},
            {
                each.fact if isinstance(each, Mine) else each: value
                for each, value in mine.items()
                if isinstance(each, Mine | Fact)
            },
            example.today,
            Expected(example.expect, example.because_of, example.asking),
        )

    def tried(self, case: Case) -> Tried:
        """What comes of *case*.

        Raises:
            ContactError: Where a value that does not fit could change the decision.
        """
        own = {fact.key: value for fact, value in case.mine.items()}
        mine = {
            slot.subject.key: judged(slot.subject, own.get(slot.subject.key), None)
            for slot in self._binding.mine
        }
        program = self.program(mine, case.today)
        return Tried(case, program, program.settle(case.facts, {}), mine)

    def program(self, mine: Mapping[str, Reading], today: datetime.date | None) -> Program:
        """What judges for an owner of whom *mine* is known; the same for the next who is alike."""
        # A list as it was written has no hash, and the form tests compare does.
        key = (today, *(attrs.astuple(attrs.evolve(each, raw=None)) for each in mine.values()))
        if key not in self._programs:
            known = {name: each.ready for name, each in mine.items() if each.ready is not None}
            self._programs[key] = Program(
                rules=self._binding.rules,
                default=self._binding.default,
                because=self._binding.resolved.because,
                slots=self._slots,
                mine=mine,
                context=Context(known, today),
                record=dict,
                describe=lambda _known: "example",
                again=self._binding.again(mine, today),
            )
        return self._programs[key]


def tried_examples(policy: Policy[Any]) -> tuple[Tried, ...]:
    """What comes of each EXAMPLE of *policy* that can be judged."""
    trial = Trial(policy)
    return tuple(_judged(trial, map(trial.case, policy.examples)))


def _judged(trial: Trial, cases: Iterable[Case]) -> Iterable[Tried]:
    for case in cases:
        try:
            yield trial.tried(case)
        except ContactError:
            continue


def tried_contacts(
    policy: Policy[Any],
    contacts: Iterable[Any],
    *,
    me: object = None,
    today: datetime.date | None = None,
    answers: Mapping[str, Mapping[str, Any]] | None = None,
) -> Iterator[Tried | ContactError]:
    """What comes of each of *contacts*, or what is wrong with it, one by one.

    Args:
        policy: The policy.
        contacts: Records of the policy's class.
        me: The owner's record.
        today: The day of judging.
        answers: Answers about the contacts, by their keys.
    """
    binding = policy._binding  # noqa: SLF001 - as above
    for contact in contacts:
        name = called(contact)
        try:
            bound = binding.bound(me, today, (answers or {}).get(name, {}))
            settled = bound.program.settle(contact, bound.answers)
        except ContactError as error:
            yield error
            continue
        facts = {
            slot.subject: reading.raw
            for slot, reading in zip(binding.slots, settled.readings, strict=True)
            if reading.ready is not None and not reading.assumed
        }
        yield Tried(Case(name, facts, {}, today), bound.program, settled, bound.mine)


def _value_of(subject: Subject) -> Any:  # noqa: ANN401 - a function of what is known
    return lambda known: known.get(subject)
