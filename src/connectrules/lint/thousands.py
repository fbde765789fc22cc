"""CR301: a count with a point before three digits, which reads as a small number.

What it does: looks for a number such as `1.000` or `2.500` that a count is compared with.

Why it is bad: in half the world that is a thousand, and here it is one.

Use instead: `1,000` for a thousand, `1` for one.
"""

import re
from collections.abc import Iterable, Iterator

from connectrules.diagnostics import Diagnostic, Edit, Fix, Severity
from connectrules.rules.tree import Mine, Test, subjects
from connectrules.schema.types import CountType, TextList
from connectrules.source import Span

_THOUSANDS = re.compile(r"(?<![\w.,])[1-9][0-9]{0,2}\.[0-9]{3}(?![\w.,%])")
_QUOTED = re.compile(r'"(?:\\.|[^"\\])*"')


def check(tests: Iterable[Test]) -> Iterator[Diagnostic]:
    """A warning for each such number."""
    for test in tests:
        facts = (each.fact if isinstance(each, Mine) else each for each in subjects(test))
        is_count = any(isinstance(fact.type, (CountType, TextList)) for fact in facts)
        if not is_count or test.source is None or test.span is None:
            continue
        written = test.source.text[test.span.start : test.span.end]
        bare = _QUOTED.sub(lambda match: " " * len(match[0]), written)
        for match in _THOUSANDS.finditer(bare):
            place = test.span.start + match.start()
            span = Span(place, place + len(match[0]))
            meant = [match[0].replace(".", ","), f"{float(match[0]):g}"]
            yield Diagnostic(
                "CR301",
                f"`{match[0]}` reads as {meant[1]}: a point stands before decimals, "
                "and a count has none",
                test.source,
                span,
                fixes=tuple(Fix(f"write `{each}`", (Edit(span, each),)) for each in meant),
                severity=Severity.WARNING,
            )
