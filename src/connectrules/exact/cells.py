"""Cells: the ways a fact's tests can come out together.

A fact that is tested twice is filled in with one value for all its tests. What
matters of a value is how the tests come out, so a few witnesses stand for all:
around each literal, and one for each combination of parts of a text or members
of a list, which count as independent.
"""

import datetime
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, product
from typing import Any

import attrs

from connectrules.exact import bits
from connectrules.rules.meaning import Context, Form, form, meaning
from connectrules.rules.parts import PARTS
from connectrules.rules.tree import Literal, Subject, Test
from connectrules.schema.types import (
    LARGEST_COUNT,
    CountType,
    Date,
    Number,
    OneOf,
    Text,
    TextList,
    YesNo,
    folded,
)

LIMIT = 65_536
"""The most fillings that are tried for one contact."""


@attrs.frozen
class Cells:
    """The cells of one fact.

    Attributes:
        outcomes: How its tests come out, one row a cell; empty where the cells
            are more than the limit.
        linked: Whether tests that count as independent might hang together.
    """

    outcomes: tuple[tuple[bool, ...], ...]
    linked: bool


@attrs.frozen
class _Other:
    """A text that is none of those listed, by the parts it has."""

    parts: frozenset[tuple[str, str]]


@attrs.frozen
class _Items:
    """A list of texts, by those it includes and by its length."""

    members: frozenset[str] = frozenset()
    length: int = 0


_Term = Callable[[Any], Any]


@attrs.frozen
class _Masks:
    """The algebra whose truths are sets of witnesses, as bits."""

    witnesses: Sequence[Any]

    def _where(self, holds: Callable[[Any], bool]) -> int:
        return bits.packed(map(holds, self.witnesses))

    def fact(self, _subject: Subject) -> _Term:
        return lambda witness: witness

    def literal(self, literal: Literal) -> _Term:
        return lambda _witness: literal.value

    def scaled(self, factor: float, term: _Term) -> _Term:
        return lambda witness: factor * term(witness)

    def length(self, term: _Term) -> _Term:
        return lambda witness: term(witness).length

    def holds(self, term: _Term) -> int:
        return self._where(lambda w: term(w) is True)

    def less(self, left: _Term, right: _Term) -> int:
        return self._where(lambda w: left(w) < right(w))

    def equal(self, left: _Term, right: _Term) -> int:
        return self._where(lambda w: left(w) == right(w))

    def _part(self, name: str, text: _Term, part: _Term) -> int:
        found = PARTS[name]

        def holds(witness: Any) -> bool:  # noqa: ANN401 - a witness of any kind
            value, piece = text(witness), part(witness)
            if isinstance(value, _Other):
                return _is_in_any(name, piece) or (name, piece) in value.parts
            return found(value, piece)

        return self._where(holds)

    def contains(self, text: _Term, part: _Term) -> int:
        return self._part("contains", text, part)

    def mentions(self, text: _Term, part: _Term) -> int:
        return self._part("mentions", text, part)

    def starts(self, text: _Term, part: _Term) -> int:
        return self._part("starts", text, part)

    def ends(self, text: _Term, part: _Term) -> int:
        return self._part("ends", text, part)

    def member(self, item: _Term, texts: _Term) -> int:
        return self._where(lambda w: item(w) in texts(w).members)

    def negate(self, value: int) -> int:
        return bits.full(len(self.witnesses)) ^ value

    def at_least(
        self, threshold: int, items: Sequence[tuple[int, int]], *, exactly: bool = False
    ) -> int:
        everything = bits.full(len(self.witnesses))
        reached = bits.at_least(threshold, items, everything)
        return reached & ~bits.at_least(threshold + 1, items, everything) if exactly else reached


class _TooMany(Exception):  # noqa: N818 - a finding, caught where it is raised
    """There are more cells than the limit."""


def cells(subject: Subject, tests: Sequence[Test], context: Context) -> Cells:
    """The cells of *subject* over *tests*, each of which speaks of it alone."""
    forms = [form(test, context) for test in tests]
    atoms = list(dict.fromkeys(atom for each in forms for atom in _atoms(each)))
    linked = _linked(atoms)
    try:
        rows = _rows(subject, atoms, forms, tests, context)
    except _TooMany:
        return Cells((), linked)
    return Cells(tuple(sorted(rows)) if len(rows) <= LIMIT else (), linked)


_Row = tuple[bool, ...]
_Atom = tuple[str, Any]


def _rows(
    subject: Subject,
    atoms: Sequence[_Atom],
    forms: Sequence[Form],
    tests: Sequence[Test],
    context: Context,
) -> set[_Row]:
    named = {value for name, value in atoms if name in {"less", "equal"}}
    witnesses: Sequence[Any]
    match subject.type:
        case YesNo():
            witnesses = (True, False)
        case OneOf(choices):
            witnesses = [folded(choice) for choice in choices]
        case CountType():
            witnesses = _counts(named)
        case Number():
            witnesses = _numbers(named)
        case Date():
            witnesses = _days(named)
        case Text():
            parts = [atom for atom in atoms if atom[0] in PARTS]
            others = [_Other(chosen) for chosen in _combinations(parts, forms)]
            witnesses = [*sorted(named), *others]
        case TextList():
            return _of_list(atoms, forms, tests, context)
    return _outcomes(witnesses, tests, context)


def _outcomes(witnesses: Sequence[Any], tests: Sequence[Test], context: Context) -> set[_Row]:
    """How *tests* come out for each of *witnesses*."""
    size = len(witnesses)
    if size * len(tests) > _MOST_OUTCOMES:
        raise _TooMany
    algebra = _Masks(witnesses)
    columns = [bits.unpacked(meaning(test, algebra, context) or 0, size) for test in tests]
    return {tuple(digit == "1" for digit in row) for row in zip(*columns, strict=True)}


_MOST_OUTCOMES = 64 * LIMIT
"""The most outcomes looked at for one fact: beyond some 1,000 thresholds of one number."""


def _of_list(
    atoms: Sequence[_Atom], forms: Sequence[Form], tests: Sequence[Test], context: Context
) -> set[_Row]:
    """The rows of a list: each test is of its members or of its length, which are independent."""
    lengths = [any(name == "length" for name, _ in _atoms(each)) for each in forms]
    members = [atom for atom in atoms if atom[0] == "member"]
    included = [
        _Items(frozenset(item for _, item in chosen)) for chosen in _combinations(members, forms)
    ]
    counted = [_Items(length=length) for length in _counts(v for n, v in atoms if n == "length")]
    of_members = _outcomes(included, tests, context)
    of_length = _outcomes(counted, tests, context)
    if len(of_members) * len(of_length) > LIMIT:
        raise _TooMany
    return {
        tuple(
            of_its_length if is_length else of_its_members
            for is_length, of_its_length, of_its_members in zip(lengths, sized, held, strict=True)
        )
        for sized in of_length
        for held in of_members
    }


def _atoms(form: Form) -> Iterator[_Atom]:
    """What a test compares its fact with, as ``(primitive, value)``."""
    stack = [form]
    while stack:
        match stack.pop():
            case ("not", below):
                stack.append(below)
            case ("at least", _, _, *items):
                stack += [below for _, below in items]
            case ("less", left, right):
                yield from _compared("less", (left, right))
            case ("equal", sides):
                yield from _compared("equal", sides)
            case ("member", (_, item), _):
                yield ("member", item)
            case (str(name), _, (_, part)) if name in PARTS and not _is_in_any(name, part):
                yield (name, part)
            case _:
                pass


def _compared(name: str, sides: Iterable[Form]) -> Iterator[_Atom]:
    kinds = {side[0]: side for side in sides}
    if "literal" in kinds:
        yield ("length" if "length" in kinds else name, kinds["literal"][1])


def _combinations(atoms: Sequence[_Atom], forms: Sequence[Form]) -> Iterator[frozenset[_Atom]]:
    """Every set of *atoms*, as far as the tests can tell one from another.

    Atoms that only ever count together, as in two lists of words to mention, are
    alike: of a group of such, how many hold is all that matters.
    """
    roles = _roles(forms)
    groups: dict[object, list[_Atom]] = {}
    for atom in sorted(atoms):
        groups.setdefault(roles[atom], []).append(atom)
    if math.prod(len(group) + 1 for group in groups.values()) > LIMIT:
        raise _TooMany
    for counts in product(*(range(len(group) + 1) for group in groups.values())):
        yield frozenset(
            atom
            for group, count in zip(groups.values(), counts, strict=True)
            for atom in group[:count]
        )


def _roles(forms: Sequence[Form]) -> dict[_Atom, object]:
    """For each atom the forms it counts in; the atom itself where it is not merely counted."""
    played: dict[_Atom, list[int]] = {}
    singular: set[_Atom] = set()
    for place, each in enumerate(forms):
        counts = _merely_counts(each)
        for atom in _atoms(each):
            places = played.setdefault(atom, [])
            if not counts or place in places[-1:]:
                singular.add(atom)
            places.append(place)
    return {atom: atom if atom in singular else tuple(places) for atom, places in played.items()}


def _merely_counts(form: Form) -> bool:
    """Whether *form* is one count of atoms that weigh the same."""
    match form:
        case ("not", below):
            return _merely_counts(below)
        case ("at least", _, _, *items):
            alike = len({weight for weight, _ in items}) == 1
            return alike and all(below[0] in {*PARTS, "member"} for _, below in items)
        case _:
            return True


def _numbers(literals: Iterable[float]) -> list[float]:
    """A number at, and on either side of, each of *literals*."""
    near = {0.0}
    for value in map(float, literals):
        near |= {value, math.nextafter(value, -math.inf), math.nextafter(value, math.inf)}
    return sorted(number for number in near if math.isfinite(number))


def _counts(literals: Iterable[float]) -> list[int]:
    """A count at, and on either side of, each of *literals*."""
    near = {0, LARGEST_COUNT}
    for value in filter(math.isfinite, literals):
        near |= {math.floor(value) - 1, math.floor(value), math.ceil(value), math.ceil(value) + 1}
    return sorted(count for count in near if 0 <= count <= LARGEST_COUNT)


def _days(literals: Iterable[datetime.date]) -> list[datetime.date]:
    """A day at, and on either side of, each of *literals*."""
    near = {1}
    for value in literals:
        near |= {value.toordinal() + shift for shift in (-1, 0, 1)}
    last = datetime.date.max.toordinal()
    return [datetime.date.fromordinal(day) for day in sorted(near) if 1 <= day <= last]


def _is_in_any(name: str, part: str) -> bool:
    """Whether every text has *part*: the empty one stands anywhere, though not as a word."""
    return not part and name != "mentions"


_MOST_PARTS = 1_000
"""More parts of one text than these are not looked through for one in another."""


def _linked(atoms: Sequence[_Atom]) -> bool:
    """Whether tests that count as independent might hang together.

    Parts of a text are independent in truth where none lies within another and no
    two begin or end it: a text of the wanted parts, apart from one another, has
    just these. Members of a list are; its length and its members may not be.
    """
    names = [name for name, _ in atoms]
    parts = [value for name, value in atoms if name in PARTS]
    if names.count("starts") > 1 or names.count("ends") > 1 or {"length", "member"} <= {*names}:
        return True
    return len(parts) > _MOST_PARTS or any(
        one in other or other in one for one, other in combinations(parts, 2)
    )
