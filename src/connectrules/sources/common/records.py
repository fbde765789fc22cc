"""Records about people, as plain files hold them: columns and values, no meaning yet."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import attrs

from connectrules.errors import SourceError
from connectrules.schema.contact import Contact
from connectrules.schema.types import UNSURE, FactType, shown
from connectrules.schema.vocabulary import slot
from connectrules.sources.common.columns import CONTACT, KEY, NAME, Columns
from connectrules.sources.common.files import COLUMNS_LIMIT, File
from connectrules.sources.common.report import NOTE, FileTally
from connectrules.sources.common.values import Read


@attrs.frozen
class Record:
    """One record.

    Attributes:
        line: Where it begins, from 1.
        values: Its columns as they are written, and their values as they stand.
    """

    line: int
    values: list[tuple[str, Any]]


@attrs.frozen
class Records:
    """The records of one file.

    Attributes:
        file: The file.
        format: What its format is called.
        columns: All its columns where they are known beforehand.
        read: Reads its records.
        reader: What reads a value of a type.
    """

    file: File
    format: str
    columns: tuple[str, ...] | None
    read: Callable[[], Iterator[Record]]
    reader: Callable[[FactType], Read]


def repeated(file: File, line: int, pair: tuple[str, str]) -> SourceError:
    """The error for two columns that speak of one fact."""
    one, other = pair
    msg = (
        f"the column `{shown(one)}` is there twice"
        if one == other
        else f"the columns `{shown(one)}` and `{shown(other)}` are the same fact"
    )
    return SourceError(msg, file.where(line))


@attrs.frozen
class _Place:
    """Where in a Contact a column's values go: a field, or ``other`` under a name."""

    name: str
    beside: bool
    read: Read


_MOST_PLACES = 2 * COLUMNS_LIMIT
"""Of how many columns it is kept where they go; more have only objects with ever other names."""

_KEY = _Place(KEY, beside=False, read=str)
_CONTACT = _Place(CONTACT, beside=False, read=str)

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula at the start of a cell."""

_LIKE_KEY = re.compile(r"[^\s:]+:\S")
_BEGINS = r"\A'*(?=[=+\-@\t\r])"
# A program that splits cells at semicolons or tabs knows no quotes within them.
_BEGINS_LATER = r"[;\t\r\n][\s\"]*'*(?=[=+\-@])"
_FORMULAS = re.compile(f"{_BEGINS}|{_BEGINS_LATER}")


class Builder:
    """Makes contacts of records."""

    def __init__(
        self, records: Records, columns: Columns, tally: FileTally, qualifier: str = ""
    ) -> None:
        """Contacts of *records*, whose line serves as key with *qualifier* before it."""
        self._records, self._columns, self._tally = records, columns, tally
        self._qualifier = qualifier
        self._places: dict[str, _Place | None] = {}
        self._keyed = KEY in map(slot, records.columns or ())
        self._judged = columns.judged(records.columns or ())
        for column in records.columns or ():
            self._place(column)

    def contact(self, record: Record) -> Contact:
        """The contact that *record* is about."""
        where = self._records.file.where(record.line)
        fields: dict[str, Any] = {}
        other: dict[str, Any] = {}
        origins: dict[str, str] = {}
        key = None
        places = self._places
        for column, written in record.values:
            place = places[column] if column in places else self._place(column)
            if place is None:
                continue
            if place is _KEY:
                key = key_text(written, where)
                continue
            if place is _CONTACT:
                key = key or key_text(plainly(written), where, CONTACT)
                continue
            value = place.read(written)
            if value is not None:
                (other if place.beside else fields)[place.name] = value
                origins[place.name] = where
        if key is None:
            key = self._named(key_text(fields.get(NAME), where, NAME))
        if key is None:
            key = f"{self._qualifier}line {record.line}"
        return Contact(key=key, other=other, origins=origins, **fields)

    def _named(self, name: str | None) -> str | None:
        """The key that *name* makes: none where somebody else may be known by it."""
        if name is not None and is_like_key(name):
            self._tally.like_keys += 1
            return None
        return name

    def _place(self, column: str) -> _Place | None:
        fact = self._columns.fact(column)
        place = None
        if fact is not None:
            read = self._records.reader(fact.type)
            beside = fact.attribute is None
            place = _Place(fact.slot if fact.attribute is None else fact.attribute, beside, read)
        elif slot(column) == NOTE:
            place = _Place(NOTE, beside=False, read=_note)
        elif slot(column) == KEY:
            place = _KEY
        elif slot(column) == CONTACT and not self._keyed:
            place = _CONTACT
        elif slot(column) in self._judged:
            pass
        elif len(self._places) < _MOST_PLACES:
            self._tally.unknown(column, self._columns.meant)
        if len(self._places) < _MOST_PLACES:
            self._places[column] = place
        return place


def _note(value: Any) -> str | None:  # noqa: ANN401 - values are of any type
    return value if isinstance(value, str) and value else None


def key_text(value: Any, where: str, column: str = KEY) -> str | None:  # noqa: ANN401 - as above
    """What identifies a record, None where *value* is empty.

    Texts that look the same are the same key, whatever program wrote them.

    Raises:
        SourceError: Where it is neither a text nor a whole number.
    """
    if value is None or value is UNSURE:
        return None
    if isinstance(value, (str, int)) and not isinstance(value, bool):
        return unicodedata.normalize("NFC", str(value).strip()) or None
    msg = f"`{column}` is neither a text nor a whole number"
    raise SourceError(msg, where)


def is_like_key(name: str) -> bool:
    """Whether *name* looks like ``network:stable-id``.

    Everybody chooses their own name, so such a one never stands for a key.
    """
    return _LIKE_KEY.match(unicodedata.normalize("NFC", name.strip())) is not None


def disarmed(text: str) -> str:
    """*text* as a cell that no spreadsheet takes for a formula: with a quote before each.

    Also where it splits cells at semicolons or tabs. `plainly` takes the quotes away.
    """
    return _FORMULAS.sub(r"\g<0>'", text)


def plainly(value: Any) -> Any:  # noqa: ANN401 - as above
    """*value* of a table made to be safe in a spreadsheet: without the quote before a formula."""
    if isinstance(value, str) and "'" in value:
        return _FORMULAS.sub(lambda found: found[0].removesuffix("'"), value)
    return value


def twice(key: str, first: str, place: str) -> SourceError:
    """The error for a key that comes twice."""
    message = f"`{shown(key)}` is there twice, first in {first}"
    return SourceError(message, place, ("give each contact a key of its own, or leave one out",))
