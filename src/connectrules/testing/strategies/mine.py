"""Values of the owner's facts: those around what a policy compares them with."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from connectrules.policy import Policy
from connectrules.rules.meaning import Context
from connectrules.rules.tree import Mine, Operand, Scaled, Test, mentions
from connectrules.schema.types import CountType, Date, Number, Text, TextList, folded
from connectrules.schema.vocabulary import Fact
from connectrules.testing.strategies.usual import each_once, usual
from connectrules.testing.values import DAY, Boundaries

_MOST = 20
"""How many values a fact of the owner's has at most: judging is prepared for each."""
_MOST_NEAR = 16
"""How many of them are near what it is compared with; others are the usual ones."""
_STEPS = (-1, 0, 1)


def owners_facts(policy: Policy[Any]) -> tuple[Fact, ...]:
    """The facts of the owner that *policy* speaks of."""
    slots = policy._binding.mine  # noqa: SLF001 - one library, and nobody else's business
    return tuple(slot.subject for slot in slots if isinstance(slot.subject, Fact))


def mine_of(policy: Policy[Any]) -> Mapping[Fact, tuple[object, ...]]:
    """Values of each fact of the owner's that *policy* speaks of."""
    tests = policy._binding.tests  # noqa: SLF001 - as above
    facts = owners_facts(policy)
    if not facts:
        return {}
    context = Context({}, DAY)
    theirs, compared = Boundaries(tests, context), Boundaries([*map(_as_facts, tests)], context)
    found = {}
    for fact in facts:
        about = [each for each in tests if Mine(fact) in mentions(each)]
        near = each_once(_near(fact, about, theirs, compared))
        found[fact] = each_once((*_spread(near), *usual(fact.type)))[:_MOST]
    return found


def _near(
    fact: Fact, about: Sequence[Test], theirs: Boundaries, compared: Boundaries
) -> Iterable[object]:
    """Values of *fact* of the owner's around what *about* compare it with, the simplest first."""
    if isinstance(fact.type, CountType | Number | Date):
        return compared.values(_owners(fact))
    beside = dict.fromkeys(each for test in about for each in mentions(test))
    values = [value for each in beside if isinstance(each, Fact) for value in theirs.values(each)]
    if isinstance(fact.type, Text):
        return [each for each in _items(values) if isinstance(each, str)]
    if isinstance(fact.type, TextList):
        return _lists(values, about)
    return ()


def _spread(values: Sequence[object]) -> Sequence[object]:
    """*values*, or of many some from each part."""
    return values[:: len(values) // _MOST_NEAR + 1] if len(values) > _MOST_NEAR else values


# Numbers and days


def _owners(fact: Fact) -> Fact:
    """A fact of a contact's that stands for *fact* of the owner's."""
    return attrs.evolve(fact, name=Mine(fact).name)


def _as_facts(test: Test) -> Test:
    """*test*, the owner's facts being facts of the contact's."""
    return attrs.evolve(test, operands=tuple(map(_as_fact, test.operands)))


def _as_fact(operand: Operand) -> Operand:
    match operand:
        case Mine(Fact(type=CountType() | Number() | Date()) as fact):
            return _owners(fact)
        case Scaled(factor, Mine(fact)):
            return Scaled(factor, _owners(fact))
        case _:
            return operand


# Texts


def _items(values: Iterable[object]) -> Iterator[object]:
    """*values*, and of lists what is in them."""
    for value in values:
        if isinstance(value, tuple):
            yield from value
        else:
            yield value


def _lists(values: Sequence[object], about: Iterable[Test]) -> Iterator[tuple[str, ...]]:
    """Lists of what is in *values*, with around as many items as *about* ask for."""
    asked = {each for test in about for each in test.operands if isinstance(each, int)}
    sizes = sorted({number + step for number in (1, *asked) for step in _STEPS})
    others = (f"other {number}" for number in range(2, sizes[-1] + 2))
    found = (*_items(values), *_items(usual(TextList())), *others)
    texts = {folded(each): each for each in reversed(found) if isinstance(each, str) and each}
    members = [*reversed(texts.values())]
    yield from (tuple(members[:size]) for size in sizes)
    yield from ((each,) for each in members)
