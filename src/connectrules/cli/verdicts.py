"""The forms that verdicts are written in."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from connectrules.bulk.rows import Rows, row_of
from connectrules.cli import console
from connectrules.cli.output import FileLines
from connectrules.cli.problems import Refused
from connectrules.cli.table import Row, Table
from connectrules.cli.words import called
from connectrules.errors import ContactError
from connectrules.render.cells import harmless
from connectrules.render.lines import COLUMNS, About, Result, csv_line, json_line, placed
from connectrules.render.paint import Role
from connectrules.schema.contact import Contact
from connectrules.verdict import Decision

_BATCH = 500
"""How many rows of a table are laid out together."""
_WIDEST_DECISION = max(len(each.value) for each in Decision)

Lines = console.Lines | FileLines
"""Where lines go: standard output, or a file."""


class Writer(Protocol):
    """One form that results are written in."""

    def add(self, contact: Contact, result: Result) -> None:
        """Write what is decided about *contact*, soon."""

    def end(self) -> None:
        """Write what is left."""


class Silent:
    """No form at all, where there is a page."""

    def add(self, contact: Contact, result: Result) -> None:
        """Write nothing."""

    def end(self) -> None:
        """Write nothing."""


class AsText:
    """A table."""

    def __init__(self, before_output: Callable[[], None]) -> None:
        self._before_output = before_output
        self._rows: list[Row] = []
        self._table = Table(
            ("decision", "contact", "rules", "because"),
            console.width(sys.stdout),
            console.paint(sys.stdout),
            first=_WIDEST_DECISION,
        )
        self._lines = console.Lines()

    def add(self, contact: Contact, result: Result) -> None:
        """Lay *result* out with the next rows."""
        if len(self._rows) == _BATCH:
            self.end()
        self._rows.append(_row(contact, result))

    def end(self) -> None:
        """Write the rows that are laid out."""
        if self._rows:
            self._before_output()
            for line in self._table.lines(self._rows):
                self._lines.add(line)
            self._lines.flush()
            self._rows.clear()


def _row(contact: Contact, result: Result) -> Row:
    """The row of *contact*: what is to be asked, or is wrong, stands across the last columns."""
    name = called(contact)
    if isinstance(result, ContactError):
        return Row(("error", name, placed(str(result), result.where)), "error")
    role = _ROLES[result.decision]
    if result.decision is Decision.UNDECIDED:
        lists = {"ask": result.ask, "unsure": result.unsure}
        told = "; ".join(f"{what}: {', '.join(facts)}" for what, facts in lists.items() if facts)
        return Row((result.decision.value, name, told), role)
    because = "; ".join(map(harmless, result.because))
    return Row((result.decision.value, name, ", ".join(result.rules), because), role)


_ROLES: dict[Decision, Role] = {
    Decision.CONNECT: "connect",
    Decision.DECLINE: "decline",
    Decision.REVIEW: "review",
    Decision.UNDECIDED: "undecided",
}


class AsJson:
    """A line a contact."""

    def __init__(self, before_output: Callable[[], None], lines: Lines) -> None:
        self._before_output, self._lines = before_output, lines

    def add(self, contact: Contact, result: Result) -> None:
        """Write the line of *contact*."""
        self._before_output()
        self._lines.add(json_line(_about(contact), result))

    def end(self) -> None:
        """Write what is held back."""
        self._lines.flush()


class AsCsv:
    """A row a contact, safe to open in a spreadsheet, and safe to look at in a terminal."""

    def __init__(self, before_output: Callable[[], None], lines: Lines) -> None:
        self._before_output, self._lines = before_output, lines
        is_seen = isinstance(lines, console.Lines) and console.is_terminal(sys.stdout)
        self._shown: Callable[[str], str] = harmless if is_seen else str
        self._head = [",".join(COLUMNS)]

    def add(self, contact: Contact, result: Result) -> None:
        """Write the row of *contact*."""
        self._before_output()
        while self._head:
            self._lines.add(self._head.pop())
        self._lines.add(csv_line(_about(contact), result, self._shown))

    def end(self) -> None:
        """Write what is held back, the head at least."""
        while self._head:
            self._lines.add(self._head.pop())
        self._lines.flush()


def _about(contact: Contact) -> About:
    return contact.key, contact.name, contact.url


class AsParquet:
    """A row a contact, as a program takes it."""

    def __init__(self, file: Path) -> None:
        try:
            self._rows = Rows(file)
        except ModuleNotFoundError as error:
            raise Refused(str(error), ('pip install "connectrules[duckdb]"',)) from error

    def add(self, contact: Contact, result: Result) -> None:
        """Write the row of *contact*."""
        self._rows.add(row_of(contact, result))

    def end(self) -> None:
        """Write what is held back."""
        self._rows.end()
