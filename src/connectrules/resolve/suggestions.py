"""Did-you-mean: the known name that a wrong one was probably meant to be."""

from collections.abc import Iterable

_SHORT = 4
"""Words of at most so many letters may be one edit away, others two."""


def distance(one: str, other: str, most: int) -> int:
    """How many letters to insert, delete, change or swap to get from *one* to *other*.

    Optimal string alignment (Damerau 1964), given up once it passes *most*.
    """
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


def nearest(word: str, known: Iterable[str], *, most: int = 3) -> tuple[str, ...]:
    """Those of *known* that *word* may have been meant to be, the likeliest first.

    Args:
        word: The wrong word or name.
        known: The right ones.
        most: How many are wanted at most.
    """
    edits = 1 if len(word) <= _SHORT else 2
    wrong = word.lower()
    letters = frozenset(wrong)
    found = []
    for each in known:
        # An edit brings or takes a letter at most, or changes one for another.
        if abs(len(each) - len(word)) > edits or each == word:
            continue
        right = each.lower()
        if len(letters.symmetric_difference(right)) > 2 * edits:
            continue
        far = distance(wrong, right, edits)
        if far <= edits:
            found.append((far, each))
    return tuple(dict.fromkeys(each for _, each in sorted(found)))[:most]


def did_you_mean(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """A line of help that names the likeliest of *known*, if there is any."""
    found = nearest(word, known)
    return (f"did you mean {either(f'`{each}`' for each in found)}?",) if found else ()


def either(words: Iterable[str]) -> str:
    """*words* as a choice: ``a``, ``a or b``, ``a, b or c``."""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last
