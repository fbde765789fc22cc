"""The tables."""

import os
import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.metadata import version

from benchmarks.peers.measuring import ASKED, Measured, Times
from benchmarks.peers.rulebooks import RULEBOOKS
from benchmarks.table import said

Found = Mapping[str, Measured | str]
"""What was measured, or why it was not, of each engine by its name."""

_TITLES = [cell for book in RULEBOOKS for cell in (book.title, "ratio")]


def page(found: Found, count: int) -> Iterator[str]:
    """The lines of all tables."""
    yield (
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, connectrules {version('connectrules')}, "
        f"{count:,} contacts"
    )
    for table in (_deciding, _parsing, _unknown):
        yield ""
        yield from table(found)


def _deciding(found: Found) -> Iterator[str]:
    yield from _head("a decision", *_TITLES, "its record, from an object")
    ours = _fastest(found, lambda times: times.ours)
    yield _row("connectrules", *_beside(ours, ours), "nothing")
    for name, each in found.items():
        if isinstance(each, str):
            yield _row(name, each)
            continue
        cells = _beside([it.decide for it in each.times], [it.ours for it in each.times])
        _, eight, _ = each.times
        nothing = eight.convert is None
        yield _row(_titled(name, each), *cells, "nothing" if nothing else said(eight.convert))


def _parsing(found: Found) -> Iterator[str]:
    yield from _head("a policy", *_TITLES)
    ours = _fastest(found, lambda times: times.our_parse)
    yield _row("connectrules, parsed and checked", *_beside(ours, ours))
    yield _row(
        "connectrules, and compiled", *_beside(_fastest(found, lambda it: it.our_start), ours)
    )
    for name, each in found.items():
        if isinstance(each, Measured):
            beside = [it.our_parse for it in each.times]
            yield _row(_titled(name, each), *_beside([it.parse for it in each.times], beside))


def _unknown(found: Found) -> Iterator[str]:
    yield from _head("facts unknown", "right", "gives up", "wrong")
    yield _row("connectrules", _share(1), _share(0), _share(0))
    for name, each in found.items():
        if isinstance(each, Measured):
            it = each.unknown
            shares = (part / ASKED for part in (it.right, it.gave_up, it.wrong))
            yield _row(_titled(name, each), *map(_share, shares))


def _fastest(found: Found, which: Callable[[Times], float]) -> list[float]:
    """For each policy, the fastest of all processes."""
    all_times = [each.times for each in found.values() if isinstance(each, Measured)]
    return [min(map(which, times)) for times in zip(*all_times, strict=True)]


def _beside(times: Sequence[float], ours: Sequence[float]) -> Iterator[str]:
    for one, other in zip(times, ours, strict=True):
        yield said(one)
        yield f"{one / other:.3g}"


def _titled(name: str, each: Measured) -> str:
    return f"{name} {each.version}"


def _share(part: float) -> str:
    return f"{part:.0%}"


def _head(*cells: str) -> Iterator[str]:
    yield _row(*cells)
    yield _row(*("---" for _ in cells))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
