"""Arrow's arrays, made by hand: Arrow's own way loads pandas first, wherever that is installed."""

from array import array
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


def texts(values: Sequence[str | None]) -> "pa.Array":
    """*values* as texts, None as null."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    encoded = [b"" if each is None else each.encode() for each in values]
    ends = array("q", [0, *accumulate(map(len, encoded))])
    are_there = pa.py_buffer(_bits([each is not None for each in values]))
    return pa.LargeStringArray.from_buffers(
        len(values), pa.py_buffer(ends), pa.py_buffer(b"".join(encoded)), are_there
    )


def flags(values: Sequence[bool | None]) -> "pa.Array":
    """*values* as yes or no, None as null."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    bits = [_bits([each is not None for each in values]), _bits([each is True for each in values])]
    return pa.Array.from_buffers(pa.bool_(), len(values), [pa.py_buffer(each) for each in bits])


def places(values: Sequence[int]) -> "pa.Array":
    """*values* as small whole numbers."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    buffer = pa.py_buffer(array("i", values))
    return pa.Array.from_buffers(pa.int32(), len(values), [None, buffer])


def marks(those: Sequence[int], size: int) -> "pa.Array":
    """Of *size* rows, whether each is one of *those*."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    found = bytearray((size + 7) // 8)
    for number in those:
        found[number >> 3] |= 1 << (number & 7)
    return pa.Array.from_buffers(pa.bool_(), size, [None, pa.py_buffer(bytes(found))])


def _bits(values: Sequence[bool]) -> bytes:
    """*values* as bits, the first as the lowest of the first byte."""
    found = bytearray((len(values) + 7) // 8)
    for number, value in enumerate(values):
        found[number >> 3] |= value << (number & 7)
    return bytes(found)
