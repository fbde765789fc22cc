"""Numbers, days and lengths of time next to those that a policy names, as one would write them."""

import datetime
import re
from collections.abc import Iterator
from decimal import Decimal

_NUMBER = re.compile(r"-?[0-9,]+(?:\.(?P<decimals>[0-9]+))?(?P<percent>%?)")


def numbers(written: str, *, least: float | None = None) -> Iterator[str]:
    """The numbers next to one, by its last digit.

    Args:
        written: The number.
        least: The least number that fits; None where all do.
    """
    found = _NUMBER.fullmatch(written)
    if found is None:
        return
    decimals, percent = found["decimals"] or "", found["percent"]
    step = Decimal(1).scaleb(-len(decimals))
    value = Decimal(written.rstrip("%").replace(",", ""))
    for near in (value - step, value + step):
        if least is None or near >= least:
            yield f"{near:,f}{percent}" if "," in written else f"{near:f}{percent}"


def days(written: str) -> Iterator[str]:
    """The day before one, and the day after."""
    day = datetime.date.fromisoformat(written)
    for step in (-1, 1):
        try:
            yield (day + datetime.timedelta(days=step)).isoformat()
        except OverflowError:
            continue


def lengths(written: str) -> Iterator[str]:
    """The lengths of time next to one, by one unit; ``month`` alone is one month."""
    count, _, unit = written.rpartition(" ")
    for near in numbers(count or "1", least=0):
        yield f"{near} {unit.removesuffix('s')}{'' if near == '1' else 's'}"
