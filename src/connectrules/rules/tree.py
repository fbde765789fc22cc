"""The rule tree: what a condition means, with its sentences bound to facts.

Three nodes are enough: a test, NOT, and a count of items. ALL is at least n, ANY
at least 1, and points are weights.
"""

import datetime
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import TypeVar, assert_never

import attrs

from connectrules.rules.algebra import Logic
from connectrules.rules.entry import Operator
from connectrules.schema.phrase import Phrase
from connectrules.schema.types import Duration, FactType, YesNo, canonical
from connectrules.schema.vocabulary import Fact
from connectrules.source import Source, Span

V = TypeVar("V")

Value = str | float | datetime.date


@attrs.frozen
class Spoken:
    """A phrase with its literals: a yes/no fact that a function answers.

    Attributes:
        name: The sentence.
        phrase: The phrase it was read by.
        arguments: The literals in its holes, by the hole's name, sorted.
    """

    name: str = attrs.field(eq=False)
    phrase: Phrase
    arguments: tuple[tuple[str, object], ...]

    @property
    def type(self) -> FactType:
        """A phrase is yes/no."""
        return YesNo()

    @property
    def key(self) -> str:
        """The sentence as names are compared."""
        return canonical(self.name)


Subject = Fact | Spoken
"""What a test may ask of a contact."""


@attrs.frozen
class Mine:
    """``my G``: a fact of the owner's record."""

    fact: Fact

    @property
    def name(self) -> str:
        """How it is said."""
        return f"my {self.fact.name}"


@attrs.frozen
class Literal:
    """A value that a policy names, in the form tests compare."""

    value: Value


@attrs.frozen
class Scaled:
    """A multiple of a number fact."""

    factor: float
    term: Subject | Mine


@attrs.frozen
class Texts:
    """Texts in a row, as in ``"a", "b"``."""

    items: tuple[Literal | Mine, ...]


@attrs.frozen
class Window:
    """The time from a length ago until the day of judging."""

    duration: Duration


Operand = Subject | Mine | Literal | Scaled | Texts | Window | int
"""What may fill a hole of a sentence; an int is a number of items."""


@attrs.frozen
class Test:
    """One sentence about a fact.

    Attributes:
        operator: The phrase book's entry it was read by.
        operands: What fills the entry's holes, the fact it is about first.
        sentence: Its words, in an explanation.
        denied: Whether the words say the opposite of the test.
        source: The text it stands in.
        span: Its place there.
    """

    operator: Operator
    operands: tuple[Operand, ...]
    sentence: str = attrs.field(eq=False, default="")
    denied: bool = attrs.field(eq=False, default=False)
    source: Source | None = attrs.field(eq=False, repr=False, default=None)
    span: Span | None = attrs.field(eq=False, repr=False, default=None)


@attrs.frozen
class Not:
    """The opposite of a condition."""

    operand: "Condition"


@attrs.frozen
class Weighted:
    """An item of a count, and what it counts."""

    weight: int
    condition: "Condition"


@attrs.frozen
class AtLeast:
    """Items whose weights, where they hold, sum up to a threshold.

    Attributes:
        threshold: What must be reached.
        items: The items; points given with decimals are scaled to whole numbers.
        exactly: Whether it must be reached exactly; all items weigh 1 then.
    """

    threshold: int
    items: tuple[Weighted, ...]
    exactly: bool = False


Condition = Test | Not | AtLeast


def all_of(*conditions: Condition) -> Condition:
    """The condition that all of *conditions* hold."""
    return _counted(len(conditions), conditions)


def any_of(*conditions: Condition) -> Condition:
    """The condition that any of *conditions* holds."""
    return _counted(1, conditions)


def _counted(threshold: int, conditions: tuple[Condition, ...]) -> Condition:
    if len(conditions) == 1:
        return conditions[0]
    return AtLeast(threshold, tuple(Weighted(1, each) for each in conditions))


def children(condition: Condition) -> tuple[Condition, ...]:
    """The conditions directly below *condition*."""
    match condition:
        case Test():
            return ()
        case Not(operand):
            return (operand,)
        case AtLeast():
            return tuple(item.condition for item in condition.items)
    assert_never(condition)


def postorder(condition: Condition, *, known: Container[int] = ()) -> Iterator[Condition]:
    """Every node at or below *condition* once, each after those below it.

    It keeps its own stack: definitions may nest deeper than Python's. A node whose
    id is *known* is passed over, with all below it.
    """
    seen: set[int] = set()
    stack: list[tuple[Condition, bool]] = [(condition, False)]
    while stack:
        node, done = stack.pop()
        if done:
            yield node
        elif id(node) not in seen and id(node) not in known:
            seen.add(id(node))
            stack.append((node, True))
            stack += [(below, False) for below in reversed(children(node)) if id(below) not in seen]


def fold(condition: Condition, logic: Logic[V], *, values: dict[int, V] | None = None) -> V:
    """The meaning of *condition* to *logic*: the one place that gives a tree meaning.

    Args:
        condition: The tree; parts that it shares are folded once.
        logic: What tests and joints mean.
        values: Where to keep the value of each node, by its id.
    """
    values = {} if values is None else values
    fold_over(postorder(condition, known=values), logic, values)
    return values[id(condition)]


def fold_over(nodes: Iterable[Condition], logic: Logic[V], values: dict[int, V]) -> None:
    """Add to *values* the meaning of each of *nodes* to *logic*; those below it come before it."""
    for node in nodes:
        match node:
            case Test():
                value = logic.test(node)
            case Not(operand):
                value = logic.negate(values[id(operand)])
            case AtLeast(threshold, items, exactly):
                value = logic.at_least(
                    threshold,
                    [(item.weight, values[id(item.condition)]) for item in items],
                    exactly=exactly,
                )
            case _:
                assert_never(node)
        values[id(node)] = value


def occurrences(condition: Condition) -> Iterator[Test]:
    """Every test of *condition* as often as it is tested, definitions expanded."""
    stack = [condition]
    while stack:
        node = stack.pop()
        if isinstance(node, Test):
            yield node
        stack += reversed(children(node))


def tallied(conditions: Sequence[Condition]) -> list[tuple[Test, int]]:
    """Every test of *conditions* once, and how often it is tested, definitions expanded."""
    if not conditions:
        return []
    root = any_of(*conditions)
    nodes = [*postorder(root)]
    times = dict.fromkeys(map(id, nodes), 0)
    times[id(root)] = 1
    for node in reversed(nodes):
        for below in children(node):
            times[id(below)] += times[id(node)]
    return [(node, times[id(node)]) for node in nodes if isinstance(node, Test)]


def depth(condition: Condition) -> int:
    """How many nodes lie one inside the other at most."""
    depths: dict[int, int] = {}
    for node in postorder(condition):
        depths[id(node)] = 1 + max((depths[id(below)] for below in children(node)), default=0)
    return depths[id(condition)]


def mentions(test: Test) -> Iterator[Subject | Mine]:
    """The facts a test speaks of, as often as it does, in the order of the sentence."""
    for operand in test.operands:
        match operand:
            case Fact() | Spoken() | Mine():
                yield operand
            case Scaled(_, term):
                yield term
            case Texts(items):
                yield from (item for item in items if isinstance(item, Mine))
            case _:
                pass


def subjects(test: Test) -> tuple[Subject | Mine, ...]:
    """The facts a test speaks of, each once."""
    return tuple(dict.fromkeys(mentions(test)))
