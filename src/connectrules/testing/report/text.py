"""Coverage for people at a terminal."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from connectrules.policy import Policy
from connectrules.render.cells import harmless, padded, wrapped
from connectrules.render.paint import Paint, Role, plain
from connectrules.testing.coverage import Coverage, Finding
from connectrules.testing.goals import Aspect
from connectrules.testing.report.lines import (
    SEEN,
    Condition,
    Gap,
    Line,
    Text,
    gap_of,
    place_of,
    rule_said,
    texts_of,
)
from connectrules.testing.report.words import (
    EXAMPLES,
    Over,
    advice,
    counted,
    goal_said,
    headline,
    pair_said,
    remedy_said,
    summary,
)

_SHOWN, _MISSING, _NOBODY = "\N{CHECK MARK}", "\N{BALLOT X}", "-"
_ROLES: dict[str, Role] = {_SHOWN: "connect", _MISSING: "error", _NOBODY: "frame"}
_COLUMN = 6
"""How wide a number in the margin is."""
_INDENT = "  "
_NARROWEST = 20
"""How much of a line stands side by side at least, however narrow the terminal is."""


def coverage_text(
    policy: Policy[Any],
    coverage: Coverage,
    *,
    over: Over = EXAMPLES,
    width: int = 80,
    paint: Paint = plain,
) -> str:
    """The policy's lines with what is shown beside them, what is missing, and what would fill it.

    Args:
        policy: The policy.
        coverage: What is shown of it.
        over: What it is measured over.
        width: How many columns there are.
        paint: Dresses the parts of the text.
    """
    return "\n".join(_Report(policy, coverage, over, width, paint).lines())


class _Report:
    def __init__(
        self, policy: Policy[Any], coverage: Coverage, over: Over, width: int, paint: Paint
    ) -> None:
        self._policy, self._coverage, self._over = policy, coverage, over
        self._width, self._paint = width, paint

    def lines(self) -> Iterator[str]:
        """The lines of the report."""
        yield self._title(
            f"{harmless(self._policy.source.name)}: {headline(self._coverage, self._over)}"
        )
        for text in texts_of(self._policy, self._coverage):
            yield ""
            yield from self._listing(text)
        yield ""
        yield from self._legend()
        yield ""
        yield from self._summary()
        yield from self._pairs()
        offered = ", and which EXAMPLE below would show it" if self._coverage.proposed else ""
        yield from self._gaps(f"not shown yet{offered}", (Gap.PROPOSED, Gap.NOT_FOUND, Gap.OPEN))
        yield from self._gaps("left out, as nobody can show it", (Gap.IMPOSSIBLE,))
        yield from self._proposed()

    # The policy

    def _listing(self, text: Text) -> Iterator[str]:
        digits = len(str(text.lines[-1].number))
        if text.source != self._policy.source:
            yield self._title(harmless(text.source.name))
        head = "".join(each.rjust(_COLUMN) for each in ("yes", "no", "?"))
        yield self._paint("frame", head)
        before = 0
        for line in _near(text.lines):
            if before and line.number > before + 1:
                yield self._paint("frame", " " * (_COLUMN * 3 + 3 + digits) + " :")
            before = line.number
            yield from self._line(line, digits)

    def _line(self, line: Line, digits: int) -> Iterator[str]:
        alone = len(line.rules) + len(line.conditions) == 1
        yield from self._row(
            self._of_rules(line.rules)
            if line.rules
            else self._of_condition(line.conditions[0])
            if alone
            else self._margin("", ""),
            f"{line.number:>{digits}}",
            line.text,
        )
        if not alone:
            for each in line.conditions:
                yield from self._row(
                    self._of_condition(each),
                    " " * digits,
                    f"  \N{BOX DRAWINGS LIGHT UP AND RIGHT} {each.test.sentence}",
                )

    def _row(self, margin: str, number: str, text: str) -> Iterator[str]:
        said = harmless(text.expandtabs(4))
        indent = " " * (len(said) - len(said.lstrip()))
        free = self._width - _COLUMN * 3 - len(number) - len("  |  ") - len(indent)
        beside = number
        for part in wrapped(said.lstrip(), max(free, _NARROWEST)):
            yield f"{margin} {self._paint('frame', f'{beside} |')} {indent}{part}".rstrip()
            margin, beside = self._margin("", ""), " " * len(number)

    def _margin(self, counts: str, mark: str) -> str:
        shown = self._paint(_ROLES[mark], mark) if mark else " "
        return f"{padded(counts, _COLUMN * 3)} {shown}"

    def _of_rules(self, findings: Sequence[Finding]) -> str:
        number = sum(len(each.cases[0]) for each in findings)
        counts = f"decides {number:,}".rjust(_COLUMN * 3)
        return self._margin(counts, _mark(findings))

    def _of_condition(self, condition: Condition) -> str:
        counts = "".join(_count(condition, aspect).rjust(_COLUMN) for aspect in SEEN)
        return self._margin(counts, _mark(condition.deciding))

    # Below it

    def _legend(self) -> Iterator[str]:
        counts = f"how many {self._over.many} have a condition so, not so, or do not say"
        yield from self._wrapped(f"yes, no, ?: {counts}", "")
        shown = "they show that it decides its rule by itself"
        marks = f"{_SHOWN} {shown}; {_MISSING} they do not yet; {_NOBODY} nobody can"
        yield from self._wrapped(marks, "")

    def _summary(self) -> Iterator[str]:
        rows = [(f"{shown:,} of {of:,}", what) for what, shown, of in summary(self._coverage)]
        longest = max(len(each) for each, _ in rows)
        for each, what in rows:
            yield from self._wrapped(f"{each:>{longest}}  {what}", "")

    def _pairs(self) -> Iterator[str]:
        shown = [each for each in self._coverage.findings if each.pair is not None]
        if shown:
            yield ""
            yield self._title("shown to decide by themselves, and by whom")
        yield from self._told(shown, lambda each: f"{rule_said(each.goal.rule)}: {pair_said(each)}")

    def _gaps(self, title: str, kinds: Sequence[Gap]) -> Iterator[str]:
        those = [each for each in self._coverage.findings if gap_of(each) in kinds]
        if those:
            yield ""
            yield self._title(title)
        yield from self._told(those, self._gap)

    def _gap(self, finding: Finding) -> str:
        remedy = "" if finding.impossible else remedy_said(finding, self._coverage)
        return f"{goal_said(finding)}{remedy and f': {remedy}'}"

    def _told(self, findings: Iterable[Finding], say: Callable[[Finding], str]) -> Iterator[str]:
        """A line each for *findings*, those on one condition together below it."""
        before = None
        for each in _in_order(self._policy, findings):
            test = each.goal.test
            if test is None:
                yield from self._wrapped(f"{self._where(each)}{say(each)}", _INDENT)
            else:
                if test is not before:
                    yield from self._wrapped(f"{self._where(each)}{test.sentence}", _INDENT)
                yield from self._wrapped(say(each), _INDENT * 3)
            before = test

    def _where(self, finding: Finding) -> str:
        place = place_of(self._policy, finding)
        if place is None:
            return ""
        source, location = place
        name = "" if source == self._policy.source else f"{source.name} "
        return f"{name}line {location.line}: "

    def _proposed(self) -> Iterator[str]:
        proposed = self._coverage.proposed
        if not proposed:
            return
        yield ""
        yield self._title(f"proposed: {counted(len(proposed), 'EXAMPLE', 'EXAMPLEs')}")
        yield from self._wrapped(advice(self._policy), "")
        for each in proposed:
            yield ""
            yield from map(harmless, each.text.split("\n"))

    def _title(self, text: str) -> str:
        return self._paint("title", text)

    def _wrapped(self, text: str, indent: str) -> Iterator[str]:
        lines = wrapped(harmless(text), max(self._width - len(indent) - len(_INDENT), _NARROWEST))
        yield from (f"{indent}{_INDENT if place else ''}{line}" for place, line in enumerate(lines))


def _near(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines on which something begins, and those beside them that say something."""
    marked = {each.number for each in lines if each.findings}
    for line in lines:
        said = line.text.strip()
        beside = {line.number - 1, line.number + 1} & marked
        if line.number in marked or (beside and said and not said.startswith("#")):
            yield line


def _count(condition: Condition, aspect: Aspect) -> str:
    times = condition.times(aspect)
    return f"{times:,}" if times or not condition.seen[aspect].impossible else _NOBODY


def _mark(findings: Iterable[Finding]) -> str:
    gaps = {gap_of(each) for each in findings}
    if gaps - {None, Gap.IMPOSSIBLE}:
        return _MISSING
    return _SHOWN if None in gaps else _NOBODY


def _in_order(policy: Policy[Any], findings: Iterable[Finding]) -> list[Finding]:
    """*findings* in the order of their places, those of the policy's own text first."""

    def key(finding: Finding) -> tuple[bool, str, int, int]:
        place = place_of(policy, finding)
        if place is None:
            return False, "", 1 << 30, 0
        source, location = place
        other = source != policy.source
        return other, source.name if other else "", location.line, location.column

    return sorted(findings, key=key)
