"""CR403: an item that is repeated.

What it does: looks for the same condition twice side by side, for the same
text twice in one sentence, and for an EXAMPLE that says what another one says.

Why it is bad: each time counts, so `AT LEAST 2 OF` is met by one fact alone. An
EXAMPLE that is there twice shows no more than once, and has to be changed twice.

Use instead: each item once, with points where one is to count more.
"""

from collections.abc import Hashable, Iterable, Iterator

from connectrules.diagnostics import Diagnostic, Edit, Fix, Severity
from connectrules.resolve.resolved import Example, Resolved
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
    yield from _examples(resolved)


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


def _examples(resolved: Resolved) -> Iterator[Diagnostic]:
    """A warning for each EXAMPLE that says what an earlier one does; a copy is taken out."""
    source, met = resolved.source, dict[Hashable, Example]()
    for example in resolved.examples:
        first = met.setdefault(_content(example), example)
        if first is example:
            continue
        message = (
            f"the EXAMPLE `{example.name}` stands here a second time"
            if example.name == first.name
            else f"the EXAMPLE `{example.name}` says the same as `{first.name}`"
        )
        place = source.location(example.span.start)
        end = example.span.start - place.column + 1 + len(source.line(place.line))
        span = Span(example.span.start, min(end, example.span.end))
        copy = _without(source, first.span, example.span)
        fixes = () if copy is None else (Fix("leave the second one out", (copy,)),)
        yield _warning(message, source, span, fixes)


def _content(example: Example) -> Hashable:
    """What *example* says, whatever it is called."""
    listed = (
        None if each is None else frozenset(each) for each in (example.because_of, example.asking)
    )
    known = (frozenset(each.items()) for each in (example.facts, example.mine))
    return (example.today, example.expect, *listed, *known)


def _without(source: Source, first: Span, second: Span) -> Edit | None:
    """What takes out the *second* statement; None where it is not written as the *first* is."""
    one, other = ([*_numbers(source, each)] for each in (first, second))
    texts = [[source.line(number).strip() for number in each] for each in (one, other)]
    if texts[0] != texts[1]:
        return None
    above = other[0] - 1
    while above > 1 and not source.line(above).strip():
        above -= 1
    span = Span(*(source.start(each) + len(source.line(each)) for each in (above, other[-1])))
    return Edit(span, "")


def _numbers(source: Source, span: Span) -> Iterable[int]:
    """The numbers of the lines of *span*, and of the comments right above them."""
    first, last = (source.location(place).line for place in (span.start, span.end))
    while first > 1 and source.line(first - 1).strip().startswith("#"):
        first -= 1
    return range(first, last + 1)


def _warning(message: str, source: Source, span: Span, fixes: tuple[Fix, ...] = ()) -> Diagnostic:
    hints = () if fixes else ("leave one of the two out",)
    return Diagnostic("CR403", message, source, span, hints, fixes, severity=Severity.WARNING)
