"""What somebody probably meant by a name that is not there."""

from collections.abc import Iterable

_SHORT = 5


def meant(name: str, known: Iterable[str]) -> str | None:
    """The one of *known* that is nearest to *name*: two edits away at most, one if it is short."""
    most = 1 if len(name) <= _SHORT else 2
    near = ((distance(name, each, most), each) for each in known)
    return min(((edits, each) for edits, each in near if edits <= most), default=(0, None))[1]


def distance(one: str, other: str, most: int) -> int:
    """How many letters to add, drop or change to make *other* of *one*; past *most*, just more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, wanted in enumerate(other, 1):
            current.append(
                min(
                    above[column] + 1,
                    current[column - 1] + 1,
                    above[column - 1] + (letter != wanted),
                )
            )
        if min(current) > most:
            return most + 1
        above = current
    return above[-1]
