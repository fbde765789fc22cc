"""A perfect reasoner: it tries real texts, lists and numbers, and links all that is linked."""

import datetime
import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tests.property import domains, meaning
from tests.property.enumerate import TooMany, grounded, outcome, readings
from tests.property.model import (
    Between,
    Case,
    Compare,
    Fact,
    Kind,
    Mine,
    Multiple,
    Other,
    Sentence,
    Verb,
    others,
)

MOST = 2_000
"""The most fillings that are tried."""

LONGEST = 10
"""The longest list that is tried."""

_DAY = datetime.timedelta(days=1)


def decisions(case: Case) -> set[str]:
    """Decisions that real values bring about; `TooMany` where there are too many to try.

    The values tried are many, not all: what is found here is possible, what is not
    found may be so still.
    """
    read = readings(case)
    plain = {each: grounded(each, read) for each in case.rules.sentences()}
    places = {each: number for number, each in enumerate(plain)}
    sides: list[Other] = [*case.rules.facts(), *map(Mine, case.rules.mine())]
    unknown = [each for each in sides if read[each.name].state not in {"known", "assumed"}]
    pools = [list(_pool(each, plain.values(), case)) for each in unknown]
    if math.prod(map(len, pools)) > MOST:
        raise TooMany
    values = {name: each.value for name, each in read.items()}
    found: set[str] = set()
    for filling in itertools.product(*pools):
        values.update(zip((each.name for each in unknown), filling, strict=True))
        truths = {places[said]: _holds(each, values, case) for said, each in plain.items()}
        found.add(outcome(case.rules, places, truths).decision)
    return found


def _holds(sentence: Sentence, values: Mapping[str, object], case: Case) -> bool:
    return meaning.holds(meaning.filled(sentence, values), values[sentence.fact.name], case.today)


def _pool(side: Other, tests: Iterable[Sentence], case: Case) -> list[object]:
    """Values of *side*: one for each combination of outcomes, all where it is compared."""
    found = list(tests)
    linked = _linked(side, found)
    fact = side.fact if isinstance(side, Mine) else side
    own = [each for each in found if each.fact == side and not others(each)]
    near = [each for each in found if _names(each) & linked]
    values = dict.fromkeys(_values(fact, near, case))
    if any(side.name in _names(each) and others(each) for each in found):
        return list(values)
    vectors = {
        tuple(meaning.holds(each, value, case.today) for each in own): value for value in values
    }
    return list(vectors.values())


def _names(sentence: Sentence) -> set[str]:
    """The names of the facts that *sentence* speaks of."""
    return {sentence.fact.name, *(each.name for each in others(sentence))}


def _linked(side: Other, tests: Sequence[Sentence]) -> set[str]:
    """The names of *side* and of all it is compared with, directly or not."""
    names = {side.name}
    while True:
        more = {name for each in tests if _names(each) & names for name in _names(each)}
        if more <= names:
            return names
        names |= more


def _values(fact: Fact, tests: Sequence[Sentence], case: Case) -> Iterator[object]:
    read = [each.value for each in readings(case).values() if each.state in {"known", "assumed"}]
    match fact.kind:
        case Kind.COUNT | Kind.NUMBER:
            yield from _numbers(fact, tests, read)
        case Kind.TEXT:
            whole = domains.listed(tests) | domains.members(tests) | {"zq0"}
            yield from whole | {each for each in read if isinstance(each, str)}
            yield from _texts(domains.part_tests(tests))
        case Kind.LIST:
            yield from _lists(tests, read)
        case Kind.DATE:
            yield from domains.virtual(fact, tests, case.today)
            for each in (case.today, *read):
                if isinstance(each, datetime.date):
                    yield from (each - _DAY, each, each + _DAY)
        case _:
            yield from domains.virtual(fact, tests, case.today)


def _numbers(fact: Fact, tests: Sequence[Sentence], read: Sequence[object]) -> Iterator[float]:
    base = domains.bounds(tests) | {0.0, 1.0, 10.0}
    base |= {float(each) for each in read if isinstance(each, int | float)}
    factors = set(map(_factor, tests)) - {1.0}
    for factor in factors:
        base |= {each * factor for each in base} | {each / factor for each in base}
    if fact.kind is Kind.COUNT:
        around = {math.floor(each) + step for each in base for step in (-1, 0, 1, 2)}
        yield from (each for each in around if 0 <= each <= meaning.LARGEST_COUNT)
    else:
        for each in base:
            yield from (each, math.nextafter(each, -math.inf), math.nextafter(each, math.inf))


def _factor(sentence: Sentence) -> float:
    match sentence:
        case Compare(value=Multiple() as multiple) | Between(low=Multiple() as multiple):
            return multiple.factor
        case _:
            return 1.0


def _texts(tests: set[tuple[Verb, str]]) -> Iterator[str]:
    """Texts put together of the parts that *tests* look for, glued and by themselves."""
    starts = ["", *(text for verb, text in tests if verb == "starts with")]
    ends = ["", *(text for verb, text in tests if verb == "ends with")]
    inner = sorted(text for verb, text in tests if verb in {"mentions", "contains"})
    forms = [("", f" {text} ", f"zq{text}qz") for text in inner]
    for start, end, *middle in itertools.product(starts, ends, *forms):
        for gap in (" ", "zqz"):
            yield f"{start}{gap}{''.join(middle)}{gap}{end}"
            yield f"{start}{''.join(middle)}{end}"


def _lists(tests: Sequence[Sentence], read: Sequence[object]) -> Iterator[meaning.Group]:
    pool = domains.members(tests) | domains.listed(tests)
    pool |= {each for each in read if isinstance(each, str)}
    for group in read:
        if isinstance(group, meaning.Group):
            pool |= group.members
    longest = max(domains.sizes(tests) | {2})
    if longest > LONGEST:
        raise TooMany
    for size in range(len(pool) + 1):
        for chosen in itertools.combinations(sorted(pool), size):
            for extra in range(longest + 2):
                members = frozenset((*chosen, *(f"zq{number}" for number in range(extra))))
                yield meaning.Group(members, len(members))
