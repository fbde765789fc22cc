"""What the EXAMPLEs that pytest ran show of their policies."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from connectrules.errors import ContactError
from connectrules.policy import Policy
from connectrules.testing.cases import Trial, Tried
from connectrules.testing.coverage import Coverage, coverage_of
from connectrules.testing.examples import run_examples
from connectrules.testing.files import load, names_of
from connectrules.testing.report.html import coverage_html
from connectrules.testing.report.text import coverage_text
from connectrules.testing.report.words import percent_said


@attrs.frozen
class Covered:
    """A policy, and what the EXAMPLEs that ran show of it.

    Attributes:
        policy: The policy.
        coverage: What they show.
    """

    policy: Policy[Any]
    coverage: Coverage

    def text(self, width: int) -> str:
        """Its lines with what is shown beside them; a line alone where nothing is missing."""
        if self.coverage.missing:
            return coverage_text(self.policy, self.coverage, width=width)
        return f"{self.policy.source.name}: {percent_said(self.coverage)}"

    def short_of(self, minimum: float | None) -> str | None:
        """That less is shown than the *minimum*, if it is."""
        if minimum is None or self.coverage.percent >= minimum:
            return None
        name, percent = self.policy.source.name, percent_said(self.coverage)
        return f"coverage of `{name}` is {percent}, and {minimum:g}% was asked for"

    def write(self, folder: Path) -> Path:
        """Write its page to *folder*, and say where."""
        folder.mkdir(parents=True, exist_ok=True)
        page = folder / ("-".join(Path(self.policy.source.name).parts).strip("-/\\") + ".html")
        page.write_text(coverage_html(self.policy, self.coverage), encoding="utf-8")
        return page


def covered(
    policies: Mapping[str, str], ran: Collection[str], vocabulary: str
) -> Iterator[Covered]:
    """What the EXAMPLEs that *ran* show of each of the *policies*.

    Args:
        policies: Where they are, by their node ids.
        ran: The node ids of the EXAMPLEs.
        vocabulary: What they speak; see `load`.
    """
    for node, path in sorted(policies.items()):
        policy = load(Path(path), vocabulary)
        if policy is not None:
            names = {name for name in names_of(policy) if f"{node}::{name}" in ran}
            found = coverage_of(policy, [*_tried(policy, names)])
            failing = tuple(_failing(policy, names))
            yield Covered(policy, attrs.evolve(found, failing=failing))


def _failing(policy: Policy[Any], names: Collection[str]) -> Iterator[str]:
    for result, name in zip(run_examples(policy), names_of(policy), strict=True):
        if name in names and not result.passed:
            yield name


def _tried(policy: Policy[Any], names: Collection[str]) -> Iterator[Tried]:
    trial = Trial(policy)
    for example, name in zip(policy.examples, names_of(policy), strict=True):
        if name in names:
            try:
                yield trial.tried(attrs.evolve(trial.case(example), name=name))
            except ContactError:
                continue
