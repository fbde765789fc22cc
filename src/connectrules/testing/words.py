"""Texts and lists of texts that have some of the words a policy's tests look for."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, compress, islice, product
from typing import TypeVar

from connectrules.exact.atoms import Atom
from connectrules.schema.types import folded

OTHER = "other"
"""A text that no test is likely to name."""

_MOST_CANDIDATES = 2_000
"""How many texts or lists are made, unless more are asked for."""

_MOST_TOGETHER = 8
"""Of how many parts all combinations are looked at, and each inside a word as well."""
_LONGEST = 1_000
"""How many items a list in a policy may have."""

_Item = TypeVar("_Item")

_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPED = re.compile(r"\\(.)")
_ACCENTED = str.maketrans("aeiouAEIOU", "àéîöúÀÉÎÖÚ")


class Writing:
    """How the texts that tests name are written: tests themselves compare lower case.

    Args:
        sentences: The tests' sentences.
    """

    def __init__(self, sentences: Iterable[str]) -> None:
        self._written: dict[str, str] = {}
        for sentence in sentences:
            for quoted in _QUOTED.findall(sentence):
                text = _ESCAPED.sub(r"\1", quoted)
                self._written.setdefault(folded(text), text)
        self._places: dict[object, int] = {text: n for n, text in enumerate(self._written)}

    def __call__(self, text: str) -> str:
        """*text* as the policy writes it."""
        return self._written.get(text, text)

    def place(self, text: object) -> int:
        """How many texts the policy names before *text*."""
        return self._places.get(text, len(self._places))


# Texts


def texts(atoms: Sequence[Atom], writing: Writing, most: int = 0) -> list[str]:
    """Texts that are what *atoms* name, or have some of the parts, the shortest first.

    Args:
        atoms: What tests look for.
        writing: How that is written.
        most: Of how many combinations all are made, where these are more than usual.
    """
    named = [writing(value) for name, value in atoms if name == "equal"]
    parts = [(name, writing(value)) for name, value in atoms if name in _PLACES and value]
    composed = sorted(islice(_composed(parts, most), max(most, _MOST_CANDIDATES)), key=len)
    singles = [text for _, part in parts for text in (part, _inside(part))]
    together = " ".join(dict.fromkeys(part for _, part in parts))
    return [_unlike(named, atoms), *named, *composed, *singles, *([together] if parts else [])]


_PLACES = {"starts", "contains", "mentions", "ends"}


def _composed(parts: Sequence[tuple[str, str]], most: int) -> Iterator[str]:
    """Texts with each combination of *parts*, where these are few or no more than *most*."""
    starts = [part for name, part in parts if name == "starts"]
    ends = [part for name, part in parts if name == "ends"]
    middle = [*dict.fromkeys(part for name, part in parts if name in {"contains", "mentions"})]
    if not parts:
        return
    yield from _of_many(starts, middle, ends, most)
    if len(starts) + len(ends) + len(middle) > _MOST_TOGETHER:
        return
    # A part alone, or with letters beside it, which makes it part of another word.
    heads = ["", "x ", *(f"{part}{glue}" for part in starts for glue in (" ", "x"))]
    tails = ["", " x", *(f"{glue}{part}" for part in ends for glue in (" ", "x"))]
    within = product(*(("", part, _inside(part)) for part in middle))
    for chosen, head, tail in product(within, heads, tails):
        yield f"{head}{' '.join(filter(None, chosen))}{tail}".strip()


def _of_many(
    starts: Sequence[str], middle: Sequence[str], ends: Sequence[str], most: int
) -> Iterator[str]:
    """Texts with some of many parts: one to start with, one to end with, and others between."""
    for chosen in _subsets([*enumerate((*starts, *middle, *ends))], most):
        heads = [part for place, part in chosen if place < len(starts)]
        tails = [part for place, part in chosen if place >= len(starts) + len(middle)]
        within = [part for each in chosen if (part := each[1]) not in {*heads, *tails}]
        yield " ".join((*heads[:1], *within, *tails[:1]))


def _inside(part: str) -> str:
    """*part* inside a word."""
    return f"x{part}x"


def _unlike(named: Iterable[str], atoms: Sequence[Atom]) -> str:
    """A text that is none of those *named*, and has no part of *atoms* if that can be."""
    taken = {*map(folded, named), *(str(value) for _, value in atoms)}
    return next(
        text
        for text in (OTHER, "something", *(f"{OTHER} {number}" for number in range(len(taken) + 1)))
        if text not in taken
    )


def near_misses(atoms: Sequence[Atom], writing: Writing) -> Iterator[str]:
    """The texts that *atoms* name in other case, with and without accents, inside a word."""
    for name, value in atoms:
        if (name == "equal" or name in _PLACES) and value:
            text = writing(value)
            yield text.swapcase()
            yield _accents_turned(text)
            yield _inside(text)
    yield ""


def _accents_turned(text: str) -> str:
    """*text* without its accents, or with some where it has none."""
    apart = unicodedata.normalize("NFD", text)
    bare = "".join(each for each in apart if not unicodedata.combining(each))
    return text.translate(_ACCENTED) if bare == text else bare


# Lists


def lists(atoms: Sequence[Atom], writing: Writing, most: int = 0) -> list[tuple[str, ...]]:
    """Lists with some of the members that *atoms* name, of each length, the shortest first.

    Args:
        atoms: What tests look for.
        writing: How that is written.
        most: Of how many combinations all are made, where these are more than usual.
    """
    members = [writing(value) for name, value in atoms if name == "member"]
    asked = [int(value) for name, value in atoms if name == "length"]
    lengths = {size + step for size in asked for step in (-1, 0, 1, 2)}
    found = (
        chosen + _others(size - len(chosen), members)
        for chosen in _subsets(members[:_LONGEST], most // (len(lengths) + 2))
        for size in sorted({len(chosen), len(chosen) + 1, *lengths})
        if len(chosen) <= size <= _LONGEST
    )
    return sorted(islice(found, max(most, _MOST_CANDIDATES)), key=len)


def _subsets(items: Sequence[_Item], most: int) -> Iterator[tuple[_Item, ...]]:
    """All subsets of *items*, if these are few or no more than *most*, and some of many."""
    if len(items) > _MOST_TOGETHER and 1 << len(items) > most:
        yield from _some(items)
        return
    for chosen in product((False, True), repeat=len(items)):
        yield tuple(compress(items, chosen))


def _some(items: Sequence[_Item]) -> Iterator[tuple[_Item, ...]]:
    """Subsets of many *items*: none, each alone, all, all but one, each pair, some of any number.

    Those of any number are of neighbours, in a circle: so each item is in one, and out of one.
    """
    size = len(items)
    yield ()
    yield tuple(items)
    for place, each in enumerate(items):
        yield (each,)
        yield (*items[:place], *items[place + 1 :])
    yield from islice(combinations(items, 2), _MOST_CANDIDATES // 2)
    circle = (*items, *items)
    for number in range(3, size - 1):
        for place in range(size):
            yield circle[place : place + number]


def _others(size: int, members: Sequence[str]) -> tuple[str, ...]:
    """So many texts that are none of *members*."""
    if size <= 0:
        return ()
    taken = set(map(folded, members))
    names = (OTHER, *(f"{OTHER} {number}" for number in range(2, size + len(taken) + 2)))
    return tuple(islice((each for each in names if each not in taken), size))


def near_lists(atoms: Sequence[Atom], writing: Writing) -> Iterator[tuple[str, ...]]:
    """All that *atoms* look for, then each alone, in other case and with other accents."""
    members = [writing(value) for name, value in atoms if name == "member"]
    yield tuple(members[:_LONGEST])
    for text in members:
        yield (text,)
        yield (text.swapcase(),)
        yield (_accents_turned(text),)
