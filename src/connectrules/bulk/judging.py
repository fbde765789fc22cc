"""Files of contacts judged by DuckDB, all at once."""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from itertools import accumulate
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from connectrules.bulk.batches import AT, Alone, Batches
from connectrules.bulk.files import part
from connectrules.bulk.job import Job
from connectrules.bulk.part import ALIKE, ODD, ROW, WHO, NotPlainError, Part
from connectrules.bulk.running import run
from connectrules.bulk.writing import Writer, writer
from connectrules.sources.common import database
from connectrules.sources.common.database import name
from connectrules.sources.common.records import twice
from connectrules.sources.common.report import LoadReport, Tally
from connectrules.verdict import Verdict

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MOST_ODD = 500_000
"""How many rows are looked at alone; where there are more, all are."""

_TOGETHER = 20_000_000
"""How many keys are held in memory at a time, by a number of 8 bytes each."""
_BITS = 3
"""By how many bits of those numbers they are parted before they are compared."""
_FEW = 10_000
"""How many rows are handed to the database at a time."""

Tell = Callable[[str, int, int], object]
"""Is told what is being done, how many rows are done, and of how many."""


@attrs.frozen
class Judged:
    """What came of files.

    Attributes:
        counts: To how many contacts each verdict was given, but for those looked at alone.
        alone: The contacts that were looked at alone, and what came of them.
        known: The facts that are asked for of some, and known of others.
        report: What was read.
    """

    counts: Counter[Verdict]
    alone: Sequence[Alone]
    known: frozenset[str]
    report: LoadReport


def judge_files(job: Job, paths: Sequence[Path], output: Path, form: str, tell: Tell) -> Judged:
    """Judge the contacts in the files at *paths*, and write the verdicts to *output*.

    Args:
        job: What they are judged with.
        paths: The files, Parquet, CSV and JSON Lines.
        output: Where the verdicts are written to, in the order of the contacts; it is empty
            again where that fails.
        form: The form that they are written in: ``parquet``, ``csv`` or ``json``.
        tell: Is told how far it is, again and again.

    Raises:
        FrameError: Where a typed column does not fit its fact.
        NotPlainError: Where the files have to be judged a contact at a time.
        OSError: Where *output* cannot be written.
        SourceError: Where one cannot be read, or a key comes twice.
    """
    _require_extras()
    names = ", ".join(f"`{path.name}`" for path in paths)
    with database.connected(paths, paths[0].name) as connection, _plainly(names):
        parts = [part(connection, each, job, qualified=len(paths) > 1) for each in paths]
        judging = _Judging(connection, job, parts, tell)
        judging.look_through()
        try:
            with output.open("wb") as file:
                counts = judging.write(writer(form, file))
        except BaseException:
            os.truncate(output, 0)
            raise
        return judging.judged(counts)


def _require_extras() -> None:
    try:
        import duckdb  # noqa: F401, PLC0415 - an extra
        import narwhals  # noqa: F401, PLC0415 - an extra
        import pyarrow  # noqa: F401, PLC0415 - an extra
    except ModuleNotFoundError as error:
        msg = f'`{error.name}` is not installed: pip install "connectrules[duckdb]"'
        raise NotPlainError(msg) from error


@contextmanager
def _plainly(names: str) -> Iterator[None]:
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
        msg = f"{names} cannot be read all at once"
        raise NotPlainError(msg) from error


@attrs.define
class _Judging:
    connection: "DuckDBPyConnection"
    job: Job
    parts: Sequence[Part]
    tell: Tell
    alone: dict[int, Alone | None] = attrs.field(factory=dict)
    tally: Tally = attrs.field(factory=Tally)

    def look_through(self) -> None:
        """Look at the rows that are to be looked at alone, and refuse keys that come twice."""
        self.connection.execute("CREATE TEMP TABLE answered (who VARCHAR)")
        self._insert("answered", [(key,) for key in self.job.answers])
        self._look_at(self._survey())
        self._refuse_twice()

    def write(self, file: Writer) -> Counter[Verdict]:
        """Write the verdicts to *file*; how many contacts were given each."""
        batches = Batches(self.job.whole(self.connection.sql(self.rows)), self.alone)
        done = 0
        try:
            for batch in batches:
                file.add(batch)
                done += len(batch.who)
                self.tell("judged", done, self.size)
            file.end()
        finally:
            file.leave()
        return batches.counts()

    def judged(self, counts: Counter[Verdict]) -> Judged:
        """What came of the files, where rows that are not alone came to *counts*."""
        known = self._known({ask for verdict in counts for ask in verdict.ask})
        alone = [each for each in self.alone.values() if each is not None]
        return Judged(counts, alone, known, self.tally.report())

    @property
    def rows(self) -> str:
        """All rows of all files."""
        each = [
            f"SELECT {place} AS part, {start} + {name(ROW)} AS {name(AT)}, * FROM ({part.query})"
            for place, (start, part) in enumerate(zip(self._starts, self.parts, strict=True))
        ]
        return " UNION ALL ".join(each)

    @property
    def _starts(self) -> list[int]:
        """The number of the first row of each file among those of all."""
        return [*accumulate((each.size for each in self.parts), initial=0)][:-1]

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
        is_odd = name(ODD)
        if self.job.answers:
            is_odd = f"({is_odd} OR {name(WHO)} IN (SELECT who FROM answered))"
        query = " UNION ALL ".join(
            f"SELECT {place}, count(*), count(*) FILTER ({name(ALIKE)}), "
            f"count(*) FILTER ({is_odd}) AS many, "
            f"CASE WHEN many <= {MOST_ODD} THEN list({name(ROW)}) FILTER ({is_odd}) END "
            f"FROM ({each.query})"
            for place, each in enumerate(self.parts)
        )
        odd: list[list[int]] = [[] for _ in self.parts]
        surveyed = sorted(self._fetched("looked through", query))
        if sum(many for _, _, _, many, _ in surveyed) > MOST_ODD:
            msg = "too many rows are not written plainly"
            raise NotPlainError(msg)
        for each, (place, count, alike, _, found) in zip(self.parts, surveyed, strict=True):
            if count != each.size:
                msg = f"not every line of `{each.records.file.name}` is a row"
                raise NotPlainError(msg)
            odd[place] = sorted(found or ())
            each.tally.rows, each.tally.like_keys = count, alike
            self.tally.formats.append((each.records.file.name, each.records.format))
            self.tally.files.append(each.tally)
        return odd

    def _look_at(self, odd: Sequence[Sequence[int]]) -> None:
        self.connection.execute("CREATE TEMP TABLE alone (part INTEGER, row BIGINT, who VARCHAR)")
        for place, (each, start, rows) in enumerate(
            zip(self.parts, self._starts, odd, strict=True)
        ):
            found = list(each.reread(rows)) if rows else []
            contacts = [contact for _, contact in found if contact is not None]
            each.tally.rows -= len(found) - len(contacts)
            results = iter([*self.job.one_by_one(contacts)])
            self.alone.update(
                (start + row, None if contact is None else next(results)) for row, contact in found
            )
            who = [(place, row, contact and contact.key) for row, contact in found]
            self._insert("alone", who)

    def _insert(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        for start in range(0, len(rows), _FEW):
            columns = [list(column) for column in zip(*rows[start : start + _FEW], strict=True)]
            lists = ", ".join(f"unnest(${number})" for number in range(1, len(columns) + 1))
            self.connection.execute(f"INSERT INTO {table} SELECT {lists}", columns)

    # Keys

    def _refuse_twice(self) -> None:
        """Refuse a key that comes twice."""
        both = f"SELECT part, {name(ROW)} AS row, {name(WHO)} AS who FROM ({self.rows})"
        if self.alone:
            others = "SELECT * FROM alone WHERE who IS NOT NULL"
            both = f"SELECT * FROM ({both}) ANTI JOIN alone USING (part, row) UNION ALL {others}"
        both = f"SELECT *, hash(who) AS h FROM ({both})"
        passes = max(1, ceil(self.size / _TOGETHER))
        for number in range(passes):
            these = f"SELECT h FROM ({both}) WHERE h % {passes} = {number}"
            self._fetched("compared", f"CREATE OR REPLACE TEMP TABLE hashes AS {these}")
            for high in range(1 << _BITS):
                found = self.connection.execute(
                    "SELECT count(*) - count(DISTINCT h) FROM hashes "
                    f"WHERE h >> {64 - _BITS} = {high}"
                ).fetchone()
                if found != (0,):
                    self._tell_twice(both)
        self.connection.execute("DROP TABLE hashes")

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

    # Facts

    def _known(self, asked: AbstractSet[str]) -> frozenset[str]:
        """Those of the facts *asked* for that are known of somebody."""
        facts = [fact.name for fact in self.job.facts if fact.name in asked and not fact.asked]
        told = f"SELECT 1 FROM ({self.rows}) WHERE"
        return frozenset(
            fact
            for fact in facts
            if self.connection.execute(f"{told} {name(fact)} IS NOT NULL LIMIT 1").fetchall()
        )
