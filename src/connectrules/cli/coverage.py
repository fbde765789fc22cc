"""`connectrules test --coverage`: what EXAMPLEs, or contacts, show of a policy."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Self

import attrs

from connectrules.cli.coverage_options import Wanted
from connectrules.cli.progress import Working
from connectrules.cli.reading import Given, Typed
from connectrules.cli.words import called, counted
from connectrules.cli.writing import replace_text
from connectrules.errors import ContactError
from connectrules.policy import Policy
from connectrules.render.paint import Paint
from connectrules.schema.contact import Contact
from connectrules.testing.cases import Tried, tried_contacts, tried_examples
from connectrules.testing.coverage import Coverage, coverage_of, failing_of
from connectrules.testing.goals import Aspect
from connectrules.testing.report.html import coverage_html
from connectrules.testing.report.json import coverage_json
from connectrules.testing.report.text import coverage_text
from connectrules.testing.report.words import CONTACTS, EXAMPLES, Over, percent_said


@attrs.frozen
class Measured:
    """A policy, and what is shown of it.

    Attributes:
        policy: The policy.
        coverage: What is shown.
        over: What it is measured over.
        notes: What is said beside it.
        unjudged: How many contacts could not be judged; None where it is not over contacts.
    """

    policy: Policy[Contact]
    coverage: Coverage
    over: Over
    notes: tuple[str, ...]
    unjudged: int | None = None

    def text(self, *, width: int, paint: Paint) -> str:
        """It for people."""
        return coverage_text(self.policy, self.coverage, over=self.over, width=width, paint=paint)

    def json(self) -> dict[str, Any]:
        """It for programs."""
        found = coverage_json(self.policy, self.coverage, over=self.over)
        return found if self.unjudged is None else {**found, "unjudged": self.unjudged}

    def written(self, page: Path) -> Self:
        """It, once it is written to *page*."""
        replace_text(page, coverage_html(self.policy, self.coverage, over=self.over))
        note = f"`{page}` is written: open it in a browser"
        return attrs.evolve(self, notes=(*self.notes, note))

    def short_of(self, minimum: float) -> str | None:
        """That less is shown than the *minimum*, if it is."""
        if self.coverage.percent >= minimum:
            return None
        name, percent = self.policy.source.name, percent_said(self.coverage)
        return f"coverage of `{name}` is {percent}, and {minimum:g}% was asked for"


def measure(policy: Policy[Contact], wanted: Wanted) -> Measured:
    """What the EXAMPLEs of *policy*, or the contacts that are *wanted*, show of it."""
    if not wanted.contacts:
        shown = told_coverage(policy, tried_examples(policy))
        shown = attrs.evolve(shown, failing=failing_of(policy))
        return Measured(policy, shown, EXAMPLES, ())
    typed = Typed((), None, wanted.me_file, wanted.today, wanted.answers_file)
    given = Given.of(policy, wanted.contacts, typed)
    tried, errors = _tried(given)
    notes = tuple(_notes(given, errors))
    return Measured(policy, told_coverage(policy, tried), CONTACTS, notes, errors)


def told_coverage(
    policy: Policy[Contact], tried: Sequence[Tried], *, aspects: Iterable[Aspect] = Aspect
) -> Coverage:
    """What cases show of *policy*, with a sign of life while missing EXAMPLEs are looked for."""
    with Working("gaps") as working:
        return coverage_of(policy, tried, aspects=aspects, tell=working.tell)


def _tried(given: Given) -> tuple[list[Tried], int]:
    """What comes of the contacts, and how many could not be judged."""
    tried, errors = [], 0
    with Working() as working:
        for contact in given.contacts():
            (each,) = tried_contacts(
                given.policy,
                [contact],
                me=given.me,
                today=given.today,
                answers={contact.key: given.answers_about(contact.key) or {}},
            )
            working.count()
            if isinstance(each, ContactError):
                errors += 1
            else:
                tried.append(attrs.evolve(each, case=attrs.evolve(each.case, name=called(contact))))
    return tried, errors


def _notes(given: Given, errors: int) -> Iterator[str]:
    yield from given.lines()
    if errors:
        what = counted(errors, "contact", "contacts")
        yield f"{what} could not be judged, and left out: `connectrules judge` says why"
