"""The lines of a file of text: how many there are, and some of them."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from connectrules.bulk.part import NotPlainError

_BLOCK = 2**20


def counted(path: Path, delimiter: str = "") -> int:
    """How many lines the file at *path* has.

    Args:
        path: The file.
        delimiter: What stands between cells, where it has cells.

    Raises:
        NotPlainError: Where lines end in more than one way, it is no plain text, or space
            stands beside the quotes of a cell, which is read in different ways.
    """
    spaced = _spaced(delimiter) if delimiter else None
    lines, returns, ends, rest = 0, 0, 0, b"\n"
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            if b"\0" in block:
                msg = "it holds a NUL"
                raise NotPlainError(msg)
            if spaced is not None and b'"' in block:
                block += stream.readline()
                if (b'" ' in block or b' "' in block) and spaced.search(block):
                    msg = "space stands beside the quotes of a cell"
                    raise NotPlainError(msg)
            if b"\r" in block or rest == b"\r":
                returns += block.count(b"\r")
                ends += block.count(b"\r\n") + (rest == b"\r" and block[:1] == b"\n")
            lines += block.count(b"\n")
            rest = block[-1:]
    if returns != ends or ends not in {0, lines}:
        msg = "its lines end in different ways"
        raise NotPlainError(msg)
    return lines + (rest != b"\n")


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
