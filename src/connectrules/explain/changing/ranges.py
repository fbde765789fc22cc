"""What one fact could be: for each way its tests can come out, the nearest value."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from connectrules.backends.compiled.functions import compile_tests
from connectrules.exact import bits
from connectrules.exact.atoms import Atom, atoms_of, groups, linked
from connectrules.exact.cells import cells, outcomes_of_parts
from connectrules.explain.changing.lists import Listing
from connectrules.explain.changing.moves import UNKNOWN_TO_VALUE, Move, Vector, nearer
from connectrules.explain.changing.ordered import Stretch, moved, stretches
from connectrules.explain.changing.texts import Wording
from connectrules.reading import Reading
from connectrules.rules.meaning import Context, Form
from connectrules.rules.parts import PARTS
from connectrules.rules.tree import Subject, Test
from connectrules.schema.types import CountType, Date, Number, OneOf, Text, TextList, YesNo, folded

_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(r"\\(.)")
_UNKNOWN = Reading()
_MOST_OUTCOMES = 1_000_000
"""So many outcomes of tests are looked at for one fact."""


class Range:
    """The values of one fact, by how its tests come out.

    Args:
        subject: The fact.
        tests: Its tests.
        forms: What they come down to.
        context: The owner's facts and the day.
    """

    def __init__(
        self, subject: Subject, tests: Sequence[Test], forms: Sequence[Form], context: Context
    ) -> None:
        self.subject, self.tests, self.forms = subject, tests, forms
        self._context = context
        self._outcome = compile_tests(tests, [subject], context)

    def outcome(self, ready: object) -> Vector:
        """How the tests come out for a value."""
        return self._outcome((ready,))  # type: ignore[return-value]

    @cached_property
    def vectors(self) -> Mapping[Vector, Move]:
        """All ways in which the tests can come out, with a value for each."""
        return self.moves(_UNKNOWN)

    def moves(self, reading: Reading) -> dict[Vector, Move]:
        """For each way the tests can come out, the value nearest to what *reading* has."""
        found: dict[Vector, Move] = {}
        for vector, move in self._tried(reading):
            if nearer(move, found.get(vector)):
                found[vector] = move
        if reading is not _UNKNOWN:
            if isinstance(reading.ready, str) and self.vectors.keys() - found.keys():
                self._add_padded(reading, found)
            for vector in self.vectors.keys() - found.keys():
                found[vector] = self._from_afar(reading.ready, self.vectors[vector])
        return found

    def _add_padded(self, reading: Reading, found: dict[Vector, Move]) -> None:
        """Add texts to those *found* that have words around what is there."""
        if isinstance(self.subject.type, Text):
            for move in self._wording.padded(reading.ready, reading.raw):
                if nearer(move, found.get(vector := self.outcome(move.ready))):
                    found[vector] = move

    def _tried(  # noqa: C901 - a case a type
        self, reading: Reading
    ) -> Iterator[tuple[Vector, Move]]:
        ready = reading.ready
        match self.subject.type:
            case CountType() | Number() | Date():
                every, _ = self._stretches
                whole = (every[0].low, every[-1].high)
                for stretch in every:
                    yield stretch.vector, moved(ready, stretch, whole)
            case YesNo():
                for value in (True, False):
                    yield self._plainly(ready, value, value)
            case OneOf(choices):
                for choice in choices:
                    yield self._plainly(ready, folded(choice), choice)
            case Text():
                for move in self._wording.moves(ready, reading.raw):
                    yield self.outcome(move.ready), move
            case TextList():
                for move in self._listing.moves(ready, reading.raw):
                    yield self.outcome(move.ready), move

    def _plainly(self, ready: object, value: object, after: object) -> tuple[Vector, Move]:
        distance = UNKNOWN_TO_VALUE if ready is None else float(ready != value)
        return self.outcome(value), Move(value, after, distance)

    def _from_afar(self, ready: Any, move: Move) -> Move:  # noqa: ANN401 - of its type
        """*move* to a value that has nothing of the present one."""
        if ready is None or not isinstance(move.after, str):
            return move
        return self._wording.moved(ready, move.after)

    # What the tests compare it with

    @cached_property
    def _atoms(self) -> tuple[Atom, ...]:
        return tuple(dict.fromkeys(atom for form in self.forms for atom in atoms_of(form)))

    def _values(self, *names: str) -> list[Any]:
        return [value for name, value in self._atoms if name in names]

    @cached_property
    def _stretches(self) -> tuple[list[Stretch], bool]:
        most = _MOST_OUTCOMES // max(len(self.tests), 1)
        return stretches(self.subject.type, self._values("less", "equal"), self.outcome, most)

    @cached_property
    def are_all(self) -> bool:
        """Whether all ways in which the tests can come out were looked for."""
        match self.subject.type:
            case CountType() | Number() | Date():
                return self._stretches[1]
            case Text():
                return self._have_all_texts()
            case TextList():
                return self._listing.is_whole
            case _:
                return True

    def _have_all_texts(self) -> bool:
        """Whether a text was found for each way in which one may make the tests come out."""
        parts = self._wording.parts
        if linked(parts) and (sets := self._wording.possible()) is not None:
            where = {atom: bits.packed(atom in each for each in sets) for atom in parts}
            columns = outcomes_of_parts(where, len(sets), self.tests, self._context)
            size = len(sets)
        else:
            every = cells(self.subject, self.tests, self._context, self.forms)
            columns, size = [*every.columns], every.size
            if not 0 < size <= len(self.vectors):
                return False
        return all(
            tuple(bool(column >> place & 1) for column in columns) in self.vectors
            for place in range(size)
        )

    @cached_property
    def _wording(self) -> Wording:
        parts = [atom for atom in self._atoms if atom[0] in PARTS]
        alike = tuple(tuple(group) for group in groups(parts, self.forms))
        return Wording(tuple(sorted(self._values("equal"))), alike, self._written)

    @cached_property
    def _listing(self) -> Listing:
        return self.listing(self._values("length"))

    def listing(self, bounds: Sequence[float]) -> Listing:
        """The lists it could be where *bounds* are what its length is compared with."""
        members = [atom for atom in self._atoms if atom[0] == "member"]
        lengths: Sequence[Stretch] = ()
        if bounds:
            lengths, _ = stretches(CountType(), bounds, _by(bounds), _MOST_OUTCOMES)
        return Listing(
            tuple(tuple(item for _, item in group) for group in groups(members, self.forms)),
            tuple(lengths),
            frozenset(_thresholds(self.forms)),
            self._written,
        )

    @cached_property
    def _written(self) -> Mapping[str, str]:
        """How the policy writes a text, by how tests compare it."""
        quoted = sorted(text for test in self.tests for text in _QUOTED.findall(test.sentence))
        return {folded(text): text for each in quoted if (text := _ESCAPE.sub(r"\1", each))}


def _by(bounds: Sequence[float]) -> Callable[[Any], Vector]:
    """From a length to how it compares with each of *bounds*."""
    return lambda length: tuple(way for each in bounds for way in (length < each, length == each))


def _thresholds(forms: Iterable[Form]) -> Iterator[int]:
    stack = [*forms]
    while stack:
        match stack.pop():
            case ("not", below):
                stack.append(below)
            case ("at least", threshold, _, *items):
                yield threshold
                stack += [below for _, below in items]
            case _:
                pass
