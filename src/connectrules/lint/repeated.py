"""CR403: an item that is repeated.

What it does: looks for the same condition twice side by side, and for the same
text twice in one sentence.

Why it is bad: each time counts, so `AT LEAST 2 OF` is met by one fact alone.

Use instead: each item once, with points where one is to count more.
"""

from collections.abc import Hashable, Iterable, Iterator

from connectrules.diagnostics import Diagnostic, Severity
from connectrules.resolve.resolved import Resolved
from connectrules.rules.meaning import Context, form
from connectrules.rules.tree import AtLeast, Condition, Not, Test, Texts, children
from connectrules.source import Source, Span


def check(resolved: Resolved, tests: Iterable[Test], context: Context) -> Iterator[Diagnostic]:
    """A warning for each repeated item.

    Args:
        resolved: What the policy means.
        tests: Its different tests.
        context: What sentences are compared for.
    """
    alike = _Alike(context)
    for items in resolved.lists:
        met: set[int] = set()
        for item in items:
            number = alike.number(item.condition)
            if number in met:
                message = f"`{item.words}` stands here a second time"
                yield _warning(message, item.source, item.span)
            met.add(number)
    for test in tests:
        if test.source is not None and test.span is not None and _names_twice(test):
            yield _warning(f"`{test.sentence}` names a text twice", test.source, test.span)


class _Alike:
    """Numbers conditions, those that mean the same alike.

    Args:
        context: What sentences are compared for.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._numbers: dict[int, int] = {}
        """By the condition's id."""
        self._shapes: dict[Hashable, int] = {}

    def number(self, condition: Condition) -> int:
        """The number of *condition*; parts that are numbered already are not looked at again."""
        stack = [condition]
        while stack:
            node = stack[-1]
            below = [each for each in children(node) if id(each) not in self._numbers]
            if below:
                stack += below
                continue
            stack.pop()
            shape = self._shape(node)
            self._numbers[id(node)] = self._shapes.setdefault(shape, len(self._shapes))
        return self._numbers[id(condition)]

    def _shape(self, node: Condition) -> Hashable:
        match node:
            case Test():
                return form(node, self._context)
            case Not(operand):
                return "not", self._numbers[id(operand)]
            case AtLeast(threshold, items, exactly):
                counted = [(self._numbers[id(item.condition)], item.weight) for item in items]
                return "at least", threshold, exactly, *sorted(counted)


def _names_twice(test: Test) -> bool:
    return any(
        isinstance(operand, Texts) and len(set(operand.items)) < len(operand.items)
        for operand in test.operands
    )


def _warning(message: str, source: Source, span: Span) -> Diagnostic:
    hints = ("leave one of the two out",)
    return Diagnostic("CR403", message, source, span, hints, severity=Severity.WARNING)
