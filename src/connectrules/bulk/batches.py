"""Rows that are judged many at a time, by what their verdicts hang on."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import attrs

from connectrules.bulk import arrays
from connectrules.bulk.part import ADDRESS, CALLED, WHO
from connectrules.bulk.rows import About
from connectrules.errors import ContactError
from connectrules.sources.common.database import name
from connectrules.verdict import Verdict

if TYPE_CHECKING:
    import pyarrow as pa

    from connectrules.framed.whole import Whole

Result = Verdict | ContactError
Alone = tuple[About, Result]
"""Whom a row that was looked at alone is about, and what came of it."""

AT = "connectrules:at"
"""The column that counts the rows of all files, from 0."""

_TOGETHER = 122_880
"""How many rows are taken at a time; DuckDB makes groups of as many."""
_MOST = 100_000
"""How many keys are kept."""


@attrs.frozen(eq=False)
class Batch:
    """Some of the rows, in the order of the files.

    Attributes:
        who: The contacts' keys.
        called: Their names, null where there is none.
        address: Their addresses, null where there is none.
        place: The place of each one's result in *settled*, or after it in *alone*.
        settled: What many rows come to; it grows from one batch to the next.
        alone: What those come to that were looked at alone.
    """

    who: "pa.Array"
    called: "pa.Array"
    address: "pa.Array"
    place: "pa.Array"
    settled: Sequence[Verdict]
    alone: Sequence[Result]

    def slice(self, start: int, size: int) -> "Batch":
        """*size* of the rows from *start* on."""
        columns = {
            each: getattr(self, each).slice(start, size)
            for each in ("who", "called", "address", "place")
        }
        return attrs.evolve(self, **columns)

    def about(self, row: int) -> About:
        """Whom *row* is about."""
        return self.who[row].as_py(), self.called[row].as_py(), self.address[row].as_py()

    def result(self, row: int) -> Result:
        """What *row* comes to."""
        place: int = self.place[row].as_py()
        many = len(self.settled)
        return self.settled[place] if place < many else self.alone[place - many]


class Batches:
    """The rows of files, judged."""

    def __init__(self, whole: "Whole", alone: Mapping[int, Alone | None]) -> None:
        """The rows of *whole*, with keys.

        Args:
            whole: Its columns are those of a part, and `AT`.
            alone: What came of the rows that were looked at alone; None where there is
                nobody in one.
        """
        self._counts: Counter[Verdict] = Counter()
        self._numbers: Counter[int] = Counter()
        self._whole, self._alone, self._order = whole, alone, sorted(alone)
        self._settled: list[Verdict] = []
        self._keys: Any = None

    def __iter__(self) -> Iterator[Batch]:
        """Batch by batch."""
        columns = ", ".join(map(name, (WHO, CALLED, ADDRESS, AT, self._whole.key)))
        rows = self._whole.frame.project(columns)
        # Its name changed with DuckDB 1.5.
        reader = getattr(rows, "to_arrow_reader", None) or rows.fetch_record_batch
        start = 0
        for batch in reader(_TOGETHER):
            at = batch.column(AT)
            if len(batch):
                if (at[0].as_py(), at[-1].as_py()) != (start, start + len(batch) - 1):
                    msg = f"the rows from {start} on came in another order"
                    raise AssertionError(msg)
                yield self._batch(batch, start)
            start += len(batch)

    def _batch(self, rows: "pa.RecordBatch", start: int) -> Batch:
        import pyarrow as pa  # noqa: PLC0415 - an extra

        first, end = (bisect_left(self._order, each) for each in (start, start + len(rows)))
        alone = [self._alone[each] for each in self._order[first:end]]
        is_alone = arrays.marks([each - start for each in self._order[first:end]], len(rows))
        texts = [rows.column(each).cast(pa.large_string()) for each in (WHO, CALLED, ADDRESS)]
        place = self._placed(rows.column(self._whole.key), is_alone)
        if not alone:
            who, called, address = texts
            return Batch(who, called, address, place, self._settled, ())
        return self._with(alone, is_alone, [*texts, place])

    def _with(
        self,
        alone: Sequence[Alone | None],
        is_alone: "pa.Array",
        columns: Sequence["pa.Array"],
    ) -> Batch:
        """The rows that *columns* tell of, with what came of those looked at *alone*."""
        import pyarrow.compute as pc  # noqa: PLC0415 - an extra

        there = [each for each in alone if each is not None]
        places = accumulate((each is not None for each in alone), initial=len(self._settled))
        about = [_NOBODY if each is None else each[0] for each in alone]
        found = [*map(arrays.texts, zip(*about, strict=True)), arrays.places([*places][:-1])]
        columns = [
            pc.replace_with_mask(column, is_alone, its)
            for column, its in zip(columns, found, strict=True)
        ]
        if len(there) < len(alone):
            nobody = arrays.flags([each is None for each in alone])
            is_somebody = pc.invert(pc.replace_with_mask(is_alone, is_alone, nobody))
            columns = [column.filter(is_somebody) for column in columns]
        who, called, address, place = columns
        return Batch(who, called, address, place, self._settled, [each for _, each in there])

    def _placed(self, keys: "pa.Array", is_alone: "pa.Array") -> "pa.Array":
        """The place of each row's verdict among those settled; null where it is alone."""
        import pyarrow as pa  # noqa: PLC0415 - an extra
        import pyarrow.compute as pc  # noqa: PLC0415 - an extra

        keys = pc.if_else(is_alone, pa.nulls(1, keys.type)[0], keys)
        if self._keys is None or len(self._settled) > _MOST:
            self._forget(keys.slice(0, 0))
        new = pc.unique(keys.filter(pc.invert(pc.is_in(keys, value_set=self._keys)))).drop_null()
        if len(new):
            self._settled.extend(self._whole.verdict(key) for key in new.to_pylist())
            self._keys = pa.concat_arrays([self._keys, new])
        place = pc.index_in(keys, value_set=self._keys)
        found = pc.value_counts(place.drop_null())
        pairs = (found.field(each).to_pylist() for each in ("values", "counts"))
        self._numbers.update(dict(zip(*pairs, strict=True)))
        return place

    def _forget(self, keys: "pa.Array | None" = None) -> None:
        """Begin anew with *keys*; what was counted stays."""
        for number, count in self._numbers.items():
            self._counts[self._settled[number]] += count
        self._numbers.clear()
        self._keys, self._settled = keys, []

    def counts(self) -> Counter[Verdict]:
        """To how many rows each verdict was given; those looked at alone left out."""
        self._forget()
        return self._counts


_NOBODY = ("", None, None)
