"""How tests come out for many cases: each value of a fact is looked at but once."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from connectrules.backends.compiled.functions import compile_tests
from connectrules.rules.meaning import Context
from connectrules.rules.tree import Mine, Subject, Test, subjects

Row = str
"""A case: a character for each fact, and for each test of more than one, for its value."""

Columns = Mapping[int, str]
"""Cases side by side: for each place in their rows a character for each, the last one's first."""

UNKNOWN = "2"
"""What stands for a test that is not known."""


class Truths:
    """How tests come out, for one owner and one day.

    Args:
        tests: The tests.
        facts: The facts that they speak of, in the order of a case's values.
        context: The owner's facts, and the day.
    """

    def __init__(self, tests: Sequence[Test], facts: Sequence[Subject], context: Context) -> None:
        self._outcomes = compile_tests(tests, facts, context)
        self._codes = [_Codes() for _ in facts]
        self._met = [0] * len(facts)
        self._tests_of: list[list[int]] = [[] for _ in facts]
        self._places: list[int] = []
        self._tables: list[list[str]] = []
        joint: list[Test] = []
        for number, test in enumerate(tests):
            spoken = [each for each in subjects(test) if not isinstance(each, Mine)]
            if len(spoken) == 1:
                place = facts.index(spoken[0])
                self._tests_of[place].append(number)
                self._places.append(place)
                self._tables.append([])
            else:
                self._places.append(len(facts) + len(joint))
                self._tables.append(["0", "1", UNKNOWN])
                joint.append(test)
        self._joint = compile_tests(joint, facts, context) if joint else _nothing

    def rows(self, known: Sequence[Sequence[object]]) -> list[Row]:
        """The rows of cases whose facts have the values *known*, None where they are not."""
        columns = [
            "".join(map(codes.__getitem__, column))
            for codes, column in zip(self._codes, zip(*known, strict=True), strict=bool(known))
        ]
        self._meet()
        joint = zip(*map(self._joint, known), strict=True)
        columns += ["".join(map(_JOINT.__getitem__, column)) for column in joint]
        return [*map("".join, zip(*columns, strict=True))] if columns else [""] * len(known)

    def _meet(self) -> None:
        """See how tests come out for values that are new."""
        new = [[*codes][met:] for codes, met in zip(self._codes, self._met, strict=True)]
        # Each of these tests hangs on one fact: a new value of every fact is looked at at once.
        found = [self._outcomes(values) for values in zip_longest(*new)]
        for values, tests in zip(new, self._tests_of, strict=True):
            for number in tests:
                truths = (each[number] for each in found[: len(values)])
                self._tables[number] += map(_CHARACTERS.__getitem__, truths)
        self._met = [*map(len, self._codes)]

    def said(self, number: int, columns: Columns) -> str:
        """How a test comes out for each case of such *columns*: 1, 0, or unknown."""
        return columns[self._places[number]].translate(self._tables[number])


def columns_of(rows: Sequence[Row]) -> Columns:
    """The columns of *rows*."""
    return dict(enumerate(map("".join, zip(*reversed(rows), strict=True))))


def _nothing(_values: Sequence[object]) -> tuple[bool | None, ...]:
    """What comes out where there are no tests."""
    return ()


class _Codes(dict[object, str]):
    """A character for each value that is asked for."""

    def __missing__(self, value: object) -> str:
        """The next character, for a value that is new."""
        found = self[value] = chr(len(self))
        return found


_CHARACTERS: dict[bool | None, str] = {False: "0", True: "1", None: UNKNOWN}
_JOINT: dict[bool | None, str] = {False: chr(0), True: chr(1), None: chr(2)}
