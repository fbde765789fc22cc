"""Files of contacts judged by DuckDB, all at once."""

import os
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import accumulate, compress, islice
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from connectrules.bulk.batches import AT, Alone, Batches, Result
from connectrules.bulk.files import part
from connectrules.bulk.job import Job
from connectrules.bulk.not_plain import NotPlainError
from connectrules.bulk.part import ALIKE, ODD, ROW, WHO, Part
from connectrules.bulk.rows import about_contact
from connectrules.bulk.running import run
from connectrules.bulk.watching import Watched
from connectrules.bulk.writing import Writer, writer
from connectrules.schema.contact import Contact
from connectrules.sources.common import database
from connectrules.sources.common.database import name
from connectrules.sources.common.records import twice
from connectrules.sources.common.report import LoadReport, Tally
from connectrules.verdict import Verdict

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MOST_ODD = 100_000
"""How many rows are looked at alone; where there are more, all are."""

_MANY = name("connectrules:many")  # which no fact is called

_TOGETHER = 20_000_000
"""How many keys are held in memory at a time, by a number of 8 bytes each."""
_BITS = 3
"""By how many bits of those numbers they are parted before they are compared."""
_UNPARTED = 100_000
"""So many are compared unparted."""
_FEW = 10_000
"""How many rows are handed to the database at a time."""

_Place = tuple[int, int]
"""The number of a file, and that of a row in it."""

Tell = Callable[[str, int, int], object]
"""Is told what is being done, how many rows are done, and of how many."""
Meet = Callable[[Contact], object]
"""Is shown a contact."""


@attrs.frozen
class Judged:
    """What came of files.

    Attributes:
        counts: To how many contacts each verdict was given, but for those looked at alone.
        alone: The contacts that were looked at alone, and what came of them.
        known: The facts that are known of some in the files, as rows are read many at a time.
        report: What was read.
    """

    counts: Counter[Verdict]
    alone: Sequence[Alone]
    known: frozenset[str]
    report: LoadReport


def judge_files(
    job: Job,
    paths: Sequence[Path],
    output: Path,
    form: str,
    tell: Tell,
    meet: Meet = lambda _contact: None,
) -> Judged:
    """Judge the contacts in the files at *paths*, and write the verdicts to *output*.

    Args:
        job: What they are judged with.
        paths: The files, Parquet, CSV and JSON Lines.
        output: Where the verdicts are written to, in the order of the contacts; it is empty
            again where that fails.
        form: The form that they are written in: ``parquet``, ``csv`` or ``json``.
        tell: Is told how far it is, again and again.
        meet: Is shown each contact that is looked at alone.

    Raises:
        FrameError: Where a typed column does not fit its fact.
        NotPlainError: Where the files have to be judged a contact at a time.
        OSError: Where *output* cannot be written.
        SourceError: Where one cannot be read, a key comes twice, or one was changed meanwhile.
    """
    _require_extras()
    names = ", ".join(f"`{path.name}`" for path in paths)
    watched, connected = Watched(paths), database.connected(paths, paths[0].name)
    with connected as connection, _plainly(names), watched.blamed():
        parts = [part(connection, each, job, qualified=len(paths) > 1) for each in paths]
        judging = _Judging(connection, job, parts, tell, meet)
        judging.look_through()
        try:
            with output.open("wb") as file:
                counts = judging.write(writer(form, file))
            watched.require_unchanged()
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
    meet: Meet
    told: set[str] = attrs.field(factory=set)
    alone: dict[int, Alone | None] = attrs.field(factory=dict)
    same: dict[Verdict, Verdict] = attrs.field(factory=dict)
    tally: Tally = attrs.field(factory=Tally)

    def look_through(self) -> None:
        """Look at the rows that are to be looked at alone, and refuse keys that come twice."""
        self.connection.execute("CREATE TEMP TABLE answered (who VARCHAR)")
        self._insert("answered", [(key,) for key in self.job.answers])
        self._look_at(self._survey())
        self._refuse_twice()

    def write(self, file: Writer) -> Counter[Verdict]:
        """Write the verdicts to *file*; how many contacts were given each."""
        whole = run(self.connection, lambda: self.job.whole(self.connection.sql(self.rows)))
        batches = Batches(whole, self.alone)
        done = 0
        try:
            for batch in batches:
                file.add(batch)
                done += len(batch.who)
                self.tell("judged", done, self.size)
            nobody = sum(each is None for each in self.alone.values())
            if done + nobody != self.size:
                msg = f"{done + nobody} rows of {self.size} were judged"
                raise AssertionError(msg)
            file.end()
        finally:
            file.leave()
        return batches.counts()

    def judged(self, counts: Counter[Verdict]) -> Judged:
        """What came of the files, where rows that are not alone came to *counts*."""
        alone = [each for each in self.alone.values() if each is not None]
        return Judged(counts, alone, frozenset(self.told), self.tally.report())

    @property
    def rows(self) -> str:
        """All rows of all files."""
        each = [
            f"SELECT {start} + {name(ROW)} AS {name(AT)}, * FROM ({part.query.text()})"
            for start, part in zip(self._starts, self.parts, strict=True)
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
        facts = [fact.name for fact in self.job.facts if not fact.asked]
        told = ", ".join(f"count({name(each)}) > 0" for each in facts)
        query = " UNION ALL ".join(
            f"SELECT {place}, [{told}]::BOOLEAN[], count(*), count(*) FILTER ({name(ALIKE)}), "
            f"count(*) FILTER ({is_odd}) AS {_MANY}, "
            f"CASE WHEN {_MANY} <= {MOST_ODD} THEN list({name(ROW)}) FILTER ({is_odd}) END "
            f"FROM ({each.query.text()})"
            for place, each in enumerate(self.parts)
        )
        odd: list[list[int]] = [[] for _ in self.parts]
        surveyed = sorted(self._fetched("looked through", query))
        if sum(many for *_, many, _ in surveyed) > MOST_ODD:
            msg = "too many rows are not written plainly"
            raise NotPlainError(msg)
        for each, row in zip(self.parts, surveyed, strict=True):
            place, are_told, count, alike, _, found = row
            if count != each.size:
                msg = f"not every line of `{each.records.file.name}` is a row"
                raise NotPlainError(msg)
            odd[place] = sorted(found or ())
            each.tally.rows, each.tally.like_keys = count, alike
            self.told.update(compress(facts, are_told))
            self.tally.formats.append((each.records.file.name, each.records.format))
            self.tally.files.append(each.tally)
        return odd

    def _look_at(self, odd: Sequence[Sequence[int]]) -> None:
        self.connection.execute("CREATE TEMP TABLE alone (part INTEGER, row BIGINT, who VARCHAR)")
        for place, (each, start, rows) in enumerate(
            zip(self.parts, self._starts, odd, strict=True)
        ):
            results = self._results(each, rows)
            while few := [*islice(results, _FEW)]:
                self.alone.update((start + row, result) for row, result in few)
                each.tally.rows -= sum(result is None for _, result in few)
                self._insert("alone", [(place, row, found and found[0][0]) for row, found in few])

    def _results(self, part: Part, rows: Sequence[int]) -> Iterator[tuple[int, Alone | None]]:
        """What comes of those *rows* of *part*; None where there is nobody in one."""
        somebody: deque[int] = deque()
        nobody: list[int] = []

        def contacts() -> Iterator[Contact]:
            for row, contact in part.reread(rows) if rows else ():
                if contact is None:
                    nobody.append(row)
                else:
                    somebody.append(row)
                    self.meet(contact)
                    yield contact

        for contact, result in self.job.one_by_one(contacts()):
            yield somebody.popleft(), (about_contact(contact), self._kept(result))
        yield from ((row, None) for row in nobody)

    def _kept(self, result: Result) -> Result:
        """*result*, holding no more than it says."""
        if isinstance(result, Verdict):
            return self.same.setdefault(result, result)
        result.__context__ = result.__cause__ = None
        return result.with_traceback(None)

    def _insert(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        for start in range(0, len(rows), _FEW):
            columns = [list(column) for column in zip(*rows[start : start + _FEW], strict=True)]
            lists = ", ".join(f"unnest(${number})" for number in range(1, len(columns) + 1))
            query = f"INSERT INTO {table} SELECT {lists}"
            run(self.connection, partial(self.connection.execute, query, columns))

    # Keys

    def _refuse_twice(self) -> None:
        """Refuse a key that comes twice; of several, the one that does so first."""
        both = " UNION ALL ".join(
            f"SELECT {place} AS part, {name(ROW)} AS row, {name(WHO)} AS who "
            f"FROM ({each.query.keys()})"
            for place, each in enumerate(self.parts)
        )
        if self.alone:
            others = "SELECT * FROM alone WHERE who IS NOT NULL"
            both = f"SELECT * FROM ({both}) ANTI JOIN alone USING (part, row) UNION ALL {others}"
        both = f"SELECT *, hash(who) AS h FROM ({both})"
        passes = max(1, ceil(self.size / _TOGETHER))
        parts = [f"WHERE h >> {64 - _BITS} = {high}" for high in range(1 << _BITS)]
        again: list[tuple[_Place, _Place, str]] = []
        for number in range(passes):
            these = f"SELECT h FROM ({both}) WHERE h % {passes} = {number}"
            self._fetched("compared", f"CREATE OR REPLACE TEMP TABLE hashes AS {these}")
            for those in parts if self.size > _UNPARTED else [""]:
                some = f"FROM hashes {those}"
                repeats = f"SELECT count(*) - count(DISTINCT h) {some}"
                if self._fetched("compared", repeats) != [(0,)]:
                    again += self._again(both, f"SELECT h {some} GROUP BY h HAVING count(*) > 1")
        self.connection.execute("DROP TABLE hashes")
        if again:
            second, first, who = min(again)
            raise twice(who, *(self.parts[part].where(row) for part, row in (first, second)))

    def _again(self, both: str, repeated: str) -> list[tuple[_Place, _Place, str]]:
        """Where, of keys with *repeated* hashes, one first comes again; where before; and it."""
        found = self._fetched(
            "compared",
            f"SELECT min({{'part': part, 'row': row}}, 2) AS places, who FROM ({both}) "
            f"WHERE h IN ({repeated}) GROUP BY who HAVING count(*) > 1 "
            "ORDER BY places[2] LIMIT 1",
        )
        return [
            (tuple(second.values()), tuple(first.values()), who) for (first, second), who in found
        ]
