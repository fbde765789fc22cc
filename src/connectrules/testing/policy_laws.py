"""Laws that a policy is held to, and a search for people of whom they do not hold.

It searches, and proves nothing: a law that passes may still be broken for somebody.
"""

import datetime
from typing import Any, Literal, NamedTuple, TypeVar

import attrs
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from connectrules.policy import Policy
from connectrules.rules.tree import Mine
from connectrules.schema.types import OneOf, Text, TextList
from connectrules.testing.people import NAME, Judge, Key, People, Person, key_of
from connectrules.testing.searching import example, hold, outcome
from connectrules.testing.statements import Statement, statement
from connectrules.verdict import Decision, Verdict

R = TypeVar("R")
Settings = hypothesis_settings
_WORTH = {Decision.DECLINE: 0, Decision.REVIEW: 1, Decision.CONNECT: 2}
"""Which decision is better than which."""


def assert_always(
    policy: Policy[R],
    law: str,
    *,
    me: R | None = None,
    today: datetime.date | None = None,
    settings: Settings | None = None,
) -> None:
    """Look for somebody whom *law* is about and *policy* decides otherwise of.

    It is about those of whom what is known makes it so. Of them the policy may say nothing
    but that decision; it may be undecided where facts are missing.

    Args:
        policy: The policy.
        law: Such as ``DECLINE WHEN is a bot``, in the policy's own words.
        me: The owner's record; by default many are looked at.
        today: The day of judging; by default several are.
        settings: How long to look, and more; by default ten people for each example of
            hypothesis's profile.

    Raises:
        LawBroken: Where there is somebody, with the smallest found as an EXAMPLE.
        PolicyError: Where *law* has mistakes.
        ValueError: Where *law* is no rule, or nobody was found whom it is about.
    """
    __tracebackhide__ = True
    said = statement(policy, law)
    others = frozenset(_WORTH) - {said.decision}
    _hold(f"always {said.text}", said, others, _Looking(policy, me, today, settings))


def assert_never(
    policy: Policy[R],
    law: str,
    *,
    me: R | None = None,
    today: datetime.date | None = None,
    settings: Settings | None = None,
) -> None:
    """Look for somebody whom *law* is about and *policy* decides so of; see `assert_always`."""
    __tracebackhide__ = True
    said = statement(policy, law)
    wrong = frozenset({said.decision})
    _hold(f"never {said.text}", said, wrong, _Looking(policy, me, today, settings))


class _Looking(NamedTuple):
    """Where to look, and how long; see `assert_always`."""

    policy: Policy[Any]
    me: object
    today: datetime.date | None
    settings: Settings | None


def _hold(law: str, said: Statement, wrong: frozenset[Decision], looking: _Looking) -> None:
    """Look for somebody whom *said* is about and of whom the policy decides what is *wrong*."""
    __tracebackhide__ = True
    judge, about = Judge(looking.policy), Judge(said.about)
    people = People([said.both], looking.me, looking.today)
    met = False

    def broken(person: Person) -> str | None:
        nonlocal met
        if about.tried(person).verdict.decision is not Decision.CONNECT:
            return None
        met = True
        verdict = judge.tried(person).verdict
        if verdict.decision not in wrong:
            return None
        expected = verdict
        above = [f"comes out as {outcome(verdict)}: write what it should be"]
        if said.decision not in wrong:
            expected = Verdict(said.decision)
            above = [f"comes out as {outcome(verdict)}"]
        return example([judge, about], person, expected, above)

    drawn = people.drawn(
        lambda person: Decision.CONNECT in about.could_be(person),
        lambda person: not wrong.isdisjoint(judge.could_be(person)),
    )
    hold(law, drawn, broken, looking.settings)
    if not met:
        msg = f"nobody was found whom the law is about, `{said.text}`: can it be about anybody?"
        raise ValueError(msg)


def assert_connects_no_more_than(
    policy: Policy[R],
    other: Policy[R],
    *,
    me: R | None = None,
    today: datetime.date | None = None,
    settings: Settings | None = None,
) -> None:
    """Look for somebody whom *policy* connects with, and *other* declines or reviews.

    Facts are the same where they are called alike; *other* may be undecided where facts are
    missing.

    Args:
        policy: The policy that is at least as strict.
        other: The other one.
        me: See `assert_always`.
        today: See `assert_always`.
        settings: See `assert_always`.

    Raises:
        LawBroken: Where there is somebody, with the smallest found as an EXAMPLE.
        ValueError: Where a fact is of one type in one policy, and of another in the other.
    """
    __tracebackhide__ = True
    _check_types(policy, other)
    strict, loose = Judge(policy), Judge(other)
    law = f"whoever `{policy.source.name}` connects with, `{other.source.name}` connects with"

    def broken(person: Person) -> str | None:
        verdict = strict.tried(person).verdict
        if verdict.decision is not Decision.CONNECT:
            return None
        of_other = loose.tried(person).verdict
        if of_other.decision in {Decision.CONNECT, Decision.UNDECIDED}:
            return None
        above = f"comes out as {outcome(of_other)}, in `{other.source.name}`"
        return example([strict, loose], person, verdict, [above])

    drawn = People([policy, other], me, today).drawn(
        lambda person: Decision.CONNECT in strict.could_be(person),
        lambda person: loose.could_be(person) != {Decision.CONNECT},
    )
    hold(law, drawn, broken, settings)


def assert_monotone(
    policy: Policy[R],
    fact: str,
    *,
    more: Literal["helps", "hurts"] = "helps",
    me: R | None = None,
    today: datetime.date | None = None,
    settings: Settings | None = None,
) -> None:
    """Look for somebody for whom more of *fact* turns the decision the wrong way.

    CONNECT is better than REVIEW, and that better than DECLINE. More is a larger number, a
    later day, a list with more in it, and yes rather than no.

    Args:
        policy: The policy.
        fact: How the policy says it, such as ``followers``.
        more: ``helps``: more of it never makes the decision worse; ``hurts``: never better.
        me: See `assert_always`.
        today: See `assert_always`.
        settings: See `assert_always`.

    Raises:
        LawBroken: Where there is somebody, with two EXAMPLEs that differ in the fact.
        AnswerError: Where *fact* is none.
        ValueError: Where there is no more and less of it, or the policy does not speak of it.
    """
    __tracebackhide__ = True
    if more not in {"helps", "hurts"}:
        msg = f"`more` helps or hurts, and `{more}` is neither"
        raise ValueError(msg)
    judge, people = Judge(policy), People([policy], me, today)
    key, pairs = _pairs(policy, fact, people)
    law = f"more of `{fact}` never makes it {'worse' if more == 'helps' else 'better'}"
    turn = 1 if more == "helps" else -1

    def broken(drawn: tuple[Person, tuple[object, object]]) -> str | None:
        person, (less, greater) = drawn
        two = [
            attrs.evolve(person, facts={**person.facts, key: value}) for value in (less, greater)
        ]
        first, then = (judge.tried(each).verdict for each in two)
        if Decision.UNDECIDED in {first.decision, then.decision}:
            return None
        if turn * (_WORTH[then.decision] - _WORTH[first.decision]) >= 0:
            return None
        names = (f"{NAME}, with less", f"{NAME}, with more")
        return "\n\n".join(
            example([judge], each, verdict, [], name)
            for each, verdict, name in zip(two, (first, then), names, strict=True)
        )

    drawn = st.tuples(people.drawn(lambda each: len(judge.could_be(each)) > 1, beside=key), pairs)
    hold(law, drawn, broken, settings)


def _pairs(
    policy: Policy[Any], said: str, people: People
) -> tuple[Key, st.SearchStrategy[tuple[object, object]]]:
    """The fact that is *said*, and what draws less and more of it."""
    subject = policy._binding.named(said)  # noqa: SLF001 - one library, and nobody else's business
    if isinstance(subject, Mine) or isinstance(subject.type, Text | OneOf):
        msg = f"there is no more and less of `{said}`: say a number, a day, a list or a yes/no fact"
        raise ValueError(msg)  # noqa: TRY004 - it is a fact like others, and no type of Python's
    key = key_of(subject)
    values = people.values.get(key)
    if values is None:
        msg = f"the policy does not speak of `{subject.name}`, so nothing is to be found out"
        raise ValueError(msg)
    if isinstance(subject.type, TextList):
        lists: list[tuple[str, ...]] = [tuple(each) for each in values]  # type: ignore[arg-type]
        some = st.sampled_from(lists)
        return key, st.tuples(some, some).map(lambda two: (two[0], (*two[0], *two[1])))
    ordered = sorted(values, key=subject.type.ready)  # type: ignore[arg-type]
    places = st.tuples(*[st.integers(0, len(ordered) - 1)] * 2)
    return key, places.map(lambda two: (ordered[min(two)], ordered[max(two)]))


def _check_types(policy: Policy[Any], other: Policy[Any]) -> None:
    """See that no fact is of one type in *policy* and of another in *other*."""
    types = {key_of(each): each.type for each in other.facts}
    for each in policy.facts:
        its = types.get(key_of(each), each.type)
        if its != each.type:
            msg = f"`{each.name}` is {each.type.name} in one policy, and {its.name} in the other"
            raise ValueError(msg)
