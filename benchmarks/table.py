"""Prints what the benchmarks measured as a table.

Run it with::

    uv run pytest benchmarks --benchmark-json=benchmarks.json
    uv run python benchmarks/table.py benchmarks.json
"""

import json
import sys
from pathlib import Path
from typing import Any

_UNITS = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (0.0, "ns"))


def said(seconds: float) -> str:
    """A time with three digits that count."""
    size, unit = next(each for each in _UNITS if seconds >= each[0])
    return f"{seconds / (size or 1e-9):.3g} {unit}"


def line(extra: dict[str, Any]) -> str:
    """The row of one benchmark."""
    ours, other = extra["ours"] / extra["calls"], extra["other"] / extra["calls"]
    ratio = f"{extra['ratio']:.2f}"
    target = extra["target"]
    most = target if isinstance(target, str) else f"≤ {target:g}"
    cells = (extra["what"], said(ours), extra["beside"], said(other), ratio, most)
    return f"| {' | '.join(cells)} |"


def main(path: Path) -> None:
    """Print the table of the benchmarks saved at *path*."""
    print("| what | ours | beside | it takes | ratio | target |")
    print("| --- | --- | --- | --- | --- | --- |")
    for each in json.loads(path.read_text())["benchmarks"]:
        if "what" in each["extra_info"]:
            print(line(each["extra_info"]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
