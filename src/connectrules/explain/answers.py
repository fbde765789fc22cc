"""What an answer would be, in the policy's words: ``at least 500``, ``"UK"``, ``anything else``."""

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, groupby
from math import inf, nextafter
from typing import Any

from connectrules.exact import bits
from connectrules.exact.cells import ordered, outcomes
from connectrules.exact.game import columns_of, size_of
from connectrules.exact.variables import Variable, Variables
from connectrules.rules.tree import Literal, Mine, Operand, Test, Texts, Window, subjects
from connectrules.schema.types import (
    CountType,
    Date,
    FactType,
    Number,
    OneOf,
    TextList,
    YesNo,
    folded,
)

ANYTHING = "anything"
"""Any answer."""

_ELSE = "anything else"
_TOGETHER = 3
"""By how many tests at once a text or a list is told, unless all are needed."""

_FEW = 6
"""Of more tests than these, no several are tried at once."""


def worded(of: Variables, variable: Variable, groups: Sequence[int]) -> list[str]:
    """What the answers of each of *groups* are.

    Args:
        of: The policy's variables.
        variable: The fact's own tests.
        groups: Ways in which these come out, as bits: all of them, and none twice.
    """
    kind = kind_of(variable)
    columns = columns_of(of, variable)
    if isinstance(kind, YesNo):
        return ["yes" if group & columns[0] else "no" for group in groups]
    if len(groups) == 1:
        return [ANYTHING]
    tests = [of.tests[number] for number in variable.tests]
    if isinstance(kind, CountType | Number | Date):
        return _ordered(of, variable, groups, dict(zip(columns, tests, strict=True)))
    if isinstance(kind, OneOf):
        texts = [folded(choice) for choice in kind.choices]
        return _choices(kind, _cells_of(of, variable, texts), groups)
    # An empty list is told by its length, and a text that no test names has none of the parts.
    (plain,) = _cells_of(of, variable, [0] if isinstance(kind, TextList) else ["\0"])
    said = {column: _predicate(test) for test, column in zip(tests, columns, strict=True)}
    left = [group for group in groups if group not in said] or [groups[0]]
    other = next((group for group in left if group >> plain & 1), max(left, key=int.bit_count))
    size = size_of(of, variable)
    return [
        _ELSE if group == other else said.get(group) or _told(tests, columns, group, size)
        for group in groups
    ]


def kind_of(variable: Variable) -> FactType:
    """The type of the fact that *variable* is; a comparison of facts is yes/no."""
    return YesNo() if variable.subject is None else variable.subject.type


def _cells_of(of: Variables, variable: Variable, values: Sequence[Any]) -> list[int]:
    """The cell that each of *values* is in."""
    tests = [of.tests[number] for number in variable.tests]
    forms = [of.forms[number] for number in variable.tests]
    columns = columns_of(of, variable)
    cells = {
        tuple(column >> cell & 1 for column in columns): cell
        for cell in range(size_of(of, variable))
    }
    held = outcomes(values, tests, forms, of.context)
    return [cells[tuple(each >> place & 1 for each in held)] for place in range(len(values))]


# Numbers and dates


def _ordered(
    of: Variables, variable: Variable, groups: Sequence[int], tests: Mapping[int, Test]
) -> list[str]:
    """The stretches of numbers or days that each of *groups* takes in.

    One that takes in several is all others; a length of time is told as the test is.
    """
    kind = kind_of(variable)
    values = ordered(kind, [of.forms[number] for number in variable.tests])
    cells = _cells_of(of, variable, values)
    found = [_stretches(kind, values, [g >> cell & 1 for cell in cells]) for g in groups]
    scattered = max(range(len(groups)), key=lambda place: len(found[place]))
    said = []
    for place, group in enumerate(groups):
        if group in tests and _is_length_of_time(tests[group]):
            said.append(_predicate(tests[group]))
        elif place == scattered and len(found[place]) > 1:
            said.append(_ELSE)
        else:
            said.append(" OR ".join(found[place]))
    return said


def _stretches(kind: FactType, values: Sequence[Any], inside: Sequence[int]) -> list[str]:
    """The stretches of *values* that are *inside*."""
    found, start = [], 0
    for is_inside, same in groupby(inside):
        end = start + len([*same])
        if is_inside:
            found.append(_stretch(kind, values, start, end))
        start = end
    return found


def _stretch(kind: FactType, values: Sequence[Any], start: int, end: int) -> str:
    """The values from that at *start* up to, and without, that at *end*."""
    match kind:
        case Date():
            return _days(values, start, end)
        case CountType():
            return _counts(values, start, end)
        case _:
            return _numbers(values, start, end)


def _days(values: Sequence[datetime.date], start: int, end: int) -> str:
    if start == 0:
        return f"before {values[end]}"
    if end == len(values):
        return f"{values[start]} or later"
    last = values[end] - datetime.timedelta(1)
    return f"{values[start]}" if last == values[start] else f"{values[start]} to {last}"


def _counts(values: Sequence[int], start: int, end: int) -> str:
    if end == len(values):
        return f"at least {values[start]:,}"
    last = values[end] - 1
    if last == values[start]:
        return f"{last:,}"
    return f"less than {last + 1:,}" if start == 0 else f"{values[start]:,} to {last:,}"


def _numbers(values: Sequence[float], start: int, end: int) -> str:
    """The same of numbers: after one that the policy names stands the next there is."""
    first, last = values[start], values[end - 1]
    if start and first == last and nextafter(first, inf) == [*values, inf][end]:
        return _number(first)
    said = []
    if start:
        before = values[start - 1]
        is_next = nextafter(before, inf) == first
        said.append(f"more than {_number(before)}" if is_next else f"at least {_number(first)}")
    if end < len(values):
        after = values[end]
        is_next = nextafter(last, inf) == after
        said.append(f"at most {_number(last)}" if is_next else f"less than {_number(after)}")
    return " and ".join(said)


def _number(value: float) -> str:
    return f"{int(value):,}" if value.is_integer() else f"{value:,}"


def _is_length_of_time(test: Test) -> bool:
    return any(isinstance(each, Window) for each in test.operands)


# Texts and lists


def _choices(kind: OneOf, cells: Sequence[int], groups: Sequence[int]) -> list[str]:
    """The choices in each of *groups*; the last group of several is all others."""
    found = []
    for group in groups:
        said = [f'"{c}"' for c, cell in zip(kind.choices, cells, strict=True) if group >> cell & 1]
        found.append(" or ".join(said))
    longest = max(found, key=len)
    is_long = len(kind.choices) > _FEW
    return [_ELSE if is_long and each is longest else each for each in found]


def _told(tests: Sequence[Test], columns: Sequence[int], group: int, size: int) -> str:
    """The ways of *group*, told by which of the *tests* hold."""
    said, left = [], group
    for sentence, ways in _terms(tests, columns, bits.full(size)):
        if ways & left and not ways & ~group:
            said.append(sentence)
            left &= ~ways
        if not left:
            break
    return " OR ".join(said)


def _terms(
    tests: Sequence[Test], columns: Sequence[int], everything: int
) -> Iterator[tuple[str, int]]:
    """Ways to say which tests hold, the shortest first, and which ways each takes in."""
    literals = [(_predicate(test), column) for test, column in zip(tests, columns, strict=True)]
    literals += [
        (_denial(test), everything & ~column) for test, column in zip(tests, columns, strict=True)
    ]
    for number in range(1, 1 + (_TOGETHER if len(tests) <= _FEW else 1)):
        for chosen in combinations(literals, number):
            ways = everything
            for _, column in chosen:
                ways &= column
            if ways:
                yield " AND ".join(said for said, _ in chosen), ways
    for cell in range(everything.bit_length()):
        yield " AND ".join(said for said, column in literals if column >> cell & 1), 1 << cell


def _predicate(test: Test) -> str:
    """What *test* says of its fact."""
    if test.operator.reads.startswith("has"):
        return _spelled(test, test.operator.spellings[0])
    values = _operands(test)
    match test.operator.name, test.operands[1:]:
        case "is one of", (Texts(items),) if not any(isinstance(item, Mine) for item in items):
            return values[0].replace('", "', '" or "')
        case _:
            return test.operator.reads.format(*values).removeprefix("is ")


def _denial(test: Test) -> str:
    """What it says of its fact where *test* does not hold."""
    opposite = next(iter(test.operator.opposites), None)
    return f"NOT {_predicate(test)}" if opposite is None else _spelled(test, opposite)


def _spelled(test: Test, spelling: str) -> str:
    """*spelling* of an entry of the phrase book as *test* fills it, without the fact before."""
    values = iter(_operands(test))
    (fact,) = [each.name for each in subjects(test) if not isinstance(each, Mine)]
    words = [
        next(values) if re.fullmatch(r"{\w+}", word) else word.split("|")[0]
        for word in spelling.removeprefix("{F} ").replace("{F}", fact).split(" ")
    ]
    return " ".join(words).removeprefix("is ")


def _operands(test: Test) -> list[str]:
    """What *test* compares its fact with, as the policy writes it."""
    spelled = {folded(text): text for text in re.findall(r'"((?:[^"\\]|\\.)*)"', test.sentence)}
    return [_operand(each, spelled) for each in test.operands[1:]]


def _operand(operand: Operand, spelled: Mapping[str, str]) -> str:
    match operand:
        case Literal(str() as text):
            return f'"{spelled.get(text, text)}"'
        case Literal(value):
            return f"{value:,}" if isinstance(value, float | int) else str(value)
        case Texts(items):
            return ", ".join(_operand(item, spelled) for item in items)
        case Mine() as mine:
            return mine.name
        case Window(duration):
            return str(duration)
        case _:
            return str(operand)
