"""Laws that a policy is held to, and a search for people of whom they do not hold.

It searches, and proves nothing: a law that passes may still be broken for somebody.
"""

import datetime
from collections.abc import Iterable
from typing import Any, Literal, NamedTuple, TypeVar

import attrs
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from connectrules.policy import Policy
from connectrules.rules.tree import Mine
from connectrules.schema.types import OneOf, Text, shown
from connectrules.testing.people import NAME, Judge, Key, People, Person, key_of
from connectrules.testing.searching import example, hold, looked_longer, outcome
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
        settings: How long to look, and more; by default five people for each example of
            hypothesis's profile, and where they are given one for each of theirs.

    Raises:
        LawBroken: Where there is somebody, with the smallest found as an EXAMPLE.
        TypeError: Where *policy* is none, *law* no text, or *settings* none of hypothesis's.
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
        msg = (
            f"nobody was found whom the law is about, `{said.text}`: can it be about anybody? "
            f"{looked_longer(looking.settings)}"
        )
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
        TypeError: See `assert_always`.
        ValueError: Where a fact is of one type in one policy, and of another in the other, or
            nobody was found whom *policy* connects with.
    """
    __tracebackhide__ = True
    strict, loose = Judge(policy), Judge(other)
    _check_types(policy, other)
    name, other_name = _names(policy, other)
    law = f"whoever {name} connects with, {other_name} connects with"
    met = False

    def broken(person: Person) -> str | None:
        nonlocal met
        verdict = strict.tried(person).verdict
        if verdict.decision is not Decision.CONNECT:
            return None
        met = True
        of_other = loose.tried(person).verdict
        if of_other.decision in {Decision.CONNECT, Decision.UNDECIDED}:
            return None
        above = f"comes out as {outcome(of_other)}, in {other_name}"
        return example([strict, loose], person, verdict, [above])

    drawn = People([policy, other], me, today).drawn(
        lambda person: Decision.CONNECT in strict.could_be(person),
        lambda person: loose.could_be(person) != {Decision.CONNECT},
    )
    hold(law, drawn, broken, settings)
    if not met:
        msg = (
            f"nobody was found whom {name} connects with: can it connect with anybody? "
            f"{looked_longer(settings)}"
        )
        raise ValueError(msg)


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
        TypeError: Where *fact* is no text; see `assert_always`.
        AnswerError: Where *fact* is none.
        ValueError: Where there is no more and less of it, the policy does not speak of it, or
            all who were found come out alike.
    """
    __tracebackhide__ = True
    if more not in {"helps", "hurts"}:
        msg = f"`more` helps or hurts, and `{more}` is neither"
        raise ValueError(msg)
    judge, people = Judge(policy), People([policy], me, today)
    key = _key(policy, fact, people)
    law = f"more of `{fact}` never makes it {'worse' if more == 'helps' else 'better'}"
    turn = 1 if more == "helps" else -1
    met: set[Decision] = set()

    def broken(drawn: tuple[Person, bytes]) -> str | None:
        person, numbers = drawn
        values = _less_and_more(*people.two_values(key, person, numbers))
        two = _both(person, key, values)
        met.update(judge.tried(each).verdict.decision for each in two)
        if turn * _gain(judge, two) >= 0:
            return None
        for fewer in person.each_forgotten():
            if turn * _gain(judge, _both(fewer(person), key, values)) < 0:
                person = fewer(person)
        names = (f"{NAME}, with less", f"{NAME}, with more")
        return "\n\n".join(
            example([judge], each, judge.tried(each).verdict, [], name)
            for each, name in zip(_both(person, key, values), names, strict=True)
        )

    led = people.drawn(lambda each: len(judge.could_be(each)) > 1, beside=key)
    drawn = st.tuples(led, st.binary(min_size=3, max_size=3))
    hold(law, drawn, broken, settings)
    if len(met - {Decision.UNDECIDED}) <= 1:
        msg = (
            f"all who were found come out alike: can more of `{fact}` make a difference? "
            f"{looked_longer(settings)}"
        )
        raise ValueError(msg)


def _key(policy: Policy[Any], said: str, people: People) -> Key:
    """The fact that is *said*, where there is more and less of it."""
    if not isinstance(said, str):
        msg = f"a fact is said in words, such as `followers`, and `{shown(said)}` is none"
        raise TypeError(msg)
    subject = policy._binding.named(said)  # noqa: SLF001 - one library, and nobody else's business
    if isinstance(subject, Mine) or isinstance(subject.type, Text | OneOf):
        msg = f"there is no more and less of `{said}`: say a number, a day, a list or a yes/no fact"
        raise ValueError(msg)  # noqa: TRY004 - it is a fact like others, and no type of Python's
    key = key_of(subject)
    if key not in people.values:
        msg = f"the policy does not speak of `{subject.name}`, so nothing is to be found out"
        raise ValueError(msg)
    return key


def _both(person: Person, key: Key, values: Iterable[object]) -> list[Person]:
    """*person* with each of two *values* of a fact."""
    return [attrs.evolve(person, facts={**person.facts, key: value}) for value in values]


def _gain(judge: Judge, two: Iterable[Person]) -> int:
    """How much better the second of *two* comes out; 0 too where one is undecided."""
    worth = [_WORTH.get(judge.tried(each).verdict.decision) for each in two]
    return 0 if None in worth else worth[1] - worth[0]  # type: ignore[operator]


def _less_and_more(one: Any, other: Any) -> tuple[object, object]:  # noqa: ANN401 - of any fact
    """*one* and *other*, the smaller first; of lists the first, and both together."""
    if isinstance(one, tuple):
        return one, (*one, *(each for each in other if each not in one))
    return min(one, other), max(one, other)


def _names(policy: Policy[Any], other: Policy[Any]) -> tuple[str, str]:
    """What to call two policies: by their titles or the names of their texts, where they differ."""
    name, other_name = (each.title or each.source.name for each in (policy, other))
    if name == other_name:
        return "the first policy", "the second policy"
    return f"`{name}`", f"`{other_name}`"


def _check_types(policy: Policy[Any], other: Policy[Any]) -> None:
    """See that no fact is of one type in *policy* and of another in *other*."""
    types = {key_of(each): each.type for each in other.facts}
    for each in policy.facts:
        its = types.get(key_of(each), each.type)
        if its != each.type:
            msg = f"`{each.name}` is {each.type.name} in one policy, and {its.name} in the other"
            raise ValueError(msg)
