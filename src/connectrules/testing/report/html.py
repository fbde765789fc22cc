"""Coverage as a page: one HTML file that needs no network and no program."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import PurePath
from string import Template
from typing import Any

from connectrules.policy import Policy
from connectrules.render.html.escaping import in_html
from connectrules.render.html.page import MARK
from connectrules.render.html.parts import in_scope, part, source_hash
from connectrules.render.html.policy import lines_html
from connectrules.testing.coverage import Coverage, Finding, ProposedExample
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

_PAGE = f"{__package__}.page"
_DECIDING = frozenset({Aspect.ALONE, Aspect.DECIDES})
_MARKS = {"full": "\N{CHECK MARK}", "gap": "\N{BALLOT X}", "nobody": "-"}


def coverage_html(policy: Policy[Any], coverage: Coverage, *, over: Over = EXAMPLES) -> str:
    """The page about what cases show of *policy*.

    Args:
        policy: The policy.
        coverage: What is shown of it.
        over: What it is measured over.
    """
    return _Page(policy, coverage, over).text()


class _Page:
    def __init__(self, policy: Policy[Any], coverage: Coverage, over: Over) -> None:
        self._policy, self._coverage, self._over = policy, coverage, over

    def text(self) -> str:
        """The page."""
        style = part("page.css") + part("coverage.css", _PAGE)
        script = in_scope(part("coverage.js", _PAGE))
        file = PurePath(self._policy.source.name).name
        return MARK + Template(part("coverage.html", _PAGE)).substitute(
            style=style,
            script=script,
            style_hash=source_hash(style),
            script_hash=source_hash(script),
            title=in_html(self._policy.title or file),
            headline=in_html(headline(self._coverage, self._over)),
            file=in_html(file),
            summary="\n".join(self._summary()),
            texts="\n".join(map(self._text, texts_of(self._policy, self._coverage))),
            proposed="\n".join(self._proposed()),
        )

    def _summary(self) -> Iterator[str]:
        for what, shown, of in summary(self._coverage):
            yield f'<tr><td>{shown:,} of {of:,}</td><th scope="row">{what}</th></tr>'

    # The policy

    def _text(self, text: Text) -> str:
        own = text.source == self._policy.source
        name = "" if own else f"<h3>It USEs <code>{in_html(text.source.name)}</code></h3>\n"
        lines = "".join(chain(self._lines(text), self._unplaced() if own else ()))
        return f'{name}<pre class="code" tabindex="0"><code>{lines}</code></pre>'

    def _lines(self, text: Text) -> Iterator[str]:
        for line, code in zip(text.lines, lines_html(text.source), strict=False):
            notes = [*self._notes(line)]
            yield _noted(line.findings, code, notes) if notes else f"{code}\n"

    def _unplaced(self) -> Iterator[str]:
        """What is to be shown and is not written anywhere, as the OTHERWISE of a condition."""
        for each in self._coverage.findings:
            if place_of(self._policy, each) is None:
                yield _noted([each], "", [self._of_rule(each)])

    def _notes(self, line: Line) -> Iterator[str]:
        yield from map(self._of_rule, line.rules)
        alone = len(line.rules) + len(line.conditions) == 1
        for each in line.conditions:
            yield self._of_condition(each, named=not alone)

    def _of_rule(self, finding: Finding) -> str:
        times = counted(len(finding.cases[0]), self._over.one, self._over.many)
        said = in_html(f"{rule_said(finding.goal.rule)} decides for {times}.")
        return _note([finding], said, self._missing([finding]))

    def _of_condition(self, condition: Condition, *, named: bool) -> str:
        words = f"<q>{in_html(condition.test.sentence)}</q> " if named else ""
        holds, fails, unknown = (condition.times(each) for each in SEEN)
        counts = f"Holds for {holds:,}, does not for {fails:,}, is not known of {unknown:,}."
        shown = [each for each in condition.deciding if each.is_shown]
        pairs = [f"Decides {rule_said(each.goal.rule)}: by {pair_said(each)}." for each in shown]
        return _note(
            condition.findings,
            words + in_html(" ".join((counts, *pairs))),
            self._missing(condition.findings),
        )

    def _missing(self, findings: Iterable[Finding]) -> str:
        """What is not shown of something, and what would show it."""
        return "".join(map(self._gap, (each for each in findings if not each.is_shown)))

    def _gap(self, finding: Finding) -> str:
        said = in_html(f"Not shown: {goal_said(finding)}")
        if gap_of(finding) is Gap.PROPOSED:
            links = ", ".join(map(self._link, finding.proposals))
            there = next((each[0] for each in finding.cases if each), None)
            beside = "" if there is None else in_html(f", beside `{there}`")
            return f' <span class="least">{said}: {links}{beside}.</span>'
        remedy = remedy_said(finding, self._coverage)
        return f' <span class="least">{said}{in_html(remedy and f": {remedy}")}.</span>'

    def _link(self, number: int) -> str:
        name = in_html(self._coverage.proposed[number - 1].name)
        return f'<a href="#proposed-{number}">{name}</a>'

    # What is proposed

    def _proposed(self) -> Iterator[str]:
        proposed = self._coverage.proposed
        if not proposed:
            return
        yield '<section aria-labelledby="proposed-title">'
        yield '<h2 id="proposed-title">EXAMPLEs that would show what is missing</h2>'
        yield f"<p>{in_html(advice(self._policy))}</p>"
        for number, each in enumerate(proposed, 1):
            yield _proposal(number, each)
        yield "</section>"


def _noted(findings: Sequence[Finding], code: str, notes: Sequence[str]) -> str:
    pairs = "; ".join(pair_said(each) for each in findings if each.pair is not None)
    title = f' title="{in_html(pairs)}"' if pairs else ""
    block = f'<span class="notes">{" ".join(notes)}\n</span>'
    return f'<span class="shown {_state(findings)}"{title}>{code}\n{block}</span>'


def _note(findings: Sequence[Finding], said: str, missing: str) -> str:
    state = _state(findings)
    return f'<span class="note {state}"><b>{_MARKS[state]}</b> {said}{missing}</span>'


def _state(findings: Iterable[Finding]) -> str:
    gaps = {gap_of(each) for each in findings}
    if gaps - {None, Gap.IMPOSSIBLE}:
        return "gap"
    deciding = {gap_of(each) for each in findings if each.goal.aspect in _DECIDING}
    return "nobody" if deciding == {Gap.IMPOSSIBLE} else "full"


def _proposal(number: int, example: ProposedExample) -> str:
    decision = example.verdict.decision
    code = "\n".join(map(in_html, example.text.split("\n")))
    return (
        f'<article class="proposal" id="proposed-{number}">\n'
        f'<h3><span class="badge {decision.value}">{decision.name}</span> '
        f"<bdi>{in_html(example.name)}</bdi></h3>\n"
        f'<pre class="code" tabindex="0"><code id="text-{number}">{code}</code></pre>\n'
        f'<button type="button" class="copy" data-of="text-{number}" hidden>Copy</button>\n'
        "</article>"
    )
