"""Made-up contacts by the million, as a Parquet file.

The same seed gives the same rows, and the first ones of a longer file are those of a
shorter one. Some values of each column are missing. Run it alone with::

    uv run python benchmarks/rows.py 14_000_000 contacts.parquet
"""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

TODAY = date(2026, 11, 1)
"""The day on which the benchmarks judge."""

CHUNK = 1 << 18
"""How many rows are made at a time, and stand in one row group."""

_RANKS = (
    "", "Senior ", "Junior ", "Head of ", "Deputy ", "VP ", "Global ", "Freelance ", "assistant ",
    "Chief ", "lead ", "ex-",
)  # fmt: skip
_TRADES = (
    "Editor", "journalist", "Teacher", "Engineer", "Consultant", "Recruiter", "Nurse", "Baker",
    "Architect", "Gärtner", "Éditeur", "Redakteurin", "Copy-editor", "Photojournalist", "Designer",
    "Analyst", "Solicitor", "Sales Manager", "OWNER", "Student", "Joiner", "Журналист", "Chemist",
    "Data Scientist", "Producer", "Reporter",
)  # fmt: skip
_FIELDS = (
    "", " at large", " | Press", ", Fiction", " & Speaker", " (Retail)", " - Payments", " / Mentor",
    ", Zürich", " @ Home", " of Things", " for hire",
)  # fmt: skip
_PLACES = (
    "UK", "Spain", "France", "Germany", "India", "USA", "Ireland", "uk", "Brazil", "Österreich",
    "Éire", "Japan", "Nigeria", "IRELAND", "Poland", "Canada", "México", "Kenya", "日本", "Norway",
)  # fmt: skip
_HOPES = (
    "I help people to ", "On a mission to ", "Learning to ", "HERE TO ", "Proud to ", "paid to ",
    "Would love to ", "30 years of trying to ",
)  # fmt: skip
_DEEDS = (
    "bake better bread", "build small bridges", "write for the press", "teach algebra",
    "grow old roses", "mend pianos", "sell honest shoes", "explain taxes", "sail to Åland",
    "train guide dogs", "translate poems", "count birds",
)  # fmt: skip
_SINCE = ("", *(f", since {year}" for year in range(1980, 2026)))
_VALUES = (
    "Craft", "honesty", "Speed", "Family", "craft", "Growth", "thrift", "Humour", "Independence",
    "Fairness", "curiosity", "Health", "Nature", "patience", "Ambition", "Mut", "Kindness",
    "order", "Freedom", "Français", "quiet", "Courage", "Loyalty", "play",
)  # fmt: skip

Random = np.random.Generator


def write_rows(path: Path, rows: int, *, seed: int = 5) -> None:
    """Write *rows* contacts to *path*, a chunk at a time."""
    writer = None
    try:
        for chunk, start in enumerate(range(0, rows, CHUNK)):
            table = _chunk(chunk, seed).slice(0, rows - start)
            writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
            writer.write_table(table, row_group_size=CHUNK)
    finally:
        if writer is not None:
            writer.close()


def _chunk(number: int, seed: int) -> pa.Table:
    """The rows of one chunk; they hang on its number and the seed alone."""
    random = np.random.default_rng([seed, number])
    keys = pa.array(np.arange(number * CHUNK, (number + 1) * CHUNK)).cast(pa.string())
    return pa.table(
        {
            "key": pc.binary_join_element_wise("linkedin:example-", keys, ""),
            "position": _text(random, [_RANKS, _TRADES, _FIELDS], missing=0.1),
            "headline": _text(random, [_HOPES, _DEEDS, _FIELDS, _SINCE], missing=0.2),
            "country": _text(random, [_PLACES], missing=0.2),
            "values": _texts(random, missing=0.4),
            "followers": _count(random, 800, missing=0.05),
            "following": _count(random, 900, missing=0.1),
            "mutual_connections": _count(random, 6, missing=0.3),
            "posts": _count(random, 20, missing=0.5),
            "follows_me": _yes_no(random, 0.3, missing=0.02),
            "is_a_bot": _yes_no(random, 0.03, missing=0.1),
            "met_in_person": _yes_no(random, 0.1, missing=0.3),
            "would_recommend": _yes_no(random, 0.4, missing=0.5),
            "connected_on": _date(random, missing=0.2),
            "last_message_on": _date(random, missing=0.6),
        }
    )


def _missing(random: Random, share: float, size: int = CHUNK) -> Any:  # noqa: ANN401 - an array
    """Which values are missing: about *share* of them."""
    return random.integers(0, 256, size, dtype=np.uint8) < round(share * 256)


def _text(random: Random, parts: list[Sequence[str]], *, missing: float) -> pa.Array:
    """Texts joined of one of each of *parts*; the first ones of each are the commonest."""
    texts, which = [""], np.zeros(CHUNK, np.int32)
    for each in parts:
        texts = [text + part for text in texts for part in each]
        which = which * len(each) + (len(each) * random.random(CHUNK) ** 1.5).astype(np.int32)
    return pa.array(texts).take(pa.array(which, mask=_missing(random, missing)))


def _texts(random: Random, *, missing: float) -> pa.Array:
    """Lists of up to four texts, empty ones and repeats among them."""
    lengths = random.integers(0, 5, CHUNK, dtype=np.int32)
    ends = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    which = random.integers(0, len(_VALUES), ends[-1], dtype=np.int32)
    items = pa.array(_VALUES).take(pa.array(which))
    return pa.ListArray.from_arrays(ends, items, mask=pa.array(_missing(random, missing)))


def _count(random: Random, usual: float, *, missing: float) -> pa.Array:
    """Whole numbers about *usual*, a few of them far larger."""
    numbers = usual * np.exp(1.5 * random.standard_normal(CHUNK, dtype=np.float32))
    return pa.array(numbers.astype(np.int64), mask=_missing(random, missing))


def _yes_no(random: Random, share: float, *, missing: float) -> pa.Array:
    """Yes for about *share* of those that are not missing."""
    return pa.array(_missing(random, share), mask=_missing(random, missing))


def _date(random: Random, *, missing: float) -> pa.Array:
    """Days of the ten years before `TODAY`, and of the month after it."""
    today = (TODAY - date(1970, 1, 1)).days
    days = random.integers(today - 3_650, today + 30, CHUNK, dtype=np.int32)
    return pa.array(days, pa.date32(), mask=_missing(random, missing))


if __name__ == "__main__":
    write_rows(Path(sys.argv[2]), int(sys.argv[1]))
