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
_MEGABYTE = 1_000_000


def said(amount: float, unit: str = "s") -> str:
    """A time with three digits that count; or bytes, where *unit* is ``B``."""
    if unit == "B":
        return f"{amount / _MEGABYTE:.0f} MB"
    size, unit = next(each for each in _UNITS if amount >= each[0])
    return f"{amount / (size or 1e-9):.3g} {unit}"


def line(extra: dict[str, Any]) -> str:
    """The row of one benchmark."""
    ours, other = (
        said(extra[who] / extra["calls"], extra.get("unit", "s")) for who in ("ours", "other")
    )
    ratio = f"{extra['ratio']:.2f}"
    target = extra["target"]
    most = target if isinstance(target, str) else f"≤ {target:g}"
    cells = (extra["what"], ours, extra["beside"], other, ratio, most)
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
