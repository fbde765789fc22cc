"""`connectrules judge`: what is decided about each contact."""

import csv
import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import click
from click.core import ParameterSource

from connectrules.cli import console
from connectrules.cli.keeping import keep, refuse_other
from connectrules.cli.progress import Working
from connectrules.cli.reading import Given, Typed, file_type, judging
from connectrules.cli.summary import Summary
from connectrules.cli.table import Row, Table
from connectrules.cli.unheard import Doubts, Unheard
from connectrules.cli.words import called
from connectrules.errors import ContactError
from connectrules.render.cells import harmless
from connectrules.render.json import dumps, error_json, verdict_json
from connectrules.render.paint import Role
from connectrules.schema.contact import Contact
from connectrules.sources.common.columns import CONTACT, NAME, VERDICT
from connectrules.sources.common.records import disarmed
from connectrules.verdict import Decision, Fault, Verdict

_BATCH = 500
"""How many rows of a table are laid out together."""
_WIDEST_DECISION = max(len(each.value) for each in Decision)

Result = Verdict | ContactError


class Writer(Protocol):
    """One form that results are written in."""

    def add(self, contact: Contact, result: Result) -> None:
        """Write what is decided about *contact*, soon."""

    def end(self) -> None:
        """Write what is left."""


@click.command(short_help="Decide about each contact.")
@judging
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="A table, a JSON object a line, or a CSV file.",
)
@click.option(
    "--html",
    "page",
    type=file_type,
    metavar="FILE",
    help="Write a page to keep, with all reasons, in place of the table; with --format, both.",
)
def judge(typed: Typed, form: str, page: Path | None) -> None:
    """Decide about each of CONTACTS, in their order.

    With -c, all arguments are CONTACTS. A summary goes to standard error. The
    exit status is 1 where some contact could not be judged.
    """
    if page is not None:
        refuse_other(page)
    given = Given.read(typed)
    summary = Summary(Doubts(given.policy).why)
    unheard = Unheard(given.policy)

    def notes() -> Iterator[str]:
        yield from (*given.lines(), *summary.lines(), *unheard.lines(summary.asked))

    with Working() as working:
        silent = page is not None and _is_default("form")
        writer = _Silent() if silent else _WRITERS[form](working.before_output)

        def add(contact: Contact, result: Result) -> None:
            summary.add(result)
            unheard.add(contact, given.answers_about(contact))
            working.count()
            writer.add(contact, result)

        if page is None:
            for contact, result in given.judged():
                add(contact, result)
        else:
            keep(page, given, add, notes)
        writer.end()
    for line in notes():
        console.note(harmless(line))
    if page is not None:
        console.note(harmless(f"`{page}` is written: open it in a browser"))
    if summary.errors:
        raise click.exceptions.Exit(1)


def _is_default(option: str) -> bool:
    """Whether nobody typed *option*."""
    return click.get_current_context().get_parameter_source(option) is ParameterSource.DEFAULT


class _Silent:
    """No form at all, where there is a page."""

    def add(self, contact: Contact, result: Result) -> None:
        """Write nothing."""

    def end(self) -> None:
        """Write nothing."""


class _Text:
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
        return Row(("error", name, _placed(str(result), result.where)), "error")
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


def _placed(message: str, where: str | None) -> str:
    return harmless(f"{message} ({where})" if where else message)


class _Json:
    """A line a contact."""

    def __init__(self, before_output: Callable[[], None]) -> None:
        self._before_output = before_output
        self._lines = console.Lines()

    def add(self, contact: Contact, result: Result) -> None:
        """Write the line of *contact*."""
        self._before_output()
        match result:
            case ContactError():
                line = error_json(contact.key, result)
            case Verdict():
                line = verdict_json(contact.key, result)
        self._lines.add(dumps(line))

    def end(self) -> None:
        """Write what is held back."""
        self._lines.flush()


_LINE_END = "\r\n"
"""What a cell is quoted for; on standard output lines end as lines do."""
_COLUMNS = (CONTACT, NAME, "url", *VERDICT)


class _Csv:
    """A row a contact, safe to open in a spreadsheet, and safe to look at in a terminal."""

    def __init__(self, before_output: Callable[[], None]) -> None:
        self._before_output = before_output
        self._shown: Callable[[str], str] = harmless if console.is_terminal(sys.stdout) else str
        self._lines = console.Lines()
        self._head = [",".join(_COLUMNS)]

    def add(self, contact: Contact, result: Result) -> None:
        """Write the row of *contact*."""
        row = io.StringIO()
        cells = map(disarmed, map(self._shown, _values(contact, result)))
        csv.writer(row, lineterminator=_LINE_END).writerow(cells)
        self._add(row.getvalue().removesuffix(_LINE_END))

    def _add(self, line: str) -> None:
        self._before_output()
        while self._head:
            self._lines.add(self._head.pop())
        self._lines.add(line)

    def end(self) -> None:
        """Write what is held back, the head at least."""
        while self._head:
            self._lines.add(self._head.pop())
        self._lines.flush()


def _values(contact: Contact, result: Result) -> tuple[str, ...]:
    about = (contact.key, _text(contact.name), _text(contact.url))
    match result:
        case ContactError():
            return (*about, "error", "", "", "", "", "", "", _placed(str(result), result.where))
        case Verdict():
            return (
                *about,
                result.decision.value,
                *map("; ".join, (result.rules, result.because, result.ask, result.unsure)),
                "; ".join(result.assumed),
                "yes" if result.exact else "no",
                "; ".join(_fault(fault) for fault in result.faults),
            )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _fault(fault: Fault) -> str:
    return _placed(fault.message, fault.where)


_WRITERS: dict[str, Callable[[Callable[[], None]], Writer]] = {
    "text": _Text,
    "json": _Json,
    "csv": _Csv,
}
