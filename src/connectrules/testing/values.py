"""Boundary values: values of a fact around what a policy's tests compare it with."""

import datetime
import itertools
import math
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from decimal import Decimal

import attrs

from connectrules.backends.compiled.functions import compile_tests
from connectrules.exact.atoms import Atom, atoms_of
from connectrules.rules.meaning import Context, Form, compared, form
from connectrules.rules.tree import Mine, Subject, Test, mentions
from connectrules.schema.types import (
    LARGEST_COUNT,
    CountType,
    Date,
    Number,
    OneOf,
    Text,
    TextList,
    YesNo,
)
from connectrules.testing import words

MOST_WAYS = 64
"""Up to how many ways in which a fact's tests come out together each has a value."""

_MOST_PARTNERS = 32
"""From how many values of a fact those of another that it is compared with are made."""

DAY = datetime.date(2026, 1, 31)
"""The day that dates lie around where nothing names another."""


@attrs.frozen
class _Tie:
    """That a fact is compared with *factor* times *other*."""

    factor: float
    other: Subject

    def of(self, value: object) -> object:
        """So many times *value*; a day stays as it is."""
        return self.factor * value if isinstance(value, int | float) else value


class Boundaries:
    """Values of facts around what tests compare them with.

    Args:
        tests: All tests of a policy.
        context: The owner's facts and the day. A test that speaks of an unknown fact of
            the owner's gives no values.
        most: Up to how many ways in which a text's or list's tests come out together each
            has a value.
    """

    def __init__(self, tests: Sequence[Test], context: Context, most: int = MOST_WAYS) -> None:
        self._context = context
        self._tests: dict[Subject, list[Test]] = {}
        self._forms: dict[Subject, list[Form]] = {}
        self._ties: dict[Subject, list[_Tie]] = {}
        self._values: dict[Subject, tuple[object, ...]] = {}
        self._most = most
        seen: set[Form] = set()
        for test in tests:
            its_form = form(test, context)
            if its_form in seen or its_form[0] == "open":
                continue
            seen.add(its_form)
            about = dict.fromkeys(each for each in mentions(test) if not isinstance(each, Mine))
            for subject in about:
                self._forms.setdefault(subject, []).append(its_form)
                if len(about) == 1:
                    self._tests.setdefault(subject, []).append(test)
            for one, other in compared(its_form):
                self._tie(one, other)

    def values(self, subject: Subject) -> tuple[object, ...]:
        """Values of *subject* as a record could hold them, the simplest first, each once.

        Each way in which its tests come out together has one, where these are few enough;
        else each test holds for one and does not for another.
        """
        if subject not in self._values:
            self._values[subject] = tuple(self._found(subject))
        return self._values[subject]

    def _found(self, subject: Subject) -> Iterable[object]:
        match subject.type:
            case YesNo():
                return (False, True)
            case OneOf(choices):
                return choices
            case CountType():
                return _simplest_first(_counts(self._near(subject)))
            case Number():
                return _simplest_first(_numbers(self._near(subject)))
            case Date():
                return sorted(_days(self._near(subject)))
            case Text():
                return self._chosen(subject, words.texts, words.near_misses)
            case TextList():
                return self._chosen(subject, words.lists, words.near_lists)

    # Numbers and dates

    def _tie(self, one: Form, other: Form) -> None:
        """Note that the facts of two sides of a comparison hang together."""
        factor, left = _multiple(one)
        times, right = _multiple(other)
        if factor and times:
            self._ties.setdefault(left, []).append(_Tie(times / factor, right))
            self._ties.setdefault(right, []).append(_Tie(factor / times, left))

    def _near(self, subject: Subject) -> list[object]:
        """What *subject* is compared with."""
        near = self._named(subject)
        for tie in self._ties.get(subject, ()):
            near.update(tie.of(value) for value in self._of_other(tie.other))
        return [*near] or self._usual(subject)

    def _named(self, subject: Subject) -> set[object]:
        """The values that tests of *subject* name."""
        forms = self._forms.get(subject, ())
        return {side[1] for each in forms for side in _literals_beside(each, subject)}

    def _of_other(self, subject: Subject) -> Sequence[object]:
        """Values of a fact that another is compared with, by what it is itself compared with."""
        near = [*self._named(subject)] or self._usual(subject)
        values: Sequence[object]
        match subject.type:
            case CountType():
                values = _simplest_first(_counts(near))
            case Number():
                values = _simplest_first(_numbers(near))
            case _:
                values = sorted(_days(near))
        return values[:: len(values) // _MOST_PARTNERS + 1]

    def _usual(self, subject: Subject) -> list[object]:
        """What to stay near where nothing is named."""
        return [self._context.today or DAY] if isinstance(subject.type, Date) else [0, 10]

    # Texts and lists

    def _chosen(
        self,
        subject: Subject,
        candidates: Callable[[Sequence[Atom], words.Writing, int], Iterable[object]],
        near: Callable[[Sequence[Atom], words.Writing], Iterable[object]],
    ) -> Iterator[object]:
        """Of *candidates* one for each way in which the tests come out, then *near* misses."""
        tests = self._tests.get(subject, ())
        forms = self._forms.get(subject, ())
        writing = words.Writing(test.sentence for test in tests)
        named = dict.fromkeys(atom for each in forms for atom in atoms_of(each))
        atoms = sorted(named, key=lambda atom: writing.place(atom[1]))
        outcomes = compile_tests(tests, [subject], self._context)
        ways: dict[tuple[bool | None, ...], object] = {}
        for value in candidates(atoms, writing, self._most):
            ways.setdefault(outcomes([subject.type.ready(value)]), value)
        chosen = [*ways.values()] if len(ways) <= self._most else _each_outcome(ways)
        yield from dict.fromkeys((*chosen, *near(atoms, writing)))


def _each_outcome(ways: dict[tuple[bool | None, ...], object]) -> list[object]:
    """Of *ways* enough that each test comes out each way that it can."""
    seen: set[tuple[int, bool | None]] = set()
    chosen = []
    for way, value in ways.items():
        shown = set(enumerate(way))
        if not shown <= seen:
            chosen.append(value)
            seen |= shown
    return chosen


def _literals_beside(its_form: Form, subject: Subject) -> Iterator[Form]:
    """The literals that a form compares *subject* itself with."""
    for left, right in compared(its_form):
        if left == ("fact", subject) and right[0] == "literal":
            yield right
        elif right == ("fact", subject) and left[0] == "literal":
            yield left


def _multiple(side: Form) -> tuple[float, Subject]:
    """How many times which fact a side of a comparison is; 0 where it is none."""
    match side:
        case ("fact", subject):
            return 1, subject
        case ("scaled", factor, ("fact", subject)):
            return factor, subject
        case _:
            return 0, None  # type: ignore[return-value]


def _simplest_first(numbers: Iterable[float]) -> list[float]:
    return sorted(numbers, key=lambda each: (abs(each), each < 0))


def _counts(near: Iterable[object]) -> set[int]:
    """Counts at, just below and just above what is *near*, and 0."""
    found = {0}
    for value in near:
        if isinstance(value, int | float) and math.isfinite(value):
            low, high = math.floor(value), math.ceil(value)
            found |= {high - 1, low, high, low + 1}
    return {each for each in found if 0 <= each <= LARGEST_COUNT}


def _numbers(near: Iterable[object]) -> set[float]:
    """Numbers at, just below, just above and between what is *near*."""
    named = sorted({float(each) for each in near if isinstance(each, int | float)})
    found: set[float] = {0.0}
    for value in filter(math.isfinite, named):
        found |= {value, _stepped(value, -1), _stepped(value, 1)}
    found |= {low + (high - low) / 2 for low, high in itertools.pairwise(named) if high - low <= 1}
    return {_plain(each) for each in found if math.isfinite(each)}


def _stepped(value: float, step: int) -> float:
    """*value* and *step*, as one would write the sum; the next number where it is too large."""
    moved = float(Decimal(repr(value)) + step)
    return moved if moved != value else math.nextafter(value, math.copysign(math.inf, step))


def _plain(number: float) -> float:
    """*number*, whole where it is."""
    return int(number) if number.is_integer() and abs(number) <= LARGEST_COUNT else number


def _days(near: Collection[object]) -> set[datetime.date]:
    """The days before, on and after what is *near*."""
    first, last = datetime.date.min.toordinal(), datetime.date.max.toordinal()
    around = {
        each.toordinal() + step
        for each in near
        if isinstance(each, datetime.date)
        for step in (-1, 0, 1)
    }
    return {datetime.date.fromordinal(each) for each in around if first <= each <= last}
