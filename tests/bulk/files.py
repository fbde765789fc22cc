"""Made-up contacts in files of each form, plainly written for the most part."""

import csv
import io
import json
import math
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import duckdb

PLAIN = {
    "would recommend": ["yes", "no", "true", "FALSE", "y", "N", "1", "0", "", ""],
    "is_a_recruiter": ["yes", "no", "", "", ""],
    "followers": ["0", "12", "5000", "9007199254740992", "5,000", "12,345,678", ""],
    "rating": ["2.5", "-1", "3", "+4.25", "0.1", "1,000", ""],
    "stage": ["new", "Warm", "WARM", "Öfter", ""],
    "position": ["Editor", "Chief editor, Fiction", "Ärztin", 'the "Editor"', "baker", ""],
    "country": ["UK", "uk", "Ireland", "Éire", ""],
    "connected on": ["2020-01-31", "2026-11-01", "2024-02-29 10:00", "2024-11-22T10:00:00Z", ""],
    "topics": ["craft", "Craft; honesty", "[]", "a;;b ", "", "zeit;Mut"],
    "name": ["Ada Example", "Bo", "Zoë Example", 'Example, "Di"', "- Cy", "", ""],
    "url": ["https://example.org/ada", "www.example.org?a;=b", "\u00ab\u0085", ""],
}
"""Cells of a table as most programs write them, by their columns."""

ODD = [
    "unsure", "UNSURE", " yes ", "\u00a0no", "maybe", "many", "1.000", "12.0", "-3", "1e3", "5,00",
    "1_000", "٣", "9007199254740993", "99999999999999999", "nan", "inf", "1e999", "2024-02-30",
    "0000-01-01", "2024-1-1", "31.01.2024", ";", " ; ", "[ ]", "[]", "K", "yeſ", "İ", "Σ",
    "e\u0301ire", "null", "NULL", "=1+1", "'=x", "a:b", "linkedin:ada", "\u3000", "\x1f", "\x7f",
    "öfter", "ÖFTER", "True", "0.0", "1,5", "a\nb", "'", "\\", "#",
]  # fmt: skip
"""Cells that somebody wrote by hand."""

_VALUES: dict[str, list[Any]] = {
    "would recommend": [True, False, None, "yes", "No"],
    "would_recommend": [True, False, None],
    "is_a_recruiter": [True, None, None],
    "followers": [0, 5000, 12, 2**53, None],
    "rating": [2.5, -1, 3, 0.1, None, 1e3],
    "stage": ["new", "Warm", "Öfter", None],
    "position": ["Editor", "Ärztin", 'the "Editor"', "", None],
    "country": ["UK", "Éire", None],
    "connected on": ["2020-01-31", "2024-02-29T10:00:00Z", None],
    "topics": [["craft"], ["Craft", "honesty"], [], None],
    "name": ["Ada", "Zoë", "-Example, Cy", None],
    "url": ["https://example.org/\\ada", "", None],
}
_ODD_VALUES: list[Any] = [
    0, 1, 1.0, 2, -1, "5", 5.5, 2**53 + 1, 2**70, 1e308, "unsure", " UNSURE ", "maybe",
    "2024-02-30", "0000-01-01", " 2024-01-01 ", [1], [None], ["a", None], {"a": 1}, [[]], "",
    "\u00a0yes", "K", "İ", -0.0, True, "line 3", "a/b", "\x7f",
]  # fmt: skip

COUNTS = ["0", "1", "5", ""]

_FAR = ["infinity", "10000-01-01", "0001-12-31 (BC)", "9999-12-31", "0001-01-01"]


def table(path: Path, random: Random, called: str, first: int) -> None:
    """Write a table to *path*, with a count that is *called* so, and numbers from *first* on."""
    facts = [name for name in PLAIN if random.random() < 0.8] or ["rating"]
    keyed = random.random() < 0.7
    header = [*["key"] * keyed, *facts, *["shoe size"] * (random.random() < 0.2), called]
    rows = []
    for number in range(first, first + random.randint(1, 120)):
        about = {
            "key": random.choice([f"p:{number}"] * 20 + [f" p:{number}", f"é{number}\u3000", ""]),
            "shoe size": "x",
            called: random.choice(COUNTS),
        }
        for name in facts:
            about[name] = random.choice(ODD if random.random() < 0.04 else PLAIN[name])
        about["name"] = about.get("name", "") and f"{about['name']} {number}"
        rows.append([about[name] for name in header])
    if random.random() < 0.1:
        rows.append([""] * len(header))
    if random.random() < 0.1:
        rows.append(list(rows[0]))
    text = io.StringIO()
    csv.writer(
        text,
        delimiter=random.choice(",;\t"),
        lineterminator=random.choice(["\n", "\r\n"]),
        quoting=random.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    ).writerows([[_spelled(name, random) for name in header], *rows])
    raw = text.getvalue().encode(random.choice(["utf-8"] * 9 + ["utf-8-sig"]))
    path.write_bytes(raw.rstrip(b"\r\n") if random.random() < 0.2 else raw)


def objects(path: Path, random: Random, called: str, first: int) -> None:
    """Write an object a line to *path*; see `table`."""
    numbers = range(first, first + random.randint(1, 80))
    lines = [_object(random, number, called) for number in numbers]
    for mistake in ("", '{"key": "q", "key": "r"}', '{"key": "q", "rating": NaN}', "[1]", "{"):
        if random.random() < 0.02:
            lines.insert(random.randint(0, len(lines)), mistake)
    path.write_text("\n".join(lines) + random.choice(["", "\n"]), encoding="utf-8")


def _object(random: Random, number: int, called: str) -> str:
    found: dict[str, Any] = {}
    if random.random() < 0.9:
        keys = [f"p:{number}"] * 9 + [number, f" é{number} ", None, ""]
        found[random.choice(["key"] * 9 + ["contact"])] = random.choice(keys)
    for name in random.sample(list(_VALUES), random.randint(0, 8)):
        if name.replace("_", " ") == "would recommend" and any("recommend" in n for n in found):
            continue
        found[name] = random.choice(_ODD_VALUES if random.random() < 0.05 else _VALUES[name])
        if name == "name" and isinstance(found[name], str):
            found[name] += f" {number}"
    if random.random() < 0.1:
        found['shoe/size~"x"'] = 1
    if random.random() < 0.7:
        found[called] = random.choice([0, 1, 5, None])
    said = {_spelled(name, random): value for name, value in found.items()}
    return json.dumps(said, ensure_ascii=random.random() < 0.5)


def _spelled(name: str, random: Random) -> str:
    """*name* as somebody spells it, now and then."""
    ways = (str, str, str, str.upper, str.title, "  {} ".format)
    return random.choice(ways)(name) if name in {"key", "contact", "name", "url"} else name


def parquet(path: Path, random: Random, called: str, first: int) -> None:
    """Write a Parquet file, whose columns hold many types, to *path*; see `table`."""
    columns: dict[str, tuple[str, list[Any]]] = {
        "key": ("VARCHAR", ["p:%d", "é%d", " p:%d ", "=%d", '"%d, x', None, ""]),
        "would recommend": ("BOOLEAN", [True, False, None]),
        "is_a_recruiter": ("BOOLEAN", [True, None]),
        "followers": random.choice(list(_COUNTS.items())),
        "rating": random.choice(list(_NUMBERS.items())),
        "stage": ("VARCHAR", ["new", "WARM", "Öfter", "öfter", "ÖFTER", "cold", None, ""]),
        "position": ("VARCHAR", ["Editor", "Ärztin", "unsure", "", None]),
        "country": (random.choice(["VARCHAR", "ENUM('UK', 'Éire')"]), ["UK", "Éire", None]),
        "connected_on": random.choice(list(_DAYS.items())),
        "topics": ("VARCHAR[]", [["craft"], ["Craft", "honesty"], [], [None], ["a", None], None]),
        "name": ("VARCHAR", ["Ada %d", "a:b%d", " :x%d", "\t=%d", "c\x85\x1b%d", None, ""]),
        "url": ("VARCHAR", ["https://example.org", 'a"b\\', "@x\ny", None, ""]),
        "shoe size": ("INTEGER", [1, None]),
        "named": ("VARCHAR", ["x:y", "z", None]),
    }
    used = {name: each for name, each in columns.items() if random.random() < 0.85}
    used["rating"] = columns["rating"]
    used[called] = ("INTEGER", [0, 1, 5, None])
    spelled = [_spelled(name, random) for name in used]
    kinds = [kind for kind, _ in used.values()]
    holds = ", ".join(f'"{name}" {kind}' for name, kind in zip(spelled, kinds, strict=True))
    rows = []
    for number in range(first, first + random.randint(1, 80)):
        row = [random.choice(values) for _, values in used.values()]
        rows.append([v.replace("%d", str(number)) if isinstance(v, str) else v for v in row])
    marks = ", ".join("?" * len(used))
    connection = _database()
    connection.execute(f"CREATE OR REPLACE TABLE people ({holds})")
    connection.executemany(f"INSERT INTO people VALUES ({marks})", rows)  # noqa: S608 - marks
    connection.execute(f"COPY people TO '{path}' (FORMAT parquet)")


@cache
def _database() -> duckdb.DuckDBPyConnection:
    """One for all files: to open it takes long. What `duckdb.sql` sees has no table of it."""
    return duckdb.connect()


_COUNTS: dict[str, list[Any]] = {
    "BIGINT": [0, 12, 5000, None, -1, 2**53, 2**53 + 1],
    "DOUBLE": [0, 12, 5000, None, -1, math.nan, math.inf, 2.5, 2.0**60],
    "INTEGER": [0, 12, 5000, None, -1],
    "UINTEGER": [0, 12, 5000, None, 2**32 - 1],
    "UBIGINT": [0, 12, 5000, None, 2**63],
    "DECIMAL(18,1)": [0, 12, 5000, None, -1, 2.5],
    "HUGEINT": [0, 12, 5000, None, -1, 2**53 + 1],
}
_NUMBERS: dict[str, list[Any]] = {
    "DOUBLE": [2.5, -1, 3, 0.25, None, math.nan, math.inf],
    "FLOAT": [2.5, -1, 3, 0.25, None, math.nan, -math.inf],
    "DECIMAL(9,2)": [2.5, -1, 3, 0.25, None],
    "INTEGER": [2, -1, 3, None],
}
_DAYS: dict[str, list[Any]] = {
    "DATE": ["2020-01-31", "2026-11-01", None, *_FAR],
    "TIMESTAMP": ["2020-01-31 10:00:00", "2026-11-01 23:59:59", None, *_FAR],
    "TIMESTAMPTZ": ["2020-01-31 10:00:00+02", "2024-11-22 23:30:00-05", None],
}
