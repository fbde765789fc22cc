"""CR403: an item that is repeated.

What it does: looks for the same sentence twice in one list, and the same text
twice in one sentence.

Why it is bad: each time counts, so `AT LEAST 2 OF` is met by one fact alone.

Use instead: each item once, with points where one is to count more.
"""

from collections.abc import Hashable, Iterator

from connectrules.diagnostics import Diagnostic, Severity
from connectrules.exact.analysis import Analyser
from connectrules.rules.tree import AtLeast, Condition, Not, Test, Texts, postorder


def check(analyser: Analyser) -> Iterator[Diagnostic]:
    """A warning for each repeated item."""
    seen: set[int] = set()
    for rule in analyser.rules:
        for node in postorder(rule.condition):
            if id(node) in seen:
                continue
            seen.add(id(node))
            if isinstance(node, AtLeast):
                yield from _items(analyser, node)
            elif isinstance(node, Test):
                yield from _texts(node)


def _items(analyser: Analyser, node: AtLeast) -> Iterator[Diagnostic]:
    met: set[Hashable] = set()
    for item in node.items:
        test, key = _test(analyser, item.condition)
        if test is None or test.source is None or test.span is None:
            continue
        if key in met:
            yield _warning(test, f"`{test.sentence}` stands here a second time")
        met.add(key)


def _test(analyser: Analyser, condition: Condition) -> tuple[Test | None, Hashable]:
    match condition:
        case Test():
            return condition, (analyser.number[id(condition)], False)
        case Not(Test() as test):
            return test, (analyser.number[id(test)], True)
        case _:
            return None, None


def _texts(test: Test) -> Iterator[Diagnostic]:
    for operand in test.operands:
        if isinstance(operand, Texts) and len(set(operand.items)) < len(operand.items):
            yield _warning(test, f"`{test.sentence}` names a text twice")


def _warning(test: Test, message: str) -> Diagnostic:
    if test.source is None or test.span is None:
        msg = "a test of a policy has a place"
        raise AssertionError(msg)
    return Diagnostic(
        "CR403",
        message,
        test.source,
        test.span,
        help=("leave one of the two out: each counts",),
        severity=Severity.WARNING,
    )
