"""Judging frames of many contacts, beside what one would write by hand for the same engine.

A quick run takes 200,000 contacts. For 14 million::

    CONNECTRULES_ROWS=14_000_000 uv run pytest benchmarks/test_frames.py
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import frame_ways
import pytest
from frame_engines import ENGINES
from frame_policies import COLUMNS, COPIES
from frame_ways import TASKS, judging, way
from racing import Race, Row
from rows import TODAY, write_rows

from connectrules import Contact, Policy

ROWS = int(os.environ.get("CONNECTRULES_ROWS", "200_000"))
ROUNDS = 3 if ROWS > 1_000_000 else 10
SAMPLE = 5_000

BY_HAND = [name for name, task in TASKS.items() if task.by_hand]
EXACT = [name for name in TASKS if name.endswith("split")]

each_engine = pytest.mark.parametrize("engine", ENGINES)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The file of contacts; it is removed afterwards, for it may be large."""
    found = tmp_path_factory.mktemp("rows") / "contacts.parquet"
    write_rows(found, ROWS)
    yield found
    found.unlink()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of the first contacts."""
    found = tmp_path_factory.mktemp("sample") / "contacts.parquet"
    write_rows(found, SAMPLE)
    return found


@each_engine
@pytest.mark.parametrize(
    ("what", "who"), [*((each, "ours") for each in TASKS), *((each, "by hand") for each in BY_HAND)]
)
def test_the_first_contacts(sample: Path, engine: str, what: str, who: str) -> None:
    """Each way says what `judge` says, contact by contact."""
    of, task = ENGINES[engine], TASKS[what]
    policy = Policy.parse(task.policy)

    found = of.rows(judging(of, task, who)(of.opened(sample)), task.columns)

    expected = []
    for row in of.rows(of.opened(sample), COLUMNS):
        values = dict(zip(COLUMNS, row, strict=True))
        other = {copy: values[name] for copy, name in COPIES.items()}
        verdict = policy.judge(Contact(key="x", **values, other=other), today=TODAY)
        said = {
            "decision": verdict.decision.value,
            "rule": "; ".join(verdict.rules) or None,
            "ask": next(iter(verdict.ask), None),
            "exact": verdict.exact,
        }
        expected.append(tuple(said[column] for column in task.columns))
    assert len(set(expected)) > 3
    assert found == expected


@each_engine
@pytest.mark.parametrize("what", BY_HAND)
def test_all_contacts(path: Path, engine: str, what: str) -> None:
    """Ours says of no contact anything else than what is written by hand."""
    of, task = ENGINES[engine], TASKS[what]
    names = {column: f"{column}_by_hand" for column in task.columns}

    by_hand = of.renamed(judging(of, task, "by hand")(of.opened(path)), names)
    found = of.counted(judging(of, task, "ours")(by_hand), [*task.columns, *names.values()])

    assert sum(found.values()) == ROWS
    assert all(row[: len(names)] == row[len(names) :] for row in found)


@each_engine
@pytest.mark.parametrize("what", BY_HAND)
def test_beside_by_hand(race: Race, path: Path, engine: str, what: str) -> None:
    """It takes hardly longer than what is written by hand."""
    ours, by_hand = _ready(path, engine, (what, "ours"), (what, "by hand"))
    race(ours, by_hand, Row(f"{engine}: {what}", ROWS, target=1.1), rounds=ROUNDS)


@each_engine
@pytest.mark.parametrize("what", EXACT)
def test_beside_facts_apart(race: Race, path: Path, engine: str, what: str) -> None:
    """The exact step adds little to the same tests of facts that are tested once."""
    apart = what.replace("split", "apart")
    ours, other = _ready(path, engine, (what, "ours"), (apart, "ours"))
    race(ours, other, Row(f"{engine}: {what}", ROWS, "facts tested once", 1.5), rounds=ROUNDS)


@each_engine
@pytest.mark.parametrize("who", ["ours", "by hand"])
@pytest.mark.parametrize("what", BY_HAND)
def test_beside_reading(race: Race, path: Path, engine: str, what: str, who: str) -> None:
    """What it takes beyond reading the columns."""
    judging, reading = _ready(path, engine, (what, who), (what, "read"))
    row = Row(f"{engine}: {what}, {who}", ROWS, "reading the columns")
    race(judging, reading, row, rounds=ROUNDS)


def _ready(path: Path, engine: str, *ways: tuple[str, str]) -> list[Callable[[], object]]:
    """Calls that go *ways* on the file at *path*."""
    of = ENGINES[engine]
    frame = of.opened(path)
    return [partial(way(of, TASKS[what], who), frame) for what, who in ways]


@each_engine
@pytest.mark.parametrize("what", BY_HAND)
def test_memory(benchmark: Any, path: Path, engine: str, what: str) -> None:  # noqa: ANN401 - a fixture
    """It takes hardly more memory than what is written by hand."""
    ours = benchmark.pedantic(_peak, (path, engine, what, "ours"), rounds=1)
    by_hand = _peak(path, engine, what, "by hand")
    benchmark.extra_info.update(
        what=f"{engine}: memory for {what}",
        calls=1,
        beside="by hand",
        ours=ours,
        other=by_hand,
        ratio=ours / by_hand,
        target=1.1,
        unit="B",
    )


def _peak(path: Path, *way: str) -> int:
    command = [sys.executable, frame_ways.__file__, *way, str(path)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # noqa: S603 - our own
