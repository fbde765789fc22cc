"""Values of an unknown fact, one at least for each way its tests can come out."""

import datetime
import itertools
import math
from collections.abc import Iterable, Iterator
from typing import TypeVar

from tests.property.meaning import LARGEST_COUNT, Group, Word, before, fold
from tests.property.model import (
    Ago,
    Among,
    Between,
    Compare,
    Fact,
    Includes,
    Is,
    Kind,
    Mine,
    Part,
    Sentence,
    Size,
    Verb,
    When,
)

T = TypeVar("T")


def virtual(fact: Fact, tests: Iterable[Sentence], today: datetime.date) -> Iterator[object]:
    """Values of *fact* among which every combination of outcomes of *tests* occurs.

    Parts of a text that is none of the listed ones, and the members of a list and
    its length, are taken as independent.
    """
    found = list(tests)
    match fact.kind:
        case Kind.YES_NO | Kind.PHRASE:
            yield from (True, False)
        case Kind.COUNT:
            yield from _counts(found)
        case Kind.NUMBER:
            yield from _numbers(found)
        case Kind.ONE_OF:
            yield from map(fold, fact.choices)
        case Kind.TEXT:
            yield from listed(found)
            open_ = {each for each in part_tests(found) if each[1] or each[0] == "mentions"}
            always = part_tests(found) - open_
            for tests_that_hold in _subsets(open_):
                yield Word(frozenset(tests_that_hold) | always)
        case Kind.DATE:
            yield from _dates(found, today)
        case Kind.LIST:
            near = {max(each + step, 0) for each in sizes(found) for step in (-1, 0, 1)}
            for chosen, size in itertools.product(_subsets(members(found)), near or {0}):
                yield Group(frozenset(chosen), size)


def _subsets(items: Iterable[T]) -> Iterator[tuple[T, ...]]:
    pool = list(items)
    return itertools.chain.from_iterable(
        itertools.combinations(pool, size) for size in range(len(pool) + 1)
    )


def bounds(tests: Iterable[Sentence]) -> set[float]:
    """The numbers that *tests* compare with."""
    found: set[float] = set()
    for each in tests:
        match each:
            case Compare(_, _, int() | float() as number):
                found.add(number)
            case Between(_, low, high):
                found |= {end for end in (low, high) if isinstance(end, int | float)}
            case _:
                pass
    return found


def _counts(tests: Iterable[Sentence]) -> Iterator[int]:
    around = {round(each) + step for each in bounds(tests) for step in (-2, -1, 0, 1, 2)}
    return (each for each in sorted(around | {0, LARGEST_COUNT}) if 0 <= each <= LARGEST_COUNT)


def _numbers(tests: Iterable[Sentence]) -> Iterator[float]:
    around = {
        each
        for bound in bounds(tests)
        for each in (bound, math.nextafter(bound, -math.inf), math.nextafter(bound, math.inf))
    }
    return iter(sorted(around | {0.0}))


def days(tests: Iterable[Sentence], today: datetime.date) -> set[datetime.date]:
    """The days that *tests* compare with."""
    found: set[datetime.date] = set()
    for each in tests:
        match each:
            case When(_, _, datetime.date() as day):
                found.add(day)
            case Between(_, low, high):
                found |= {end for end in (low, high) if isinstance(end, datetime.date)}
            case Ago(_, _, count, unit):
                found |= {today, before(today, count, unit)}
            case _:
                pass
    return found


def _dates(tests: Iterable[Sentence], today: datetime.date) -> Iterator[datetime.date]:
    day = datetime.timedelta(days=1)
    around = {bound + step * day for bound in days(tests, today) for step in (-1, 0, 1)}
    return iter(sorted(around | {today}))


def listed(tests: Iterable[Sentence]) -> set[str]:
    """The whole texts that *tests* name, folded."""
    found: set[str] = set()
    for each in tests:
        match each:
            case Is(_, _, str() as text):
                found.add(fold(text))
            case Among(_, _, tuple() as texts):
                found |= {fold(text) for text in texts if isinstance(text, str)}
            case _:
                pass
    return found


def part_tests(tests: Iterable[Sentence]) -> set[tuple[Verb, str]]:
    """The single tests of parts of a text that *tests* are made of."""
    return {
        (each.verb, fold(text))
        for each in tests
        if isinstance(each, Part) and not isinstance(each.values, Mine)
        for text in each.values
    }


def sizes(tests: Iterable[Sentence]) -> set[int]:
    """The lengths that *tests* compare with."""
    return {
        each.number
        for each in tests
        if isinstance(each, Size) and not isinstance(each.number, Fact | Mine)
    }


def members(tests: Iterable[Sentence]) -> set[str]:
    """The members that *tests* look for, folded."""
    return {
        fold(text)
        for each in tests
        if isinstance(each, Includes) and not isinstance(each.values, Mine)
        for text in each.values
    }
