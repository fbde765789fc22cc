"""The columns of a Parquet file of verdicts."""

from pathlib import Path
from typing import NamedTuple

from connectrules.errors import ContactError
from connectrules.render.lines import with_place
from connectrules.schema.contact import Contact
from connectrules.verdict import Verdict

ERROR = "error"
TOGETHER = "; "
"""What stands between the names of rules that decide together."""
_BATCH = 65_536
"""How many rows are written together."""


class Row(NamedTuple):
    """A row of results; the last five are named as `Policy.judge_frame` names them.

    Attributes:
        contact: The contact's key.
        name: Its name.
        url: Its address.
        decision: The decision, or ``error`` where it could not be judged.
        rule: The rules that decided.
        ask: The fact to ask first.
        exact: Whether the verdict is exact.
        error: Why it could not be judged.
    """

    contact: str
    name: str | None
    url: str | None
    decision: str
    rule: str | None = None
    ask: str | None = None
    exact: bool | None = None
    error: str | None = None


TYPES = dict.fromkeys(Row._fields, "VARCHAR") | {"exact": "BOOLEAN"}
"""What the columns hold."""


def row_of(contact: Contact, result: Verdict | ContactError) -> Row:
    """The row about *contact*."""
    key, name, url = about_contact(contact)
    return Row(key, name, url, *outcome(result))


About = tuple[str, str | None, str | None]
"""Whom a row is about: the contact's key, its name and its address."""


def about_contact(contact: Contact) -> About:
    """Whom a row about *contact* is about."""
    return contact.key, _text(contact.name), _text(contact.url)


Outcome = tuple[str, str | None, str | None, bool | None, str | None]


def outcome(result: Verdict | ContactError) -> Outcome:
    """The columns from ``decision`` on."""
    match result:
        case ContactError():
            return ERROR, None, None, None, with_place(str(result), result.where)
        case Verdict():
            ask = result.ask[0] if result.ask else None
            rule = TOGETHER.join(result.rules) or None
            return result.decision.value, rule, ask, result.exact, None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


class Rows:
    """A Parquet file of rows, written a few at a time."""

    def __init__(self, file: Path) -> None:
        """The rows of *file*.

        Raises:
            ModuleNotFoundError: Where PyArrow is not installed.
        """
        try:
            import pyarrow as pa  # noqa: PLC0415 - an extra
            import pyarrow.parquet as pq  # noqa: PLC0415 - as above
        except ModuleNotFoundError as error:
            msg = "a Parquet file is written with PyArrow, which is not installed"
            raise ModuleNotFoundError(msg, name=error.name) from error
        kinds = {"VARCHAR": pa.string(), "BOOLEAN": pa.bool_()}
        self._schema = pa.schema([(each, kinds[kind]) for each, kind in TYPES.items()])
        self._batch = pa.RecordBatch
        self._writer = pq.ParquetWriter(file, self._schema)
        self._rows: list[Row] = []

    def add(self, row: Row) -> None:
        """Write *row*, soon."""
        self._rows.append(row)
        if len(self._rows) == _BATCH:
            self._flush()

    def end(self) -> None:
        """Write what is held, and the end of the file."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        columns = zip(*self._rows, strict=True) if self._rows else [[] for _ in TYPES]
        arrays = [list(column) for column in columns]
        names = self._schema.names
        data = dict(zip(names, arrays, strict=True))
        self._writer.write_batch(self._batch.from_pydict(data, schema=self._schema))
        self._rows.clear()
