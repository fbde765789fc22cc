"""Owners and days to find people for, where a policy speaks of `my …` or of lengths of time."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, product, zip_longest
from math import ceil, floor
from random import Random
from typing import Any

import attrs

from connectrules.policy import Policy
from connectrules.rules.meaning import Context
from connectrules.rules.tree import Literal, Mine, Scaled, Test, Window, mentions
from connectrules.schema.types import (
    LARGEST_COUNT,
    UNSURE,
    CountType,
    Date,
    FactType,
    Number,
    OneOf,
    Text,
    TextList,
)
from connectrules.schema.vocabulary import Fact
from connectrules.testing.cases import Trial
from connectrules.testing.timed import timed
from connectrules.testing.values import DAY, Boundaries

_SAMPLES: Mapping[str, object] = {
    "yes/no": True,
    "count": 500,
    "number": 1,
    "text": "Leeds",
    "date": DAY,
    "list of text": ("craft", "care"),
}
"""What the owner's facts are taken to be where no EXAMPLE says."""

_MOST = 40
"""How many owners and days are tried."""

_FEWEST = 6
"""How many are tried however large the policy is."""

_MOST_TESTS = 10_000
"""How many tests there may be for all owners and days together."""

_MOST_VALUES = 12
"""How many values of a fact of the owner's, and how many days, are tried."""

_MOST_MIXED = 10
"""How many owners are tried that have several facts other than usual."""

_UNEVEN = tuple(
    map(datetime.date.fromisoformat, ("2026-01-31", "2026-03-15", "2024-03-15", "2026-03-31"))
)
"""Days before which a month is longer and shorter than others."""


@attrs.frozen(eq=False)
class Standing:
    """Whom a policy judges for, and when.

    Attributes:
        mine: What is known of the owner.
        today: The day of judging, if the policy needs one.
    """

    mine: Mapping[Fact, object]
    today: datetime.date | None

    @property
    def context(self) -> Context:
        """The same in the form that tests compare."""
        known = {fact.key: fact.type.ready(value) for fact, value in self.mine.items()}
        return Context(known, self.today)


def standing(policy: Policy[Any]) -> tuple[Mapping[Fact, object], datetime.date | None]:
    """An owner and a day: those of the first EXAMPLE that says enough, else samples."""
    binding = policy._binding  # noqa: SLF001 - one library, and nobody else's business
    wanted = [slot.subject for slot in binding.mine if isinstance(slot.subject, Fact)]
    found: dict[Fact, object] = {}
    today = None
    for mine, day in _of_examples(policy):
        found = {**mine, **found}
        today = today or day
    mine = {fact: found.get(fact, _sample(fact.type)) for fact in wanted}
    return mine, (today or DAY) if policy.needs_today else None


def standings(policy: Policy[Any]) -> tuple[Standing, ...]:
    """Owners and days for which people of different kinds can be found, the usual one first."""
    first = Standing(*standing(policy))
    tests = policy._binding.tests  # noqa: SLF001 - as above
    most = max(_FEWEST, min(_MOST, _MOST_TESTS // (len(tests) + 1)))
    found: dict[object, Standing] = {}
    for each in islice(_others(policy, tests, first), _MOST * 2):
        found.setdefault((*each.mine.values(), each.today), each)
    return tuple(islice(found.values(), most))


def _others(policy: Policy[Any], tests: Sequence[Test], first: Standing) -> Iterator[Standing]:
    yield first
    for mine, day in _of_examples(policy):
        today = first.today if day is None or first.today is None else day
        yield Standing({fact: mine.get(fact, value) for fact, value in first.mine.items()}, today)
    values = {fact: _values(fact, tests, first.today) for fact in first.mine}
    days = _days(tests) if first.today is not None else []
    columns = [
        *(
            [Standing({**first.mine, fact: value}, first.today) for value in values[fact]]
            for fact in first.mine
        ),
        [Standing(first.mine, day) for day in days],
    ]
    mixed = _mixed(first, values, days) if sum(map(bool, columns)) > 1 else iter(())
    yield from _in_turn([*columns, [*mixed]])


def _mixed(
    first: Standing, values: Mapping[Fact, Sequence[object]], days: Sequence[datetime.date]
) -> Iterator[Standing]:
    """Owners of whom several facts are others: the least, the largest, or drawn at random."""
    extremes = product(*(each[:2] for each in values.values()))
    for way in islice(extremes, _MOST_MIXED) if len(values) > 1 else ():
        yield Standing(dict(zip(values, way, strict=True)), first.today)
    draw = Random(0)  # noqa: S311 - nothing secret, and always the same ones
    for _ in range(_MOST_MIXED):
        mine = {fact: draw.choice([*values[fact], value]) for fact, value in first.mine.items()}
        yield Standing(mine, draw.choice(days) if days else first.today)


def _in_turn(columns: Iterable[Sequence[Standing]]) -> Iterator[Standing]:
    """One of each of *columns*, then the next of each."""
    for row in zip_longest(*columns):
        yield from filter(None, row)


def _of_examples(
    policy: Policy[Any],
) -> Iterator[tuple[Mapping[Fact, object], datetime.date | None]]:
    """What each EXAMPLE says of the owner, and its day."""
    trial = Trial(policy)
    for case in map(trial.case, policy.examples):
        yield {fact: value for fact, value in case.mine.items() if value is not UNSURE}, case.today


def _sample(kind: FactType) -> object:
    return kind.choices[0] if isinstance(kind, OneOf) else _SAMPLES[kind.name]


# Values of the owner's facts


def _values(mine: Fact, tests: Sequence[Test], today: datetime.date | None) -> Sequence[object]:
    """Values of a fact of the owner's, around those that tests name of facts beside it."""
    beside = [each for each in tests if Mine(mine) in mentions(each)]
    boundaries = Boundaries(tests, Context({}, today))
    near = [
        (value, test)
        for test in beside
        for subject in dict.fromkeys(mentions(test))
        if not isinstance(subject, Mine)
        for value in boundaries.values(subject)
    ]
    match mine.type:
        case OneOf(choices):
            return choices
        case CountType() | Number():
            return _spread(_numbers(mine, near))
        case Date():
            return _spread(value for value, _ in near)
        case Text():
            return [*_texts(near)][:_MOST_VALUES]
        case TextList():
            return _lists(near, beside)
        case _:
            return (True, False)


def _numbers(mine: Fact, near: Iterable[tuple[Any, Test]]) -> Iterator[float]:
    """Numbers of which those *near* are as many times as tests say, whole ones for a count."""
    for value, test in near:
        if not isinstance(value, int | float):
            continue
        share = value / _factor(mine, test)
        if isinstance(mine.type, Number):
            yield from (share - 1, share, share + 1)
        else:
            around = (floor(share) - 1, floor(share), ceil(share), ceil(share) + 1)
            yield from (each for each in around if 0 <= each <= LARGEST_COUNT)


def _factor(mine: Fact, test: Test) -> float:
    """How many times the owner's fact *test* compares something with."""
    scaled = (each for each in test.operands if isinstance(each, Scaled))
    return next((each.factor for each in scaled if each.term == Mine(mine)), 1) or 1


def _lists(near: Iterable[tuple[Any, Test]], tests: Iterable[Test]) -> list[tuple[str, ...]]:
    """Lists of items that tests name, and of others, as many as any of *tests* asks for."""
    numbers = [each for test in tests for each in test.operands if isinstance(each, int)]
    others = tuple(f"value {number}" for number in range(1, max(numbers, default=1) + 2))
    named = _texts(near)
    singles = ((each,) for each in named)
    return [others, (*named, *others), tuple(named), (), *islice(singles, _MOST_VALUES)]


def _texts(near: Iterable[tuple[Any, Test]]) -> Mapping[str, None]:
    """The texts *near*, and the items of lists, each once."""
    lists = ((value,) if isinstance(value, str) else value for value, _ in near)
    return dict.fromkeys(text for each in lists for text in each if text.strip())


def _spread(values: Iterable[Any]) -> list[Any]:
    """A few of *values*, the least, the largest and some between."""
    ordered = sorted({*values})
    if len(ordered) <= _MOST_VALUES:
        chosen = ordered
    else:
        step = (len(ordered) - 1) / (_MOST_VALUES - 1)
        chosen = [ordered[round(place * step)] for place in range(_MOST_VALUES)]
    return [*dict.fromkeys([*chosen[:1], *chosen[-1:], *chosen])]


# Days


def _days(tests: Sequence[Test]) -> list[datetime.date]:
    """Days on which lengths of time lie otherwise to dates, and to one another."""
    subjects = timed(tests)
    if not subjects:
        return []
    beside = [test for test in tests if not subjects.isdisjoint(mentions(test))]
    operands = [each for test in beside for each in test.operands]
    lengths = [each.duration for each in operands if isinstance(each, Window)]
    dates = [each.value for each in operands if isinstance(each, Literal)]
    found = {
        each.toordinal() + gap + step
        for each in dates
        if isinstance(each, datetime.date)
        for gap in (0, *((DAY - length.before(DAY)).days for length in lengths))
        for step in (-1, 1, gap // 2)
    }
    first, last = datetime.date.min.toordinal(), datetime.date.max.toordinal()
    around = _spread(datetime.date.fromordinal(each) for each in found if first <= each <= last)
    return [each for row in zip_longest(around, _UNEVEN) for each in row if each is not None]
