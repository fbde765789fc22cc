"""Files of contacts judged by DuckDB, all at once."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from connectrules.bulk.files import part
from connectrules.bulk.job import Job
from connectrules.bulk.part import ADDRESS, ALIKE, CALLED, ODD, ROW, WHO, NotPlainError, Part
from connectrules.bulk.rows import TYPES, Row, row_of
from connectrules.bulk.running import run
from connectrules.errors import ContactError
from connectrules.schema.contact import Contact
from connectrules.sources.common import database
from connectrules.sources.common.database import name
from connectrules.sources.common.records import twice
from connectrules.sources.common.report import LoadReport, Tally
from connectrules.verdict import Verdict

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MOST_ODD = 500_000
"""How many rows are looked at alone; where there are more, all are."""

_TOGETHER = 10_000_000
"""How many keys are compared at a time, to keep within the memory."""
_FEW = 10_000
"""How many rows are handed to the database at a time."""

Tell = Callable[[str, int, int], object]
"""Is told what is being done, how many rows are done, and of how many."""


@attrs.frozen
class Judged:
    """What came of files.

    Attributes:
        rows: How many contacts were judged in each way, but for those looked at alone.
        alone: The contacts that were looked at alone, and what came of them.
        known: The facts that are asked for of some, and known of others.
        report: What was read.
    """

    rows: Counter[tuple[str, str | None, str | None, bool | None]]
    alone: Sequence[tuple[Contact, Verdict | ContactError]]
    known: frozenset[str]
    report: LoadReport


def judge_files(job: Job, paths: Sequence[Path], output: Path, tell: Tell) -> Judged:
    """Judge the contacts in the files at *paths*, and write a Parquet file to *output*.

    Args:
        job: What they are judged with.
        paths: The files, Parquet, CSV and JSON Lines.
        output: Where the verdicts are written to, in the order of the contacts.
        tell: Is told how far it is, again and again.

    Raises:
        FrameError: Where a typed column does not fit its fact.
        NotPlainError: Where the files have to be judged a contact at a time.
        OSError: Where *output* cannot be written.
        SourceError: Where one cannot be read, or a key comes twice.
    """
    whole = ", ".join(f"`{path.name}`" for path in paths)
    with database.connected([*paths, output], paths[0].name) as connection, _plainly(whole):
        parts = [part(connection, each, job, qualified=len(paths) > 1) for each in paths]
        return _Judging(connection, job, parts, output, tell).judged()


@contextmanager
def _plainly(whole: str) -> Iterator[None]:
    import duckdb  # noqa: PLC0415 - whoever asks is connected

    try:
        yield
    except duckdb.InterruptException as error:
        raise KeyboardInterrupt from error
    except (
        duckdb.BinderException,
        duckdb.CatalogException,
        duckdb.ParserException,
        duckdb.InternalError,
    ):  # it is the query that is wrong, and not what is in the file
        raise
    except duckdb.Error as error:
        msg = f"{whole} cannot be read all at once"
        raise NotPlainError(msg) from error


@attrs.define
class _Judging:
    connection: "DuckDBPyConnection"
    job: Job
    parts: Sequence[Part]
    output: Path
    tell: Tell
    alone: list[tuple[Contact, Verdict | ContactError]] = attrs.field(factory=list)
    tally: Tally = attrs.field(factory=Tally)
    are_some_alone: bool = False

    def judged(self) -> Judged:
        self.connection.execute("CREATE TEMP TABLE answered (who VARCHAR)")
        self._insert("answered", [(key,) for key in self.job.answers])
        odd = self._survey()
        self._look_at(odd)
        self._refuse_twice()
        self._write()
        counts = self._counted()
        known = self._known({ask for _, _, ask, _ in counts if ask is not None})
        return Judged(counts, self.alone, known, self.tally.report())

    @property
    def rows(self) -> str:
        """All rows of all files."""
        each = (f"SELECT {place} AS part, * FROM ({p.query})" for place, p in enumerate(self.parts))
        return " UNION ALL ".join(each)

    @property
    def size(self) -> int:
        return sum(each.size for each in self.parts)

    def _run(self, what: str, work: Callable[[], Any]) -> Any:  # noqa: ANN401 - what it comes to
        size = self.size
        return run(self.connection, work, lambda done: self.tell(what, int(done * size), size))

    def _fetched(self, what: str, query: str) -> list[Any]:
        found: list[Any] = self._run(what, lambda: self.connection.execute(query).fetchall())
        return found

    # Rows that are looked at alone

    def _survey(self) -> list[list[int]]:
        """The rows of each file that are to be looked at alone; how many there are is told."""
        is_odd = f"({name(ODD)} OR {name(WHO)} IN (SELECT who FROM answered))"
        query = (
            f"SELECT part, count(*), count(*) FILTER ({name(ALIKE)}), "
            f"count(*) FILTER ({is_odd}), list({name(ROW)}) FILTER ({is_odd}) "
            f"FROM ({self.rows}) GROUP BY part"
        )
        odd: list[list[int]] = [[] for _ in self.parts]
        surveyed = {row[0]: row[1:] for row in self._fetched("looked through", query)}
        if sum(many for _, _, many, _ in surveyed.values()) > MOST_ODD:
            msg = "too many rows are not written plainly"
            raise NotPlainError(msg)
        for place, each in enumerate(self.parts):
            count, alike, _, found = surveyed.get(place, (0, 0, 0, None))
            if count != each.size:
                msg = f"not every line of `{each.records.file.name}` is a row"
                raise NotPlainError(msg)
            odd[place] = sorted(found or ())
            each.tally.rows, each.tally.like_keys = count, alike
            self.tally.formats.append((each.records.file.name, each.records.format))
            self.tally.files.append(each.tally)
        return odd

    def _look_at(self, odd: Sequence[Sequence[int]]) -> None:
        columns = ", ".join(f"{each} {TYPES[each]}" for each in Row._fields)
        self.connection.execute(
            f"CREATE TEMP TABLE alone (part INTEGER, row BIGINT, gone BOOLEAN, {columns})"
        )
        for place, (each, rows) in enumerate(zip(self.parts, odd, strict=True)):
            found = list(each.reread(rows)) if rows else []
            there = [(row, contact) for row, contact in found if contact is not None]
            each.tally.rows -= len(found) - len(there)
            nobody = Row("", None, None, "")
            gone = [(place, row, True, *nobody) for row, contact in found if contact is None]
            results = list(self.job.one_by_one(contact for _, contact in there))
            self.alone += results
            about = [
                (place, row, False, *row_of(contact, result))
                for (row, _), (contact, result) in zip(there, results, strict=True)
            ]
            self._insert("alone", [*gone, *about])
            self.are_some_alone = self.are_some_alone or bool(found)

    def _insert(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        for start in range(0, len(rows), _FEW):
            columns = [list(column) for column in zip(*rows[start : start + _FEW], strict=True)]
            lists = ", ".join(f"unnest(${number})" for number in range(1, len(columns) + 1))
            self.connection.execute(f"INSERT INTO {table} SELECT {lists}", columns)

    # Keys

    def _refuse_twice(self) -> None:
        """Refuse a key that comes twice."""
        both = f"SELECT part, {name(ROW)} AS row, {name(WHO)} AS who FROM ({self.rows})"
        if self.are_some_alone:
            others = "SELECT part, row, contact AS who FROM alone WHERE NOT gone"
            both = f"SELECT * FROM ({both}) ANTI JOIN alone USING (part, row) UNION ALL {others}"
        both = f"SELECT *, hash(who) AS h FROM ({both})"
        passes = max(1, ceil(self.size / _TOGETHER))
        for number in range(passes):
            these = f"FROM ({both}) WHERE h % {passes} = {number}"
            found = self._fetched("compared", f"SELECT count(*) - count(DISTINCT h) {these}")
            if found[0][0]:
                self._tell_twice(both)

    def _tell_twice(self, both: str) -> None:
        repeated = f"SELECT h FROM ({both}) GROUP BY h HAVING count(*) > 1"
        found = self.connection.execute(
            f"SELECT part, row, who FROM ({both}) WHERE h IN ({repeated}) ORDER BY part, row"
        )
        seen: dict[str, str] = {}
        while rows := found.fetchmany(_FEW):
            for place, row, who in rows:
                where = self.parts[place].where(row)
                if who in seen:
                    raise twice(who, seen[who], where)
                seen[who] = where

    # Verdicts

    def _write(self) -> None:
        self._run("judged", self._copy)

    def _copy(self) -> None:
        self.job.framed(self.connection.sql(self.rows)).create_view("judged")
        columns = {
            "contact": name(WHO),
            "name": name(CALLED),
            "url": name(ADDRESS),
            **{each: f"j.{each}" for each in ("decision", "rule", "ask", "exact")},
            "error": "NULL::VARCHAR",
        }
        alone, where = "", ""
        if self.are_some_alone:
            alone = f"LEFT JOIN alone a ON a.part = j.part AND a.row = j.{name(ROW)}"
            where = "WHERE a.gone IS NOT true"
        if alone:
            columns = {
                each: f"CASE WHEN a.part IS NULL THEN {value} ELSE a.{each} END"
                for each, value in columns.items()
            }
        chosen = ", ".join(f"{value} AS {each}" for each, value in columns.items())
        query = (
            f"COPY (SELECT {chosen} FROM judged j {alone} {where}) TO "
            f"{database.text(str(database.absolute(self.output)))} "
            "(FORMAT parquet, USE_TMP_FILE false)"
        )
        with database.writing():
            self.connection.execute(query)

    def _counted(self) -> Counter[tuple[str, str | None, str | None, bool | None]]:
        written = f"read_parquet({database.path(self.output)}, hive_partitioning = false)"
        found = self._fetched(
            "counted",
            f"SELECT decision, rule, ask, exact, count(*) FROM {written} GROUP BY ALL",
        )
        counts = Counter({tuple(row[:4]): row[4] for row in found})
        for contact, result in self.alone:
            counts[row_of(contact, result)[3:7]] -= 1
        return +counts

    def _known(self, asked: AbstractSet[str]) -> frozenset[str]:
        """Those of the facts *asked* for that are known of somebody."""
        facts = [fact.name for fact in self.job.facts if fact.name in asked and not fact.asked]
        told = f"SELECT 1 FROM ({self.rows}) WHERE"
        return frozenset(
            fact
            for fact in facts
            if self.connection.execute(f"{told} {name(fact)} IS NOT NULL LIMIT 1").fetchall()
        )
