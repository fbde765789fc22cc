"""Change the library in small ways, and see which changes no test notices.

    uv run python -m mutation.run --sample 100 --seed 1

tries so many changes of each room, drawn at random, and takes about an hour; without `--sample` it
tries all of them. README.md beside this file says more.
"""

import argparse
import importlib
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from random import Random
from types import CodeType

import attrs
import pytest

from mutation.changes import Change, changes
from mutation.reached import OPTIONS, Reached, measure
from mutation.report import UNREACHED, Log, Tried, report

ROOT = Path(__file__).parents[1] / "src"
ROOMS = ("rules", "resolve", "exact", "backends")
WORK = Path(__file__).parents[1] / ".mutation"
_SLOWER = 5.0
"""A change that makes tests take so many times as long is noticed."""
_LOADED_ONCE = (
    "attrs", "click", "duckdb", "hypothesis", "jsonschema", "lark", "narwhals", "pandas", "polars",
    "pyarrow", "rich", "sybil", "xdist", "yaml",
)  # fmt: skip


@attrs.frozen
class _Changed(MetaPathFinder):
    """Finds a module whose text is changed."""

    name: str
    path: Path
    source: bytes

    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        """The changed module, when it is asked for."""
        if fullname != self.name:
            return None
        places = [str(self.path.parent)] if self.path.name == "__init__.py" else None
        loader = _Loader(fullname, self.path, self.source)
        return spec_from_file_location(
            fullname, self.path, loader=loader, submodule_search_locations=places
        )


class _Loader(SourceFileLoader):
    """Loads a text that is not the file's."""

    def __init__(self, name: str, path: Path, source: bytes) -> None:
        super().__init__(name, str(path))
        self._source = source

    def get_code(self, fullname: str) -> CodeType | None:  # noqa: ARG002 - there is one
        """The code of the changed text."""
        return compile(self._source, self.path, "exec", dont_inherit=True)


@attrs.frozen
class _Only:
    """Runs some tests alone, in their order."""

    tests: Sequence[str]

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave the others out."""
        place = {name: n for n, name in enumerate(self.tests)}
        items[:] = sorted(
            (item for item in items if item.nodeid in place), key=lambda item: place[item.nodeid]
        )


def _module(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _tests_fail(change: Change, tests: Sequence[str]) -> bool:
    """Whether one of *tests* fails with *change*: those that are about the room come first."""
    path = ROOT / change.path
    source = change.applied(path.read_bytes())
    sys.meta_path.insert(0, _Changed(_module(change.path), path, source))
    room = change.path.split("/")[1]
    near = [each for each in tests if each.startswith((f"tests/{room}/", "tests/conformance/"))]
    for some in (near, [each for each in tests if each not in {*near}]):
        files = dict.fromkeys(each.split("::")[0] for each in some)
        if files and pytest.main([*OPTIONS, *files], plugins=[_Only(some)]):
            return True
    return False


def _enough(reached: Reached, change: Change, limit: float) -> list[str]:
    """The quickest tests that run what changes, as many as there is time for."""
    left, found = limit, []
    for each in reached.by(change.path, change.line, change.statement):
        left -= reached.seconds[each]
        if left < 0:
            break
        found.append(each)
    return found


def _apart(work: Callable[[], int], seconds: float) -> int:
    """What *work* gives in a process of its own; less than nothing where it is stopped."""
    child = os.fork()
    if not child:
        code = 1
        try:
            output = os.open(WORK / "output.txt", os.O_RDWR | os.O_CREAT | os.O_TRUNC)
            for stream in (1, 2):
                os.dup2(output, stream)
            resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 5))
            code = work()
        except BaseException:  # noqa: BLE001 - nothing may come back from here
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _tried(change: Change, reached: Reached, limit: float) -> Tried:
    """What becomes of *change* in *limit* seconds of tests."""
    tests = _enough(reached, change, limit)
    if not tests:
        return Tried(change, UNREACHED, 0.0, limit)
    start = time.monotonic()
    wanted = sum(reached.seconds[each] for each in tests)
    code = _apart(lambda: int(_tests_fail(change, tests)), 20 + _SLOWER * wanted)
    told = {0: "lived", 1: "noticed", -signal.SIGXCPU: "took too long"}.get(code, "noticed")
    return Tried(change, told, round(time.monotonic() - start, 1), limit)


def _all(rooms: Sequence[str]) -> Iterator[tuple[str, list[Change]]]:
    """The changes of each room that can be read as Python."""
    for room in rooms:
        found = []
        for path in sorted((ROOT / "connectrules" / room).rglob("*.py")):
            source = path.read_bytes()
            found += [each for each in changes(ROOT, path) if _compiles(each.applied(source))]
        yield room, found


def _compiles(source: bytes) -> bool:
    try:
        compile(source, "x", "exec")
    except SyntaxError:
        return False
    return True


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m mutation.run", description=__doc__)
    parser.add_argument("--sample", type=int, help="how many changes of each room (default: all)")
    parser.add_argument("--seed", type=int, default=1, help="what they are drawn by (default: 1)")
    parser.add_argument(
        "--seconds", type=float, default=15.0, help="of tests for each change (default: 15)"
    )
    parser.add_argument("--room", action="append", choices=ROOMS, help="only this room")
    parser.add_argument("--at", help="only changes at this place, as rules/tree.py:12")
    return parser.parse_args()


def _chosen(asked: argparse.Namespace) -> Iterator[tuple[str, int, list[Change]]]:
    """For each room how many changes there are, and which are tried."""
    for room, found in _all(asked.room or ROOMS):
        some = found
        if asked.at:
            some = [each for each in found if f"{each.path}:{each.line}".endswith(asked.at)]
        elif asked.sample and asked.sample < len(found):
            some = [*found]
            Random(f"{asked.seed} {room}").shuffle(some)  # noqa: S311 - no secret
            del some[asked.sample :]
        yield room, len(found), some


def main() -> None:
    """Try the changes, and print what lived."""
    asked = _asked()
    os.environ.setdefault("CONNECTRULES_EXAMPLES", "20")
    WORK.mkdir(exist_ok=True)
    for name in _LOADED_ONCE:
        importlib.import_module(name)
    known = WORK / "reached.json"
    if not known.exists():
        print("running the tests as they are", file=sys.stderr)  # noqa: T201
        if _apart(lambda: measure(ROOT, ROOMS, known), 3_600):
            sys.exit(f"tests fail without any change; what they say is in {WORK}/output.txt")
    reached, found = Reached.load(known), []
    log = Log(WORK / "tried.jsonl")
    for room, many, some in _chosen(asked):
        for number, change in enumerate(some, 1):
            print(f"\r{room}: {number} of {len(some)} ", end="", file=sys.stderr)  # noqa: T201
            if not log.known(change, asked.seconds):
                log.add(_tried(change, reached, asked.seconds))
        found.append((room, many, [log.tried[change] for change in some]))
    print(file=sys.stderr)  # noqa: T201
    print(report(ROOT, found))  # noqa: T201


if __name__ == "__main__":
    main()
