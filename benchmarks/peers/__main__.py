"""Runs each engine in a process of its own, and prints the tables."""

import argparse
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import PackageNotFoundError, version

import attrs

from benchmarks.peers.measuring import PEERS, Measured, Times, Unknown, measured
from benchmarks.peers.page import page

_MISSING = "is not installed"
_FEWEST = 50


def main() -> int:
    """Print the tables; the exit status is 1 where an engine is missing or decides otherwise."""
    asked = _arguments()
    if asked.only:
        return _child(asked.only, asked.records, asked.seconds)
    found = _all(asked.records, asked.seconds)
    if asked.installed:
        found = {name: each for name, each in found.items() if each != _MISSING}
    if not found:
        print("no engine is installed; the group `peers` has them")
        return 1
    measured_some = any(isinstance(each, Measured) for each in found.values())
    failures = (f"{name} {each}" for name, each in found.items())
    print(*(page(found, asked.records) if measured_some else failures), sep="\n")
    return int(any(isinstance(each, str) for each in found.values()))


def _all(count: int, seconds: float) -> dict[str, Measured | str]:
    """What was found of each engine: one after the other, or at once where no time counts."""
    with ThreadPoolExecutor(1 if seconds else os.cpu_count()) as pool:
        found = pool.map(lambda each: _run(each.name, count, seconds), PEERS)
        return {each.name: it for each, it in zip(PEERS, found, strict=True)}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("--records", type=int, default=500, help="how many contacts (500)")
    parser.add_argument(
        "--seconds", type=float, default=4, help="for each thing measured (4); 0 only compares"
    )
    parser.add_argument("--installed", action="store_true", help="leave out what is not installed")
    parser.add_argument("--only", choices=[each.name for each in PEERS], help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.records < _FEWEST:
        parser.error(f"--records: fewer than {_FEWEST} do not show whether engines agree")
    return asked


def _child(name: str, count: int, seconds: float) -> int:
    """Measure one engine in this process, and print what was found as JSON."""
    named = next(each for each in PEERS if each.name == name)
    print(json.dumps(attrs.asdict(measured(named, count, seconds))))
    return 0


def _run(name: str, count: int, seconds: float) -> Measured | str:
    """What another process measured, or why it did not."""
    try:
        version(name)
    except PackageNotFoundError:
        return _MISSING
    options = ("--only", name, "--records", str(count), "--seconds", str(seconds))
    done = subprocess.run(  # noqa: S603 - this very program
        [sys.executable, "-m", "benchmarks.peers", *options],
        capture_output=True,
        text=True,
        check=False,
        # Rust's engines would else write down a backtrace with each error.
        env={**os.environ, "RUST_BACKTRACE": "0"},
    )
    if done.returncode:
        return f"does not run: {done.stderr.strip().splitlines()[-1]}"
    found = json.loads(done.stdout)
    times = tuple(Times(**each) for each in found["times"])
    return Measured(found["version"], times, Unknown(**found["unknown"]))


if __name__ == "__main__":
    sys.exit(main())
