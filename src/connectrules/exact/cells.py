"""Cells: the ways a fact's tests can come out together.

A fact that is tested twice is filled in with one value for all its tests. What
matters of a value is how the tests come out, so a few witnesses stand for all:
around each literal, and one for each combination of parts of a text or members
of a list, which count as independent. Witnesses under which all tests come out
alike are one cell.
"""

import datetime
import math
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import attrs

from connectrules.exact import bits
from connectrules.exact.atoms import Atom, atoms_of, groups, is_in_any, linked
from connectrules.rules.meaning import Context, Form, form, meaning
from connectrules.rules.parts import PARTS
from connectrules.rules.tree import Literal, Subject, Test
from connectrules.schema.types import (
    LARGEST_COUNT,
    CountType,
    Date,
    FactType,
    Number,
    OneOf,
    Text,
    TextList,
    YesNo,
    folded,
)

LIMIT = 65_536
"""The most fillings that are tried for one contact."""

_MOST_OUTCOMES = 1 << 28
"""The most outcomes looked at for one fact, 32 MB of bits: some 11,000 thresholds of a number."""


@attrs.frozen
class Cells:
    """The cells of one fact.

    Attributes:
        columns: For each of its tests the cells in which it is true, as bits.
        size: How many cells there are; 0 where they are more than the limit.
        linked: Whether tests that count as independent might hang together.
    """

    columns: tuple[int, ...]
    size: int
    linked: bool


class _TooMany(Exception):  # noqa: N818 - a finding, caught where it is raised
    """There are more cells than the limit."""


def cells(
    subject: Subject, tests: Sequence[Test], context: Context, forms: Sequence[Form] | None = None
) -> Cells:
    """The cells of *subject* over *tests*, each of which speaks of it alone.

    Args:
        subject: The fact.
        tests: The tests.
        context: The owner's facts and the day.
        forms: The forms of the tests, where they are known.
    """
    if forms is None:
        forms = [form(test, context) for test in tests]
    atoms = [*dict.fromkeys(atom for each in forms for atom in atoms_of(each))]
    hang_together = linked(atoms)
    try:
        columns, size = _cells(subject, atoms, forms, tests, context)
    except _TooMany:
        return Cells((), 0, hang_together)
    return Cells(tuple(columns), size, hang_together)


def ordered(kind: FactType, forms: Sequence[Form]) -> list[Any]:
    """Numbers or dates in order, by their *kind*: one in each stretch that tests tell apart."""
    atoms = [atom for each in forms for atom in atoms_of(each)]
    named = {value for name, value in atoms if name in {"less", "equal"}}
    match kind:
        case CountType():
            return [*_counts(named)]
        case Number():
            after = (math.nextafter(value, math.inf) for value in named)
            return sorted(filter(math.isfinite, {-sys.float_info.max, *map(float, named), *after}))
        case Date():
            return _days(named)
        case _:
            return []


def outcomes(
    values: Sequence[Any], tests: Sequence[Test], forms: Sequence[Form], context: Context
) -> list[int]:
    """For each of *tests*, those of *values* for which it holds, as bits.

    Args:
        values: Values of one fact in order, or one text or list that no test names.
        tests: The tests, each of which speaks of the fact alone.
        forms: Their forms.
        context: The owner's facts and the day.
    """
    atoms = [atom for each in forms for atom in atoms_of(each)]
    masks = _Masks(values, dict.fromkeys(atoms, 0))
    return [meaning(test, masks, context) or 0 for test in tests]


def outcomes_of_parts(
    where: Mapping[Atom, int], size: int, tests: Sequence[Test], context: Context
) -> list[int]:
    """For each of *tests*, those of *size* texts for which it holds, as bits.

    Args:
        where: For each part those of the texts that have it.
        size: How many there are, none of which a test names.
        tests: The tests, each of which speaks of the text alone.
        context: The owner's facts and the day.
    """
    masks = _Masks((), where, others=size)
    return [meaning(test, masks, context) or 0 for test in tests]


_Columns = tuple[Sequence[int], int]
"""A column for each test, and how long they are."""


def _cells(
    subject: Subject,
    atoms: Sequence[Atom],
    forms: Sequence[Form],
    tests: Sequence[Test],
    context: Context,
) -> _Columns:
    named = {value for name, value in atoms if name in {"less", "equal"}}
    values: Collection[Any]
    match subject.type:
        case YesNo():
            values = (False, True)
        case OneOf(choices):
            values = dict.fromkeys(map(folded, choices))
        case CountType():
            values = _counts(named)
        case Number():
            values = _numbers(named)
        case Date():
            values = _days(named)
        case Text():
            parts = [atom for atom in atoms if atom[0] in PARTS]
            return _of_tests(_of_text(sorted(named), parts, forms), tests, context)
        case TextList():
            return _of_list(atoms, forms, tests, context)
    return _of_tests(_Masks([*values]), tests, context)


def _of_text(named: Sequence[str], parts: Sequence[Atom], forms: Sequence[Form]) -> "_Masks":
    """The texts that are *named*, and after them all others by the *parts* they have."""
    others, size = _combinations(parts, forms)
    where = {
        (name, part): bits.packed(PARTS[name](text, part) for text in named)
        | others[name, part] << len(named)
        for name, part in parts
    }
    return _Masks(named, where, others=size)


def _of_list(
    atoms: Sequence[Atom], forms: Sequence[Form], tests: Sequence[Test], context: Context
) -> _Columns:
    """The cells of a list: each test is of its members or of its length, which are independent."""
    members = [atom for atom in atoms if atom[0] == "member"]
    lengths = _counts(value for name, value in atoms if name == "length")
    is_length = [any(name == "length" for name, _ in atoms_of(each)) for each in forms]
    included, size = _combinations(members, forms)
    held, ways = _of_tests(
        _Masks((), included, others=size), _where(tests, is_length, wanted=False), context
    )
    sized, sizes = _of_tests(_Masks(lengths), _where(tests, is_length, wanted=True), context)
    if ways * sizes > LIMIT:
        raise _TooMany
    of_members = (bits.spread(each, ways, 1, ways * sizes) for each in held)
    of_length = (bits.spread(each, sizes, ways, ways * sizes) for each in sized)
    return [next(of_length if each else of_members) for each in is_length], ways * sizes


def _where(tests: Sequence[Test], truths: Sequence[bool], *, wanted: bool) -> list[Test]:
    return [test for test, truth in zip(tests, truths, strict=True) if truth is wanted]


def _combinations(atoms: Sequence[Atom], forms: Sequence[Form]) -> tuple[dict[Atom, int], int]:
    """Where each of *atoms* holds in all their combinations, and how many of these there are."""
    together = groups(atoms, forms)
    size = math.prod(len(group) + 1 for group in together)
    if size > LIMIT or size * len(atoms) > _MOST_OUTCOMES:
        raise _TooMany
    found = {}
    stride = 1
    for group in together:
        base = len(group) + 1
        for place, atom in enumerate(group):
            # How many of the group hold is the digit: the atom does where that is above its place.
            more = bits.full(base) ^ bits.full(place + 1)
            found[atom] = bits.spread(more, base, stride, size)
        stride *= base
    return found, size


def _of_tests(masks: "_Masks", tests: Sequence[Test], context: Context) -> _Columns:
    """How *tests* come out, once for each way in which they do."""
    if masks.size * len(tests) > _MOST_OUTCOMES:
        raise _TooMany
    columns, size = bits.distinct(
        [meaning(test, masks, context) or 0 for test in tests], masks.size, LIMIT
    )
    if not size:
        raise _TooMany
    return columns, size


_Term = Any
"""A literal's value, or the values that witnesses give the fact, in their order."""


@attrs.frozen(eq=False, slots=False)
class _Masks:
    """The algebra whose truths are sets of witnesses, as bits.

    Attributes:
        values: The witnesses that are values, in order, each once.
        where: For parts and members, the witnesses that have each.
        others: How many witnesses there are beside, which are none of the values.
    """

    values: Sequence[Any]
    where: Mapping[Atom, int] = attrs.field(factory=dict)
    others: int = 0

    @cached_property
    def size(self) -> int:
        """How many witnesses there are."""
        return len(self.values) + self.others

    @cached_property
    def everything(self) -> int:
        """All witnesses."""
        return bits.full(self.size)

    @cached_property
    def _place(self) -> Mapping[Any, int]:
        return {value: place for place, value in enumerate(self.values)}

    def fact(self, _subject: Subject) -> _Term:
        return self.values

    def literal(self, literal: Literal) -> _Term:
        return literal.value

    def scaled(self, factor: float, term: _Term) -> _Term:
        return factor * term  # no sentence compares a multiple of a fact with what is known

    def length(self, term: _Term) -> _Term:
        return term

    def holds(self, _term: _Term) -> int:
        return self.equal(self.values, right=True)

    def less(self, left: _Term, right: _Term) -> int:
        if left is self.values:
            return bits.full(bisect_left(self.values, right))
        return self.everything ^ bits.full(bisect_right(self.values, left))

    def equal(self, left: _Term, right: _Term) -> int:
        place = self._place.get(right if left is self.values else left)
        return 0 if place is None else 1 << place

    def _part(self, name: str, part: str) -> int:
        return self.everything if is_in_any(name, part) else self.where[name, part]

    def contains(self, _text: _Term, part: _Term) -> int:
        return self._part("contains", part)

    def mentions(self, _text: _Term, part: _Term) -> int:
        return self._part("mentions", part)

    def starts(self, _text: _Term, part: _Term) -> int:
        return self._part("starts", part)

    def ends(self, _text: _Term, part: _Term) -> int:
        return self._part("ends", part)

    def member(self, item: _Term, _texts: _Term) -> int:
        return self.where["member", item]

    def negate(self, value: int) -> int:
        return self.everything ^ value

    def at_least(
        self, threshold: int, items: Sequence[tuple[int, int]], *, exactly: bool = False
    ) -> int:
        reached = bits.at_least(threshold, items, self.everything)
        if exactly:
            reached &= ~bits.at_least(threshold + 1, items, self.everything)
        return reached


def _numbers(literals: Iterable[float]) -> list[float]:
    """A number at, between, and on either side of *literals*."""
    values = [*map(float, literals)]
    near = {0.0, *(math.nextafter(min(values), -math.inf) for _ in values[:1])}
    for value in values:
        near |= {value, math.nextafter(value, math.inf)}
    return sorted(number for number in near if math.isfinite(number))


def _counts(literals: Iterable[float]) -> list[int]:
    """A count at, between, and on either side of *literals*."""
    near = {0, LARGEST_COUNT}
    for value in filter(math.isfinite, literals):
        near |= {math.ceil(value), math.floor(value) + 1}
    return sorted(count for count in near if 0 <= count <= LARGEST_COUNT)


def _days(literals: Iterable[datetime.date]) -> list[datetime.date]:
    """A day at, between, and on either side of *literals*."""
    near = {1}
    for value in literals:
        near |= {value.toordinal(), value.toordinal() + 1}
    last = datetime.date.max.toordinal()
    return [datetime.date.fromordinal(day) for day in sorted(near) if day <= last]
