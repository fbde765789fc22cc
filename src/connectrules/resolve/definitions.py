"""DEFINE lines: what each name stands for, and circles of them."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence

from connectrules.resolve.conditions import Conditions
from connectrules.resolve.names import Definition, key
from connectrules.resolve.scope import Scope
from connectrules.resolve.words import whole
from connectrules.schema.types import canonical
from connectrules.source import Source
from connectrules.syntax import tree
from connectrules.syntax.mistakes import Mistake

Line = tuple[Source, tree.Define]

_SHOWN = 5
"""How many definitions of a circle are named."""


def define(lines: Mapping[str, Line], scope: Scope) -> None:
    """Give each definition its condition, those it speaks of first.

    Args:
        lines: The DEFINE lines by the key of what they define.
        scope: What they are read against; its definitions are put in place.
    """
    spoken = {
        said: [other for other in _spoken(line.condition, scope) if other in lines]
        for said, (_, line) in lines.items()
    }
    for group in components(spoken):
        first = group[0]
        if len(group) > 1 or first in spoken[first]:
            _tell_circle(group, spoken, lines, scope)
            continue
        source, line = lines[first]
        conditions = Conditions(source, scope)
        condition = conditions.condition(line.condition)
        name = scope.names.definitions[first].name
        scope.names.definitions[first] = Definition(name, condition, conditions.size)


def _spoken(condition: tree.Condition, scope: Scope) -> Iterator[str]:
    """The definitions that *condition* names."""
    for sentence in _sentences(condition):
        for named, _ in scope.names.named(key(sentence.tokens)):
            if isinstance(named, Definition):
                yield canonical(named.name)


def _sentences(condition: tree.Condition) -> Iterator[tree.Sentence]:
    stack = [condition]
    while stack:
        match stack.pop():
            case tree.Sentence() as sentence:
                yield sentence
            case tree.Denied(operand):
                stack.append(operand)
            case tree.Bracketed(inner):
                stack.append(inner)
            case tree.Joined(operands):
                stack += operands
            case tree.Quantified(_, items):
                stack += [item.condition for item in items]


def _tell_circle(
    group: Sequence[str],
    spoken: Mapping[str, Sequence[str]],
    lines: Mapping[str, Line],
    scope: Scope,
) -> None:
    first = min(group, key=lambda said: (lines[said][0].name, lines[said][1].span))
    circle = [scope.names.definitions[said].name for said in _circle(first, {*group}, spoken)]
    shown = [f"`{name}`" for name in circle]
    if len(circle) > _SHOWN:
        shown[_SHOWN:] = [f"{len(circle) - _SHOWN:,} more"]
    by = ", by ".join([*shown[1:], f"`{circle[0]}`"])
    source, line = lines[first]
    mistake = Mistake(
        whole(line.name.tokens),
        "CR203",
        f"`{circle[0]}` is defined by itself"
        if len(circle) == 1
        else f"the definition of `{circle[0]}` goes in a circle: it is defined by {by}",
        help=("define one of them by facts",) if len(circle) > 1 else ("define it by facts",),
    )
    scope.report.tell(source, mistake)


def _circle(first: str, group: set[str], spoken: Mapping[str, Sequence[str]]) -> list[str]:
    """The shortest way from *first* back to it within *group*."""
    before: dict[str, str] = {}
    queue = deque([first])
    while first not in before:
        said = queue.popleft()
        for other in spoken[said]:
            if other in group and other not in before:
                before[other] = said
                queue.append(other)
    way = [before[first]]
    while way[-1] != first:
        way.append(before[way[-1]])
    return way[::-1]


def components(spoken: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Groups of names that speak of one another, each after those it speaks of.

    Tarjan 1972, with a stack of its own: definitions may nest deeper than Python's.

    Args:
        spoken: For each name the names it speaks of.
    """
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    open_names: dict[str, None] = {}
    for root in spoken:
        stack = [] if root in number else [(root, iter(spoken[root]))]
        while stack:
            name, others = stack[-1]
            if name not in number:
                number[name] = lowest[name] = len(number)
                open_names[name] = None
            other = next(others, None)
            if other is None:
                stack.pop()
                if stack:
                    above = stack[-1][0]
                    lowest[above] = min(lowest[above], lowest[name])
                if lowest[name] == number[name]:
                    yield [*_closed(open_names, name)]
            elif other not in number:
                stack.append((other, iter(spoken[other])))
            elif other in open_names:
                lowest[name] = min(lowest[name], number[other])


def _closed(open_names: dict[str, None], name: str) -> Iterator[str]:
    """The names opened from *name* on, taken out of those that are open."""
    closed = ""
    while closed != name:
        closed, _ = open_names.popitem()
        yield closed
