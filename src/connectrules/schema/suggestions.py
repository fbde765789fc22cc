"""Did-you-mean: the known name that a wrong one was probably meant to be."""

from collections.abc import Iterable
from itertools import takewhile

_SHORT = 4


def distance(one: str, other: str, most: int) -> int:
    """How many letters to insert, delete, change or swap to get from *one* to *other*.

    Optimal string alignment (Damerau 1964), given up once it passes *most*.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    # What both begin and end with takes no edit, and is most of two long words.
    start = _alike(one, other)
    one, other = one[start:], other[start:]
    end = _alike(one[::-1], other[::-1])
    one, other = one[: len(one) - end], other[: len(other) - end]
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        above, row = row, [i]
        for j, right in enumerate(other, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (left != right))
            if before and j > 1 and left == other[j - 2] and right == one[i - 2]:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before = above
    return row[-1]


def _alike(one: str, other: str) -> int:
    """How many letters *one* and *other* begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _unlike(one: str, other: str) -> int:
    """How many letters one of the two has beyond the other's, in any order: the larger number."""
    left = other
    for letter in one:
        left = left.replace(letter, "", 1)
    return len(left) + max(0, len(one) - len(other))


def nearest(word: str, known: Iterable[str], *, most: int = 3) -> tuple[str, ...]:
    """Those of *known* that *word* may have been meant to be, the likeliest first.

    At most two edits away, one for short words.
    """
    edits = 1 if len(word) <= _SHORT else 2
    wrong = word.lower()
    letters = frozenset(wrong)
    # An edit brings and takes a letter at most, which rules most words out at once, and of
    # those with the same letters most that have them in other numbers.
    near = {
        each
        for each in known
        if abs(len(each) - len(word)) <= edits
        and len(letters.symmetric_difference(each.lower())) <= 2 * edits
        and _unlike(wrong, each.lower()) <= edits
        and each != word
    }
    found = sorted((distance(wrong, each.lower(), edits), each) for each in near)
    return tuple(each for far, each in found if far <= edits)[:most]


def did_you_mean(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """A line of help that names the likeliest of *known*, if there is any."""
    found = nearest(word, known)
    return (f"did you mean {either(f'`{each}`' for each in found)}?",) if found else ()


def either(words: Iterable[str]) -> str:
    """*words* as a choice: ``a``, ``a or b``, ``a, b or c``."""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


def meant(name: str, known: Iterable[str]) -> str | None:
    """The one of *known* that *name* was likeliest meant to be, if any is near."""
    return next(iter(nearest(name, known, most=1)), None)


_VERBS = frozenset({"is", "was", "has", "can", "could", "will", "should"})
_BEFORE_NAME = frozenset({"with", "for", "to", "from", "about", "of", "on", "by", "at", "in"})
_SHORT_WOULD = 2
"""How many words `would recommend` has, after which a name may stand."""


def question(said: str) -> str:
    """What to ask about `{name}` to learn whether *said* is so, in quotes."""
    first, *others = said.split()
    asked = f"Is this so of {{name}}: {said}?"
    if first == "would" and others and (len(others) < _SHORT_WOULD or others[-1] in _BEFORE_NAME):
        asked = f"Would you {' '.join(others)} {{name}}?"
    elif first in _VERBS and others:
        asked = f"{first.capitalize()} {{name}} {' '.join(others)}?"
    escaped = asked.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
