"""DuckDB, shut in: it touches the files it is told of and nothing else."""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from connectrules.errors import SourceError
from connectrules.sources.common.files import damaged

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY = "320MB"
"""How much memory DuckDB may take for what it works on."""

_MOST_THREADS = 8
"""Each takes some of the memory for itself."""

_SHUT: dict[str, str | bool | int | float | list[str]] = {
    "allow_community_extensions": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "memory_limit": MEMORY,
    "python_enable_replacements": False,  # a table is never some variable of ours
    "threads": min(os.cpu_count() or 1, _MOST_THREADS),
    "temp_directory": "",  # what people are like is not spilled to anywhere
}


def connected(files: Sequence[Path], name: str) -> "AbstractContextManager[DuckDBPyConnection]":
    """A database in memory that can open *files* alone, to be used with ``with``.

    It neither loads nor fetches anything, and nothing can open it up again.

    Args:
        files: What is to be read.
        name: What needs it, in a message.

    Raises:
        SourceError: Where DuckDB is not installed.
    """
    try:
        import duckdb  # noqa: PLC0415 - it is an extra, and most files do without
    except ModuleNotFoundError as error:
        msg = f"`{name}` needs DuckDB, which is not installed"
        raise SourceError(msg, name, ('pip install "connectrules[duckdb]"',)) from error
    connection = duckdb.connect(config=_SHUT)
    named = [each for file in files for each in (path(file), text(str(absolute(file))))]
    connection.execute(
        # The rows of the left side of a join are gone through in their order, and stay so.
        "SET disabled_optimizers = 'build_side_probe_side,join_order'; "
        f"SET TimeZone = 'UTC'; SET enable_progress_bar = true; "
        f"SET enable_progress_bar_print = false; SET allowed_paths = [{', '.join(named)}]; "
        "SET enable_external_access = false; SET lock_configuration = true"
    )
    return connection


@contextmanager
def telling(file: Path) -> Iterator[None]:
    """Tell of what DuckDB cannot read in *file*.

    Raises:
        SourceError: In place of an error of DuckDB's.
    """
    import duckdb  # noqa: PLC0415 - whoever asks is connected

    try:
        yield
    except duckdb.OutOfMemoryException as error:
        msg = f"`{file.name}` cannot be read: it takes more than {MEMORY} of memory"
        raise SourceError(msg, file.name) from error
    except duckdb.Error as error:
        raise damaged(file.name, error) from error


def absolute(file: Path) -> Path:
    """*file* as the database is told of it, and has to name it."""
    return file.absolute()


def path(file: Path) -> str:
    """*file* in a query; no mark in its name stands for others."""
    return text(_MARKS.sub(r"[\g<0>]", str(absolute(file))))


_MARKS = re.compile(r"[*?\[]")


def text(value: str) -> str:
    """*value* as a text in a query."""
    quoted = value.replace("'", "''")
    return f"'{quoted}'"


def name(column: str) -> str:
    """*column* as a name in a query."""
    quoted = column.replace('"', '""')
    return f'"{quoted}"'
