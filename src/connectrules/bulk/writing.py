"""Files of verdicts, written many rows at a time."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

import attrs

from connectrules.bulk import arrays
from connectrules.bulk.batches import Batch, Result
from connectrules.bulk.rows import TYPES, outcome
from connectrules.render.lines import COLUMNS, About, csv_line, json_line
from connectrules.verdict import Verdict

if TYPE_CHECKING:
    import pyarrow as pa


_TOGETHER = 16 * 2**20
"""How many bytes of lines are put together at a time, what they tell of contacts left out."""


class Writer(Protocol):
    """What writes a file of verdicts in one form."""

    def add(self, batch: Batch) -> None:
        """Write the rows of *batch*."""

    def end(self) -> None:
        """Write the end of the file."""

    def leave(self) -> None:
        """Write nothing more, not even the end."""


def writer(form: str, file: BinaryIO) -> Writer:
    """What writes to *file* in *form*: ``parquet``, ``csv`` or ``json``."""
    match form:
        case "parquet":
            return _Parquet(file)
        case "csv":
            return _Lines(file, _CSV)
        case _:
            return _Lines(file, _JSON)


class _Made:
    """What is written of each result, made once of those that many rows come to."""

    def __init__(
        self, make: Callable[[Result], Any], array: Callable[[Sequence[Any]], "pa.Array"]
    ) -> None:
        self._make, self._array = make, array
        self._settled: Sequence[Verdict] = ()
        self._made = array(())

    def of(self, batch: Batch) -> "pa.Array":
        """What is written for each result of *batch*, by their places."""
        import pyarrow as pa  # noqa: PLC0415 - an extra

        if batch.settled is not self._settled:
            self._settled, self._made = batch.settled, self._array(())
        new = batch.settled[len(self._made) :]
        self._made = pa.concat_arrays([self._made, self._array([*map(self._make, new)])])
        alone = self._array([*map(self._make, batch.alone)])
        return pa.concat_arrays([self._made, alone])


class _Parquet:
    """Typed columns; see `Row`."""

    def __init__(self, file: BinaryIO) -> None:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        import pyarrow.parquet as pq  # noqa: PLC0415 - an extra

        few = {"VARCHAR": pa.dictionary(pa.int32(), pa.large_string()), "BOOLEAN": pa.bool_()}
        kinds = [pa.large_string()] * _ABOUT + [few[kind] for kind in [*TYPES.values()][_ABOUT:]]
        schema = pa.schema([*zip(TYPES, kinds, strict=True)])
        repeated = [each for each in TYPES if each != "contact"]
        self._writer = pq.ParquetWriter(file, schema, use_dictionary=repeated, store_schema=False)
        self._batch = pa.RecordBatch.from_arrays
        self._columns = [
            _Made(partial(_column, number), arrays.flags if kind == pa.bool_() else arrays.texts)
            for number, kind in enumerate(kinds[_ABOUT:])
        ]

    def add(self, batch: Batch) -> None:
        """Write a group of rows."""
        about = [batch.who, batch.called, batch.address]
        found = [_repeating(each.of(batch), batch.place) for each in self._columns]
        self._writer.write_batch(self._batch([*about, *found], schema=self._writer.schema))

    def end(self) -> None:
        """Write what is in the file, and where."""
        self._writer.close()

    def leave(self) -> None:
        """Write nothing more: a writer that is thrown away writes an end by itself."""
        self._writer.is_open = False


def _repeating(values: "pa.Array", place: "pa.Array") -> "pa.Array":
    """Those of *values* that *place* says; texts with each of them once."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    if pa.types.is_boolean(values.type):
        return values.take(place)
    texts = values.dictionary_encode()
    return pa.DictionaryArray.from_arrays(texts.indices.take(place), texts.dictionary)


_ABOUT = len(("contact", "name", "url"))


def _column(number: int, result: Result) -> str | bool | None:
    return outcome(result)[number]


@attrs.frozen
class _Form:
    """How lines are written.

    Attributes:
        head: What stands before the first one.
        line: Writes any line.
        width: How much of key, name and address a line tells.
        begin: What it begins with, and then comes what it tells, with commas between.
        acting: The bytes of which one at least is in what is not written as it stands.
        between: From where to where what it tells is in order that may not begin so.
        pattern: What is not written as it stands.
    """

    head: str
    line: Callable[[About, Result], str]
    width: int
    begin: str
    acting: bytes
    between: tuple[str, str]
    pattern: str

    def rest(self, result: Result) -> str:
        """What a line has after what it tells about the contact."""
        nobody = self.line(("", None, None), result)
        return f"{nobody.removeprefix(self.begin + ',' * (self.width - 1))}\n"


_CSV = _Form(
    head=f"{','.join(COLUMNS)}\n",
    line=csv_line,
    width=3,
    begin="",
    acting=b',;"\t\r\n',
    between=("'", "A"),
    pattern=r"""[,;"\t\r\n]|\A['=+\-@]""",
)
_JSON = _Form(
    head="",
    line=json_line,
    width=1,
    begin='{"contact": "',
    acting=bytes(range(0x20)) + b'"\\\x7f\xc2',
    between=("", ""),
    pattern=r'["\\\x00-\x1f\x7f-\x{9f}]',
)


class _Lines:
    """Lines of text: what most of them have in common is put together many at a time."""

    def __init__(self, file: BinaryIO, form: _Form) -> None:
        self._file, self._form = file, form
        self._rest = _Made(form.rest, arrays.texts)
        texts = arrays.texts(["", ",", form.begin, *form.between])
        self._nothing, self._comma, self._begin, *self._between = texts
        self._file.write(form.head.encode())

    def add(self, batch: Batch) -> None:
        """Write a line for each row."""
        self._add(batch, self._rest.of(batch))

    def _add(self, batch: Batch, rests: "pa.Array") -> None:
        """As `add`, where *rests* has what stands in a line for each result, by its place."""
        import pyarrow.compute as pc  # noqa: PLC0415 - an extra

        half, size = len(batch.who) // 2, pc.sum(pc.binary_length(rests).take(batch.place)).as_py()
        if half and size > _TOGETHER:
            self._add(batch.slice(0, half), rests)
            self._add(batch.slice(half, len(batch.who) - half), rests)
        elif size:
            self._join(batch, rests.take(batch.place))

    def _join(self, batch: Batch, rest: "pa.Array") -> None:
        """Write a line for each row, which ends in *rest*."""
        import pyarrow.compute as pc  # noqa: PLC0415 - an extra

        about = [batch.who, batch.called, batch.address][: self._form.width]
        cells = [pc.coalesce(each, self._nothing) for each in about]
        told = [part for each in cells for part in (each, self._comma)][:-1]
        lines = pc.binary_join_element_wise(self._begin, *told, rest, self._nothing)
        self._write(lines, self._not_plain(cells), batch)

    def end(self) -> None:
        """Write nothing: the last line ends as each does."""

    leave = end

    def _not_plain(self, cells: Sequence["pa.Array"]) -> list[int]:
        """The rows whose *cells* are not all written as they stand."""
        import pyarrow.compute as pc  # noqa: PLC0415 - an extra

        form, (first, last) = self._form, self._between
        found: set[int] = set()
        for cell in cells:
            held = bytes(cell.buffers()[2] or b"")
            begun = pc.and_(pc.greater_equal(cell, first), pc.less(cell, last))
            if len(held.translate(None, form.acting)) < len(held) or pc.any(begun).as_py():
                is_found = pc.match_substring_regex(cell, form.pattern)
                found.update(pc.indices_nonzero(is_found).to_pylist())
        return sorted(found)

    def _write(self, lines: "pa.Array", but: Sequence[int], batch: Batch) -> None:
        """Write *lines*, those in the rows *but* by themselves."""
        ends = memoryview(lines.buffers()[1]).cast("q")
        held = memoryview(lines.buffers()[2])
        start = 0
        for row in but:
            self._file.write(held[ends[start] : ends[row]])
            line = self._form.line(batch.about(row), batch.result(row))
            self._file.write(f"{line}\n".encode())
            start = row + 1
        self._file.write(held[ends[start] : ends[len(lines)]])
