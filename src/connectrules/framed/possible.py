"""All ways in which a table's rows can come out, where they are few."""

from collections.abc import Iterator, Sequence
from itertools import product
from math import prod

from connectrules.backends.frames.kleene import Kleene, Truth
from connectrules.exact.fillings import Pattern
from connectrules.exact.variables import Variable
from connectrules.framed.hanging import Hanging
from connectrules.framed.outcomes import Situation
from connectrules.framed.plain import hidden
from connectrules.program import Program
from connectrules.rules.tree import Subject, fold

_MOST = 20_000
"""How many ways are tried; where there are more, the table is asked which there are."""

_MOST_WORK = 300_000
"""How many conditions are read for that, in all ways together: the work of a second or two."""


class TooManyError(Exception):
    """There are more situations than are worth being settled before any row is looked at."""


_Flags = tuple[Subject | None, Subject | None]
"""The fact where it is faulty, and where it is unsure."""

_Way = tuple[tuple[bool | None, ...], tuple[_Flags, ...]]
"""How the tests of a fact come out, and all that may be the matter with it then."""


def possible(program: Program, hanging: Hanging) -> Iterator[Situation] | None:
    """The situations that Kleene logic leaves open; None where there may be too many.

    Where two facts are compared there are always too many. They are many thousands at times,
    and come one by one so that nobody has to hold them all; those of one pattern come together.
    """
    variables = program.analyser.variables
    if any(variable.subject is None for variable in variables):
        return None
    ways = [_ways(program, hanging, variable) for variable in variables]
    sizes = [sum(len(flags) for _, flags in each) for each in ways if each]
    if any(each is None for each in ways) or prod(sizes) > _MOST:
        return None
    pattern: list[bool | None] = [None] * len(hanging.tests)
    found = _open(program, variables, [each for each in ways if each], pattern, ())
    return _bounded(found, _MOST_WORK // max(1, len(program.analyser.number)))


def _bounded(situations: Iterator[Situation], most: int) -> Iterator[Situation]:
    for number, each in enumerate(situations):
        if number >= most:
            raise TooManyError
        yield each


def _ways(program: Program, hanging: Hanging, variable: Variable) -> list[_Way] | None:
    """How the fact that *variable* is can come out; None where there are too many ways."""
    subject = variable.subject
    truths = [hanging.tests[number] for number in variable.tests]
    constants = tuple(each for each in truths if isinstance(each, bool) or each is None)
    if len(constants) == len(truths):
        return [(constants, _SOUND)]
    unknown = tuple(each if isinstance(each, bool) else None for each in truths)
    cells = program.analyser.cells(variable)
    if not cells.size:
        return None
    known = {
        tuple(bool(column >> cell & 1) for column in cells.columns) for cell in range(cells.size)
    }
    flags: list[_Flags] = [*_SOUND]
    if subject in hanging.faulty:
        flags.append((subject, None))
    if subject in hanging.unsure:
        flags.append((None, subject))
    return [(unknown, tuple(flags)), *((each, _SOUND) for each in sorted(known))]


_SOUND: tuple[_Flags, ...] = ((None, None),)


def _open(
    program: Program,
    variables: Sequence[Variable],
    ways: Sequence[Sequence[_Way]],
    pattern: list[bool | None],
    flags: tuple[tuple[_Flags, ...], ...],
) -> Iterator[Situation]:
    """The situations that stay open with the first variables as *pattern* has them."""
    if _is_plain(program, pattern):
        return
    if not ways:
        for each in product(*flags):
            faulty = frozenset(subject for subject, _ in each if subject)
            unsure = frozenset(subject for _, subject in each if subject)
            yield Situation(tuple(pattern), frozenset(), faulty, unsure, frozenset())
        return
    (variable, *others), (its, *later) = variables, ways
    for truths, its_flags in its:
        for number, truth in zip(variable.tests, truths, strict=True):
            pattern[number] = truth
        yield from _open(program, others, later, pattern, (*flags, its_flags))
    for number in variable.tests:
        pattern[number] = None


def _is_plain(program: Program, pattern: Pattern | Sequence[Truth]) -> bool:
    """Whether Kleene logic decides *pattern*, and by which rules, whatever is not known in it."""
    logic = Kleene(pattern, program.analyser.number)
    values: dict[int, Truth] = {}
    for kind, conditions in program.analyser.by_kind.items():
        truths = [fold(condition, logic, values=values) for condition in conditions]
        if any(truth is True for truth in truths):
            are_hidden = hidden(program)[kind]
            return not any(h and t is None for h, t in zip(are_hidden, truths, strict=True))
        if any(truth is None for truth in truths):
            return False
    return True
