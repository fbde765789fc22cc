"""The lines of a file of text: how many there are, and some of them."""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from connectrules.bulk.not_plain import NotPlainError

_BLOCK = 2**20
"""How many bytes are looked at together; a longer line is not read by DuckDB."""


def counted(path: Path, refused: Callable[[bytes], str | None]) -> int:
    """How many lines the file at *path* has.

    Args:
        path: The file.
        refused: Says why some of the lines may be read in different ways, if they may.

    Raises:
        NotPlainError: Where lines end in more than one way, one is very long, it is no plain
            text, or *refused* says so.
    """
    lines, returns, ends, last = 0, 0, 0, b"\n"
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            block += stream.readline(_BLOCK + 1)
            why = _no_text(block) or refused(block)
            if why is not None:
                raise NotPlainError(why)
            if b"\r" in block:
                returns += block.count(b"\r")
                ends += block.count(b"\r\n")
            lines += block.count(b"\n")
            last = block[-1:]
    if returns != ends or ends not in {0, lines}:
        msg = "its lines end in different ways"
        raise NotPlainError(msg)
    return lines + (last != b"\n")


def _no_text(block: bytes) -> str | None:
    """Why *block*, whole lines, is not text as it is read here."""
    if b"\0" in block:
        return "it holds a NUL"
    # A line that is longer than a block does not end in it, and is the last one.
    if len(block) - block.rfind(b"\n", 0, -1) > _BLOCK:
        return "a line is very long"
    try:
        _ = block.isascii() or block.decode()
    except UnicodeDecodeError:
        return "it is not UTF-8 text"
    return None


def no_cells(delimiter: str) -> Callable[[bytes], str | None]:
    """Says why lines of cells with *delimiter* between them may be read in different ways."""
    spaced = _spaced(delimiter)

    def refused(block: bytes) -> str | None:
        if b'"' in block and (b'" ' in block or b' "' in block) and spaced.search(block):
            return "space stands beside the quotes of a cell"
        return None

    return refused


def no_json(block: bytes) -> str | None:
    """Why *block*, lines of JSON, may be none: DuckDB takes a comma too many, and `nan`."""
    if _is_lax(block) and _is_lax(_STRING.sub(b'""', block)):
        return "it may be no proper JSON"
    return None


def _is_lax(block: bytes) -> bool:
    bare = block.translate(None, b" \t\r\n").lower()
    return any(each in bare for each in _LAX)


_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"')
_NO_NUMBERS = (b"nan", b"inf", b"-nan", b"-inf")
_LAX = (b",}", b",]", *(mark + each for mark in (b":", b"[", b",") for each in _NO_NUMBERS))


def _spaced(delimiter: str) -> re.Pattern[bytes]:
    """Space between a quote and what begins or ends a cell."""
    begins, ends = (re.escape(f'{delimiter}\n"'), re.escape(f'{delimiter}\r\n"'))
    return re.compile(f'(?:[{begins}]|^) +"|" +(?:[{ends}]|$)'.encode())


def chosen(path: Path, numbers: Sequence[int]) -> Iterator[bytes]:
    """The lines of the file at *path* with these *numbers*, in order, from 1."""
    wanted = iter(numbers)
    number = next(wanted, None)
    with path.open("rb") as stream:
        for line, raw in enumerate(stream, 1):
            if line == number:
                yield raw
                number = next(wanted, None)
                if number is None:
                    return
