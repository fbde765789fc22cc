"""Lines are read many at once, and told one by one."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from connectrules import SourceError
from connectrules.sources.common import files
from connectrules.sources.common.files import File, lines, rows

BOM = b"\xef\xbb\xbf"
PIECES = st.sampled_from(
    (b"a", b"b,c", b'"', b"\n", b"\r\n", b"\r", b"\x0b", "\u2028".encode(), "é🙂".encode())
)
BAD = st.sampled_from((b"", b"\0", b"\xff", b"\xff\xfe", b"\xe2\x80", BOM, b"x" * 20))
LONGEST = 16


def held(content: bytes) -> File:
    """A file in memory called ``x``."""

    @contextmanager
    def opened() -> Iterator[BinaryIO]:
        yield io.BytesIO(content)

    return File("x", opened)


def told(content: bytes) -> tuple[list[str], str]:
    """The lines of *content*, and the place where they cannot be read."""
    found: list[str] = []
    try:
        found.extend(lines(held(content), longest=LONGEST))
    except SourceError as error:
        return found, error.where
    return found, ""


def one_by_one(content: bytes) -> tuple[list[str], str]:
    """The same, in the plainest way."""
    found: list[str] = []
    for number, line in enumerate(io.BytesIO(content.removeprefix(BOM)), 1):
        try:
            text = line.decode()
        except UnicodeDecodeError:
            return found, f"x:{number}"
        if b"\0" in line or len(line) > LONGEST:
            return found, f"x:{number}"
        found.append(text)
    return found, ""


@given(st.lists(PIECES), BAD, st.lists(PIECES), st.integers(1, 40))
@example([b"a", b"\n"] * 8, b"\xff", [], 4)
def test_blocks_make_no_difference(
    before: list[bytes], bad: bytes, after: list[bytes], size: int
) -> None:
    """However many bytes are read at once, the lines are those of the file, up to a bad one."""
    content = b"".join((*before, bad, *after))
    expected = one_by_one(content)
    with patch.object(files, "_BLOCK", size):
        found, place = told(content)

    assert place == expected[1]
    # `extend` keeps what came before an error.
    assert found == expected[0]


@given(st.lists(st.lists(st.text('a,"\n\ré '), min_size=1), max_size=8), st.integers(1, 60))
def test_rows_over_blocks(table: list[list[str]], size: int) -> None:
    """Rows and the lines they begin on are those that csv finds in the whole text."""
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(table)
    expected, line = [], 1
    reader = csv.reader(io.StringIO(out.getvalue(), newline="\n"))
    for row in reader:
        expected.append((line, row))
        line = reader.line_num + 1
    with patch.object(files, "_BLOCK", size):
        assert list(rows(held(out.getvalue().encode()), ",")) == expected


@pytest.mark.parametrize("long", [1_000, 66_000, 140_000, 400_000])
@pytest.mark.parametrize("limit", [10, 1_000, 131_072])
def test_the_limit_of_cells(long: int, limit: int) -> None:
    """A long cell is read wherever it stands, and the csv module's limit is as it was after it."""
    cells = ["short", "x" * long, "short", "y" * long + "\n" + "y" * long, "short"] * 3
    content = "".join(f'"{cell}",z\n' for cell in cells).encode()
    before = csv.field_size_limit(limit)
    try:
        found = []
        for _, row in rows(held(content), ","):
            assert csv.field_size_limit() == limit
            found.append(row[0])
    finally:
        csv.field_size_limit(before)

    assert found == cells


def test_what_was_right_is_told_first(tmp_path: Path) -> None:
    """The lines before a bad one are told, though all were read at once."""
    path = tmp_path / "x"
    path.write_bytes(b"one\ntwo\n\xff\nfour\n")
    found = lines(files.on_disk(path))

    assert [next(found), next(found)] == ["one\n", "two\n"]
    with pytest.raises(SourceError, match="not UTF-8"):
        next(found)
