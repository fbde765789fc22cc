"""A line of a file of verdicts, as CSV and as JSON."""

import csv
import io
from collections.abc import Callable

from connectrules.errors import ContactError
from connectrules.render.cells import harmless
from connectrules.render.json import dumps, error_json, verdict_json
from connectrules.sources.common.columns import CONTACT, VERDICT
from connectrules.sources.common.records import disarmed
from connectrules.verdict import Verdict

COLUMNS = (CONTACT, "name", "url", *VERDICT)
"""The columns of a table of verdicts."""

Result = Verdict | ContactError
About = tuple[str, object, object]
"""Whom a line is about: the contact's key, its name and its address, where they are texts."""

_LINE_END = "\r\n"
"""What a cell is quoted for, whatever lines end with."""


def csv_line(about: About, result: Result, shown: Callable[[str], str] = str) -> str:
    """The row *about* a contact, safe to open in a spreadsheet.

    Args:
        about: The contact.
        result: What is decided about it.
        shown: What is done to each cell before that.
    """
    row = io.StringIO()
    cells = map(disarmed, map(shown, (*map(_text, about), *_values(result))))
    csv.writer(row, lineterminator=_LINE_END).writerow(cells)
    return row.getvalue().removesuffix(_LINE_END)


def json_line(about: About, result: Result) -> str:
    """The object *about* a contact."""
    key, *_ = about
    match result:
        case ContactError():
            return dumps(error_json(key, result))
        case Verdict():
            return dumps(verdict_json(key, result))


def placed(message: str, where: str | None) -> str:
    """*message* with its place, to be shown."""
    return harmless(with_place(message, where))


def with_place(message: str, where: str | None) -> str:
    """*message* with its place, as it stands."""
    return f"{message} ({where})" if where else message


def _values(result: Result) -> tuple[str, ...]:
    match result:
        case ContactError():
            return ("error", "", "", "", "", "", "", placed(str(result), result.where))
        case Verdict():
            return (
                result.decision.value,
                *map("; ".join, (result.rules, result.because, result.ask, result.unsure)),
                "; ".join(result.assumed),
                "yes" if result.exact else "no",
                "; ".join(placed(fault.message, fault.where) for fault in result.faults),
            )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
