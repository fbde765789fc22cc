"""A file of contacts as a query, and its rows one by one where that is needed."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import attrs

from connectrules.bulk import sql
from connectrules.schema.contact import Contact
from connectrules.schema.types import (
    CountType,
    Date,
    FactType,
    Number,
    OneOf,
    Text,
    TextList,
    YesNo,
)
from connectrules.schema.vocabulary import Fact, slot
from connectrules.sources.common.columns import CONTACT, KEY, NAME
from connectrules.sources.common.database import name, text
from connectrules.sources.common.records import Records
from connectrules.sources.common.report import FileTally

# No fact can be called so: a name is words. Of a file's columns only those are taken that are
# known, and not by their names.
ROW, WHO, CALLED, ADDRESS, ODD, ALIKE = (
    f"connectrules:{each}" for each in ("row", "who", "called", "address", "odd", "alike")
)
_KEYED, _NAMED, _LOOKS = (name(f"connectrules:{each}") for each in ("keyed", "named", "looks"))
URL = "url"


@attrs.frozen
class Cell:
    """The value of a fact in a row, in a query.

    Attributes:
        value: What it is, null where it is not known or the row is odd.
        odd: Whether there is a value that has to be looked at alone; empty where none has.
    """

    value: str
    odd: str = ""


@attrs.frozen
class Part:
    """A file of contacts.

    Attributes:
        records: Its records, one by one.
        tally: What is told of it.
        query: Its rows.
        size: How many rows it has, or more.
        before: How many lines stand before the first row.
        reread: The contacts in some rows, by their numbers in order; None where there is
            nothing in one.
    """

    records: Records
    tally: FileTally
    query: "Query"
    size: int
    before: int
    reread: Callable[[Sequence[int]], Iterator[tuple[int, Contact | None]]]

    def where(self, row: int) -> str:
        """The place of *row*."""
        return self.records.file.where(self.before + row + 1)


TYPES: Mapping[type[FactType], str] = {
    YesNo: "BOOLEAN",
    CountType: "BIGINT",
    Number: "DOUBLE",
    Text: "VARCHAR",
    OneOf: "VARCHAR",
    Date: "DATE",
    TextList: "VARCHAR[]",
}
"""What holds the values of facts of each kind."""


@attrs.frozen
class Query:
    """What a query about a file is made of.

    Attributes:
        source: The rows, with a number from 0 as `ROW`.
        texts: The text, by its slot, of each column that says whom a row is about.
        cells: The values of the facts, those without a column left out.
        facts: The facts that are wanted.
        odd: When else a row is to be looked at alone.
        keyless: What the line of a row without a key has before it.
        before: How many lines stand before the first row.
    """

    source: str
    texts: Mapping[str, str]
    cells: Mapping[Fact, Cell]
    facts: Sequence[Fact]
    keyless: str
    before: int
    odd: Sequence[str] = ()

    def text(self) -> str:
        """All that is made of the rows.

        `ROW` counts from 0; `WHO` is the key, `CALLED` the name and `ADDRESS` the url; `ODD`
        are rows that are to be looked at alone, and `ALIKE` those whose name looks like a key;
        then the facts.
        """
        keys = [sql.identifying(self.texts[each]) for each in (KEY, CONTACT) if each in self.texts]
        named = self.texts.get(NAME)
        called = sql.identifying(named) if named is not None else "NULL::VARCHAR"
        looks, alike = "false", "false"
        if named is not None:
            looks = sql.is_like_key(_NAMED)
            alike = f"coalesce({_KEYED} IS NULL AND {_LOOKS}, false)"
        odd = [f"({each})" for each in (*self.odd, *(c.odd for c in self.cells.values())) if each]
        if CONTACT in self.texts:
            odd.append(f"contains({self.texts[CONTACT]}, '''')")
        values = [
            f"{self.cells[fact].value if fact in self.cells else 'NULL'}::{TYPES[type(fact.type)]}"
            f" AS {name(fact.name)}"
            for fact in self.facts
        ]
        line = f"{text(self.keyless + 'line ')} || ({name(ROW)} + {self.before + 1})"
        columns = [
            name(ROW),
            f"coalesce({', '.join(keys) or 'NULL'}) AS {_KEYED}",
            f"{called} AS {_NAMED}",
            f"{looks} AS {_LOOKS}",
            f"{named or 'NULL::VARCHAR'} AS {name(CALLED)}",
            f"{self.texts.get(URL, 'NULL::VARCHAR')} AS {name(ADDRESS)}",
            f"coalesce({' OR '.join(odd) or 'false'}, false) AS {name(ODD)}",
            *values,
        ]
        own = f"CASE WHEN NOT {_LOOKS} THEN {_NAMED} END"
        who = f"coalesce({_KEYED}, {own}, {line}) AS {name(WHO)}"
        return (
            f"SELECT * EXCLUDE ({_KEYED}, {_NAMED}, {_LOOKS}), {who}, {alike} AS {name(ALIKE)} "
            f"FROM (SELECT {', '.join(columns)} FROM ({self.source}))"
        )

    def keys(self) -> str:
        """`ROW` and `WHO` as in `text`, without what takes long to plan."""
        whom = attrs.evolve(self, cells={}, facts=(), odd=()).text()
        return f"SELECT {name(ROW)}, {name(WHO)} FROM ({whom})"


def places(names: Sequence[str]) -> dict[str, list[str]]:
    """The columns among *names* that say whom a row is about, by their slots."""
    found: dict[str, list[str]] = {}
    for each in names:
        if slot(each) in {KEY, CONTACT, NAME, URL}:
            found.setdefault(slot(each), []).append(each)
    return found


def places_in_table(names: Sequence[str]) -> dict[str, str]:
    """As `places`, of a table, which has one column of each: with a key, ``contact`` is none."""
    found = {each: columns[0] for each, columns in places(names).items()}
    return {each: column for each, column in found.items() if each != CONTACT or KEY not in found}
