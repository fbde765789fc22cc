"""Which tests run which lines, and how long they take."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import attrs
import pytest
from coverage import Coverage

TESTS = (
    "tests/backends",
    "tests/conformance",
    "tests/rules",
    "tests/resolve",
    "tests/exact",
    "tests/explain",
    "tests/lint",
    "tests/policy",
    "tests/schema",
    "tests/syntax/test_mistakes.py",
    "tests/syntax/test_statements.py",
    "tests/test_fixes.py",
    "tests/wrong",
    "tests/framed/test_engines.py",
    "tests/framed/test_first_mistakes.py",
    "tests/framed/test_hidden.py",
    "tests/framed/test_laws.py",
    "tests/framed/test_samples.py",
    "tests/framed/test_values.py",
    "tests/property/test_bases.py",
    "tests/property/test_fixing.py",
    "tests/property/test_frames.py",
    "tests/property/test_laws.py",
    "tests/property/test_limit.py",
    "tests/property/test_recalling.py",
    "tests/property/test_what_next.py",
    "tests/property/test_why_not.py",
)
"""Tests of what changes, which start no processes and write no files."""
_LAWS = ("tests/property/", "tests/exact/")
OPTIONS = (
    "-q",
    "-x",
    "--assert=plain",
    "--numprocesses=0",
    "-p",
    "no:cacheprovider",
    "--hypothesis-seed=0",
)
SECONDS = 10.0
"""A test that takes longer is left out."""


@attrs.frozen
class Reached:
    """What tests reach.

    Attributes:
        seconds: How long each test takes, by its id.
        lines: The ids of the tests that run a line, by file and line.
    """

    seconds: Mapping[str, float]
    lines: Mapping[str, Mapping[int, Sequence[str]]]

    def by(self, path: str, line: int, statement: int) -> list[str]:
        """The tests that run *line* of *path*, whose *statement* may begin before; quickest first.

        A line that runs on import alone is run by whatever runs something of its file, or else of
        its folder.
        """
        lines = self.lines.get(path, {})
        known = next((each for each in range(line, statement - 1, -1) if each in lines), None)
        if known is None:
            return []
        folder = path.rpartition("/")[0]
        for some in (
            [lines[known]],
            lines.values(),
            [
                tests
                for file, others in self.lines.items()
                if file.rpartition("/")[0] == folder
                for tests in others.values()
            ],
        ):
            found = {each for tests in some for each in tests}
            if found:
                break
        return sorted(found, key=lambda each: (self.seconds[each], each))

    @classmethod
    def load(cls, path: Path) -> "Reached":
        """What `measure` wrote to *path*."""
        told = json.loads(path.read_text(encoding="utf-8"))
        names = [*told["seconds"]]
        return cls(
            told["seconds"],
            {
                file: {int(line): [names[n] for n in tests] for line, tests in lines.items()}
                for file, lines in told["lines"].items()
            },
        )


class _Watch:
    """Tells coverage which test runs, and takes the time."""

    def __init__(self, coverage: Coverage) -> None:
        self.seconds: dict[str, float] = {}
        self._coverage = coverage

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out what takes long, but for laws: these try few cases here."""
        items[:] = [
            item
            for item in items
            if item.nodeid.startswith(_LAWS) or item.get_closest_marker("once") is None
        ]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Count lines for *item*."""
        before = os.times()
        self._coverage.switch_context(item.nodeid)
        result = yield
        self._coverage.switch_context("")
        after = os.times()
        self.seconds[item.nodeid] = after.user + after.system - before.user - before.system
        return result


def measure(root: Path, rooms: Sequence[str], to: Path) -> int:
    """Run the tests as they are, and write what they reach of *rooms* to a file.

    Returns:
        What pytest ends with: nothing can be measured where tests fail.
    """
    include = [str(root / "connectrules" / room / "*") for room in rooms]
    coverage = Coverage(data_file=None, include=include, config_file=False)
    watch = _Watch(coverage)
    coverage.start()
    code = pytest.main([*OPTIONS, *TESTS], plugins=[watch])
    coverage.stop()
    if code:
        return int(code)
    data = coverage.get_data()
    seconds = {name: round(taken, 3) for name, taken in watch.seconds.items() if taken < SECONDS}
    number = {name: n for n, name in enumerate(seconds)}
    lines = {
        str(Path(file).relative_to(root)): {
            line: [number[each] for each in tests if each in number]
            for line, tests in data.contexts_by_lineno(file).items()
        }
        for file in data.measured_files()
    }
    to.write_text(json.dumps({"seconds": seconds, "lines": lines}), encoding="utf-8")
    return 0
