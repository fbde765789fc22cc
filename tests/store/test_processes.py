"""Processes that end at any moment, or work at once, lose no saved answer."""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from connectrules.store import AnswerStore, StoreError
from tests.children import environment
from tests.store.helpers import DAY, run_sql

MANY = 200
TRIES = int(os.environ.get("CONNECTRULES_EXAMPLES", "100")) // 10


def writer(path: Path, name: str, number: int, *more: str) -> subprocess.Popen[str]:
    """A process that saves answers once it gets a line."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.store.writer", str(path), name, str(number), *more],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
        cwd=Path(__file__).parents[2],
    )


def begin(process: subprocess.Popen[str]) -> None:
    """Let *process* go on."""
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


@pytest.mark.parametrize("how", ["once", "again"])
def test_two_processes_at_once_lose_nothing(path: Path, how: str) -> None:
    """Neither while they make the store, nor while both write hundreds of answers to it."""
    with ExitStack() as stack:
        both = [stack.enter_context(writer(path, name, MANY, how)) for name in ("ada", "bob")]
        for process in both:
            begin(process)
        told = [process.communicate(timeout=300)[0].split("\n") for process in both]

        assert [process.returncode for process in both] == [0, 0]
    with AnswerStore.open(path) as store:
        history = list(store.history())
        numbers: dict[str | None, list[str]] = {"ada": [], "bob": []}
        for each in history:
            numbers[each.session].append(f"{each.id} {each.key.partition('-')[2]}")
        taken = store.undo("ada")

    assert numbers == {"ada": told[0][:-1], "bob": told[1][:-1]}
    assert len(history) == 2 * MANY
    assert taken is not None
    assert taken.key == f"ada-{MANY - 1}"


@pytest.mark.once
def test_many_may_make_a_store_at_once(path: Path) -> None:
    """It is made once, and all of them are heard."""
    with ExitStack() as stack:
        all_of_them = [stack.enter_context(writer(path, f"p{n}", 5)) for n in range(6)]
        for process in all_of_them:
            begin(process)
        for process in all_of_them:
            process.communicate(timeout=300)

        assert {process.returncode for process in all_of_them} == {0}
    with AnswerStore.reading(path) as store:
        assert len(list(store.history())) == 30


@pytest.mark.once
def test_a_process_killed_at_any_moment_loses_no_saved_answer(path: Path) -> None:
    """All that it said were saved are there, and the store is sound."""
    moments = random.Random(7)  # noqa: S311 - it need not be secret
    saved = 0
    for attempt in range(TRIES):
        with writer(path, f"try{attempt}", 100_000) as process:
            begin(process)
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(moments.random() / 5)
            process.kill()
            lines = ["first", *process.stdout.read().split("\n")]
        with AnswerStore.open(path) as store:
            here = [each for each in store.history() if each.session == f"try{attempt}"]

        # The last answer may have been saved without a word of it.
        assert len(here) - (len(lines) - 1) in {0, 1}
        assert [each.key for each in here] == [f"try{attempt}-{n}" for n in range(len(here))]
        saved += len(here)
    assert saved > TRIES


_KILLED = """
import os, signal, sys
from connectrules.store import AnswerStore, layout

class Kill:
    def __format__(self, spec):
        os.kill(os.getpid(), signal.SIGKILL)

layout.APPLICATION = Kill()
AnswerStore.open(sys.argv[1])
"""
"""What ends the process once the tables are made, before that is safe."""


def test_a_store_whose_maker_was_killed_is_made_by_the_next(path: Path) -> None:
    """Between making the tables and the end of it; nothing half-made is in the way."""
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, str(path)],
        env=environment(),
        cwd=Path(__file__).parents[2],
        check=False,
    )

    assert done.returncode == -signal.SIGKILL
    assert path.exists()
    with AnswerStore.open(path) as store:
        store.answer("ada", "met", value=True, day=DAY)
        assert store.keys() == ("ada",)


def test_what_was_being_saved_is_all_there_or_not_at_all(path: Path) -> None:
    """A statement that fails takes those before it back with it."""
    with AnswerStore.open(path) as store:
        run_sql(
            path, "CREATE TRIGGER no AFTER INSERT ON answer BEGIN SELECT RAISE(FAIL, 'no'); END"
        )
        with pytest.raises(StoreError, match="cannot be used: no"):
            store.answer("ada", "met", value=True, day=DAY)

        assert (store.facts(), list(store.history())) == ((), [])
