"""Files of contacts as queries."""

from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from connectrules.bulk import in_objects, in_parquet, in_tables
from connectrules.bulk.job import RESULTS, Job
from connectrules.bulk.not_plain import NotPlainError
from connectrules.bulk.part import Part
from connectrules.errors import FrameError
from connectrules.schema.vocabulary import slot
from connectrules.sources.common.database import name
from connectrules.sources.common.records import Records
from connectrules.sources.opening import recognised, require_known
from connectrules.sources.parquet import Column, described, table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def part(connection: "DuckDBPyConnection", path: Path, job: Job, *, qualified: bool) -> Part:
    """The file at *path*.

    Args:
        connection: The database, which may read it.
        path: The file.
        job: What it is to be judged with.
        qualified: Whether there are other files, so that its lines have its name before them.

    Raises:
        FrameError: Where a typed column does not fit its fact.
        NotPlainError: Where it is not sure that DuckDB reads what is read a row at a time.
        SourceError: Where it cannot be read at all.
    """
    columns, facts = job.columns, job.facts
    describe = cache(partial(described, connection))
    records = recognised(path, columns, describe)
    if not isinstance(records, Records):
        msg = f"`{path.name}` is part of an export"
        raise NotPlainError(msg)
    require_known(records, columns)
    keyless = f"{path.name} " if qualified else ""
    match records.format:
        case "Parquet":
            there = describe(path)
            if not in_parquet.fit(there, job):
                _refuse_types(connection, path, there, job)
            return in_parquet.part(connection, path, records, there, job, keyless)
        case "JSON Lines":
            return in_objects.part(connection, path, records, columns, facts, keyless)
        case "JSON":
            msg = "it is one JSON text"
            raise NotPlainError(msg)
        case _:
            return in_tables.part(path, records, columns, facts, keyless)


def _refuse_types(
    connection: "DuckDBPyConnection", path: Path, there: Sequence[Column], job: Job
) -> None:
    """Raise FrameError, if the columns *there* in the file at *path* do not fit their facts."""
    columns = [
        f"{name(each.renamed)} AS {name(each.name)}"
        for each in there
        if job.columns.known(each.name) and slot(each.name) not in RESULTS
    ]
    empty = connection.sql(f"SELECT {', '.join(columns) or '1'} FROM {table(path)} LIMIT 0")
    try:
        job.whole(empty)
    except FrameError as error:
        msg = f"`{path.name}`: {error}"
        raise FrameError(msg, code=error.code, columns=error.columns) from None
