"""Files, wherever they lie, read line by line and without trust."""

import codecs
import csv
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import AbstractContextManager, suppress
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

import attrs

from connectrules.errors import SourceError

LINE_LIMIT = 4 * 2**20
"""The longest line that is read, in bytes."""

_BLOCK = 2**15
"""How many bytes are read at once, and on to the end of the line."""

FIELD_LIMIT = 2**20
"""The longest cell that is read, in characters."""

HEADER_LINES = 1_000
"""In how many lines the header of a table is looked for."""

EMPTY_LIMIT = 100_000
"""How many empty lines may follow one another in a table."""

COLUMNS_LIMIT = 10_000
"""How many columns a table, or names an object, may have."""


@attrs.frozen
class File:
    """A file to be read, alone or in a folder or zip.

    Attributes:
        name: What places in it are called by, its name without folders.
        opened: Opens it for reading bytes, to be used with ``with``.
    """

    name: str
    opened: Callable[[], AbstractContextManager[BinaryIO]]

    def where(self, line: int) -> str:
        """The place *line* (from 1), as messages and origins give it."""
        return f"{self.name}:{line}"


def on_disk(path: Path) -> File:
    """The file at *path*."""
    return File(path.name, lambda: path.open("rb"))


# What zipfile and the decompressors are known to raise on damaged archives.
DAMAGE = (
    OSError,
    EOFError,
    RuntimeError,
    ValueError,
    LookupError,
    OverflowError,
    MemoryError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
)


def damaged(name: str, error: BaseException) -> SourceError:
    """The error for a file that cannot be opened or read to its end."""
    reason = error.strerror if isinstance(error, OSError) and error.strerror else "it is damaged"
    return SourceError(f"`{name}` cannot be read: {reason[:1].lower()}{reason[1:]}", name)


def lines(file: File, *, longest: int | None = None) -> Generator[str, None, None]:
    """The lines of *file* with their line breaks, as text without a byte order mark.

    Args:
        file: The file.
        longest: How many bytes a line may have, if not `LINE_LIMIT`.

    Raises:
        SourceError: Where it cannot be read, is not UTF-8, holds a NUL, or has a
            longer line.
    """
    for _, block in _blocks(file, longest or LINE_LIMIT):
        yield from block


def _blocks(file: File, most: int) -> Generator[tuple[int, Iterator[str]], None, None]:
    """The lines of *file*, many at once, with the size of all in bytes; as `lines` otherwise."""
    number = 0
    try:
        with file.opened() as stream:
            while raw := stream.read(_BLOCK):
                raw += stream.readline(most + 1)
                if number == 0:
                    raw = raw.removeprefix(codecs.BOM_UTF8)
                yield len(raw), _checked(file, number, raw, most)
                number += raw.count(b"\n")
    except SourceError:
        raise
    except DAMAGE as error:
        raise damaged(file.name, error) from error


def _checked(file: File, number: int, raw: bytes, most: int) -> Iterator[str]:
    """The lines in *raw*, before which *number* lines stand."""
    # What is right is checked at once; where something is wrong, line by line to tell where.
    if len(raw) <= most and b"\0" not in raw:
        with suppress(UnicodeDecodeError):
            return io.StringIO(raw.decode(), newline="\n")
    return _line_by_line(file, number, raw, most)


def _line_by_line(file: File, number: int, raw: bytes, most: int) -> Iterator[str]:
    for line, text in enumerate(io.BytesIO(raw), number + 1):
        if len(text) > most:
            raise too_long(file, line, most)
        yield _text(file, line, text)


def too_long(file: File, number: int, most: int) -> SourceError:
    """The error for line *number* of *file*, which has more than *most* bytes."""
    msg = f"a line of `{file.name}` is longer than {most / 2**20:g} MiB"
    return SourceError(msg, file.where(number))


def too_wide(file: File, number: int, count: int) -> SourceError:
    """The error for line *number* of *file*, which names *count* columns."""
    msg = f"`{file.name}` names {count:,} columns, and at most {COLUMNS_LIMIT:,} are read"
    return SourceError(msg, file.where(number))


def _text(file: File, number: int, raw: bytes) -> str:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        msg = f"`{file.name}` is UTF-16 text: save it as UTF-8"
        raise SourceError(msg, file.where(number))
    if b"\0" in raw:
        msg = f"`{file.name}` holds a NUL, which no text does"
        raise SourceError(msg, file.where(number))
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        msg = f"`{file.name}` is not UTF-8 text: save it as UTF-8"
        raise SourceError(msg, file.where(number)) from error


def head(file: File, size: int) -> bytes:
    """The first *size* bytes of *file*, fewer where it is shorter."""
    try:
        with file.opened() as stream:
            return stream.read(size)
    except SourceError:
        raise
    except DAMAGE as error:
        raise damaged(file.name, error) from error


_CSV_MISTAKES = (
    ("unexpected end of data", "a quote is opened here and never closed"),
    ("field larger", "a cell is too long"),
    ("new-line character", "a carriage return stands outside quotes"),
    ("", "a quoted cell goes on after its closing quote"),
)


@attrs.define
class _Measured:
    """The lines of a table; while a row is long, Python's limit for cells is raised.

    That limit is one for the whole process.

    Attributes:
        file: The table.
        size: How many bytes were read since a row last ended.
        usual: The limit as it was.
    """

    file: File
    size: int = 0
    usual: int = attrs.field(factory=csv.field_size_limit)

    def blocks(self) -> Iterator[Iterable[str]]:
        """The lines, many at once where they are short."""
        # A row may begin anywhere in a small block, which is then not in its size.
        small = self.usual // 2
        for size, block in _blocks(self.file, LINE_LIMIT):
            if size <= small:
                yield self._counted(size, block)
            else:
                for text in block:
                    yield self._counted(len(text), (text,))

    def _counted(self, size: int, texts: Iterable[str]) -> Iterable[str]:
        self.size += size
        if self.size > self.usual // 2:
            csv.field_size_limit(max(self.usual, FIELD_LIMIT))
        return texts

    def row_ends(self) -> None:
        """Measure anew."""
        if self.size > self.usual // 2:
            csv.field_size_limit(self.usual)
        self.size = 0


def rows(
    file: File, delimiter: str, *, within: int | None = None
) -> Generator[tuple[int, list[str]], None, None]:
    """The CSV rows of *file*, each with the line it begins on; empty lines are none.

    Args:
        file: The file.
        delimiter: What stands between its cells.
        within: How many lines are read, if not all.

    Raises:
        SourceError: Where a row cannot be read, where too many empty lines follow
            one another, and as `lines` does.
    """
    measured = _Measured(file)
    texts = islice(chain.from_iterable(measured.blocks()), within)
    reader = csv.reader(texts, delimiter=delimiter, strict=True)
    line, empty = 1, 0
    try:
        for row in reader:
            if measured.size:
                measured.row_ends()
            if row:
                empty = 0
                yield line, row
            else:
                empty += 1
                if empty > EMPTY_LIMIT:
                    msg = (
                        f"more than {EMPTY_LIMIT:,} empty lines follow one another in `{file.name}`"
                    )
                    raise SourceError(msg, file.where(line))
            line = reader.line_num + 1
    except csv.Error as error:
        mistake = next(ours for theirs, ours in _CSV_MISTAKES if theirs in str(error))
        msg = f"`{file.name}` is not proper CSV: {mistake}"
        raise SourceError(msg, file.where(line)) from error
    finally:
        measured.row_ends()


class Capped(io.RawIOBase):
    """A stream of bytes that refuses to go on past a limit, whatever its header promised."""

    def __init__(self, stream: io.BufferedIOBase, limit: int, refusal: SourceError) -> None:
        self._stream, self._left, self._refusal = stream, limit, refusal

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        """Fill *buffer*, as io does; SourceError past the limit."""
        count = self._stream.readinto(buffer)
        self._left -= count
        if self._left < 0:
            raise self._refusal
        return count
