"""Words that deny: what is near to a sentence by its letters may say the opposite."""

import re
from collections.abc import Iterable

DENYING = frozenset(
    {"not", "no", "never", "none", "nor", "neither", "nobody", "nothing", "without", "cannot"}
    | {"hardly", "rarely", "except", "excluding", "minus", "nto"}
)
_SHORT = re.compile(r"(?:is|are|was|were|has|have|had|do|does|did|wo|ca|would|could|should)n'?t")
_PREFIXES = ("un", "dis", "non", "in", "im", "il", "ir", "mis", "anti", "non-", "un-", "ex-", "no-")
_SELF = frozenset({"me", "i", "my", "us", "mine", "myself"})
_OTHERS = frozenset({"them", "him", "her", "they", "he", "she", "themselves"})


def denies(word: str) -> bool:
    """Whether *word* denies what stands beside it."""
    return word in DENYING or _SHORT.fullmatch(word) is not None


def is_prefixed(one: str, other: str) -> bool:
    """Whether one of two words is the other with a prefix that denies, as `unmet` is."""
    return any(
        long == prefix + short
        for long, short in ((one, other), (other, one))
        for prefix in _PREFIXES
    )


def differs(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two sentences with much the same words say the opposite of each other."""
    first, second = [*one], [*other]
    odd = sum(map(denies, first)) + sum(map(denies, second))
    apart, added = {*first} - {*second}, {*second} - {*first}
    odd += sum(any(is_prefixed(word, each) for each in added) for word in apart)
    return odd % 2 == 1


def are_others(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether one of two sentences is about the owner where the other is about the contact."""
    first, second = {*one}, {*other}
    return bool(first & _OTHERS and second & _SELF and not first & _SELF)
