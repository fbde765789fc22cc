"""The options of `connectrules test --coverage`."""

import datetime
import math
from collections.abc import Callable, Sequence
from functools import reduce, wraps
from pathlib import Path
from typing import Any

import attrs
import click

from connectrules.cli.answers_file import AnswersFile, answers_option
from connectrules.cli.options import file_type, me_option, today_option


@attrs.frozen
class Wanted:
    """What was typed about coverage.

    Attributes:
        coverage: Whether it is wanted.
        contacts: What it is measured over, in place of the EXAMPLEs.
        me_file: The owner's own record.
        today: The day to count from.
        answers_file: Answers about the contacts.
        minimum_coverage: Of how many of a hundred conditions it has to be shown that they decide.
        page: The page to write.
    """

    coverage: bool
    contacts: tuple[Path, ...]
    me_file: Path | None
    today: datetime.date | None
    answers_file: AnswersFile | None
    minimum_coverage: float | None
    page: Path | None

    def check(self, policies: Sequence[Path], form: str) -> None:
        """See that all that was typed goes together.

        Raises:
            UsageError: Where it does not.
            Refused: Where the page would take the place of something else.
        """
        if not self.contacts:
            self._refuse("--contacts", ("me_file", "today", "answers_file"))
        if not self.coverage:
            self._refuse("--coverage", ("contacts", "minimum_coverage", "page"))
        elif form == "junit":
            msg = "--coverage is shown as text or json; --junit FILE writes the EXAMPLEs too"
            raise click.UsageError(msg)
        if self.minimum_coverage is not None and math.isnan(self.minimum_coverage):
            msg = "--minimum-coverage takes a number from 0 to 100"
            raise click.UsageError(msg)
        if self.page is not None:
            if len(policies) > 1:
                msg = "--html writes a page about one POLICY: name one"
                raise click.UsageError(msg)
            from connectrules.cli.keeping import refuse_other  # noqa: PLC0415 - for a page alone

            refuse_other(self.page)

    def _refuse(self, other: str, names: Sequence[str]) -> None:
        for name in names:
            if getattr(self, name) not in ((), None):
                msg = f"{_TYPED[name]} is for {other}: give both"
                raise click.UsageError(msg)


_TYPED = {
    "contacts": "--contacts",
    "me_file": "--me",
    "today": "--today",
    "answers_file": "--answers",
    "minimum_coverage": "--minimum-coverage",
    "page": "--html",
}


def measuring(command: Callable[..., None]) -> Callable[..., None]:
    """Give *command* the options about coverage, as a `Wanted` before its own."""

    @wraps(command)
    def run(**typed: Any) -> None:  # noqa: ANN401 - as in click
        mine = {field.name: typed.pop(field.name) for field in attrs.fields(Wanted)}
        command(Wanted(**mine), **typed)

    options = (
        click.option(
            "--coverage",
            is_flag=True,
            help="See which rules and conditions the EXAMPLEs show at work, and what is missing.",
        ),
        click.option(
            "--contacts",
            type=file_type,
            multiple=True,
            metavar="FILE",
            help="With --coverage: measure over these contacts in place of the EXAMPLEs.",
        ),
        me_option,
        today_option,
        answers_option,
        click.option(
            "--minimum-coverage",
            type=click.FloatRange(0, 100),
            metavar="PERCENT",
            help="With --coverage: the exit status is 1 where a smaller part of the conditions "
            "is shown to decide.",
        ),
        click.option(
            "--html",
            "page",
            type=file_type,
            metavar="FILE",
            help="With --coverage: write it as a page as well.",
        ),
    )
    return reduce(lambda made, option: option(made), reversed(options), run)
