"""What would bring another decision, in words."""

import datetime
from collections.abc import Iterable, Sequence
from itertools import chain

from connectrules.explanation import Change, WhyNot
from connectrules.render.cells import harmless
from connectrules.render.values import said
from connectrules.verdict import Decision

_NOTHING = "no change of the contact's facts could bring it"
_NOT_FOUND = "no way was found that brings it: not all could be tried"
_AFTER_THE_THING = frozenset({"at", "by", "for", "from", "in", "of", "on", "per", "to", "with"})
_NOT = "NOT "
_UNPROVEN = "there may be a way with fewer changes: not all could be tried"


def why_not_text(found: WhyNot, *, is_said: bool = True) -> list[str]:
    """What would bring the decision of *found*, a line for each way.

    Args:
        found: What would bring it.
        is_said: Whether the policy can say the decision at all.
    """
    word = found.decision.value
    if not found.ways:
        if not found.fewest:
            return [_NOT_FOUND]
        return [_NOTHING if is_said else f"no rule says {word}"]
    if not any(found.ways):
        return [f"it is {word} already"]
    lines = [way_text(found.decision, way) for way in found.ways]
    return lines if found.fewest else [*lines, _UNPROVEN]


def way_text(decision: Decision, way: Sequence[Change]) -> str:
    """*way* to *decision*: ``would connect if `would recommend` were yes``."""
    held = dict.fromkeys(text for change in way for text in _conditions(change))
    ifs = [*_answers(way), *held]
    withs = [text for change in way for text in _amounts(change)]
    parts = [f"would {decision.value}"]
    if ifs:
        parts.append(f"if {_and(ifs)}")
    if withs:
        parts.append(f"with {_and(withs)}")
    return " ".join(parts)


def _answers(way: Sequence[Change]) -> list[str]:
    """The yes/no facts of *way*, those of one answer together."""
    said_so: dict[str, list[str]] = {}
    for change in way:
        if isinstance(change.after, bool):
            said_so.setdefault(said(change.after), []).append(f"`{change.fact}`")
    return [f"{_and(names)} were {answer}" for answer, names in said_so.items()]


def _amounts(change: Change) -> list[str]:
    """How many more of a count of things it takes, as in ``38 more followers``."""
    if not _is_amount(change):
        return []
    much = abs(change.by or 0)
    word = "more" if (change.by or 0) > 0 else "fewer"
    name = _of_one(change.fact) if much == 1 else change.fact
    return [f"{much:,} {word} {name}"]


def _is_amount(change: Change) -> bool:
    """Whether a count of things changes, by its name: the plural of what it counts."""
    whole = isinstance(change.by, int) and isinstance(change.after, int)
    return whole and _plural(change.fact) is not None


def _plural(name: str) -> int | None:
    """Which word of *name* is the plural of what it counts, if one is."""
    for place, word in enumerate(name.split()):
        if word in _AFTER_THE_THING:
            break
        if word.endswith("s") and not word.endswith(("ss", "us", "is")):
            return place
    return None


def _of_one(name: str) -> str:
    """*name* after a 1: ``follower``."""
    words = name.split()
    place = _plural(name)
    if place is None:
        return name
    word = words[place]
    words[place] = f"{word[:-3]}y" if word.endswith("ies") else word[:-1]
    return " ".join(words)


def _conditions(change: Change) -> list[str]:
    """What would have to be so of a fact that is not yes/no."""
    if _is_amount(change) or isinstance(change.after, bool):
        return []
    name = f"`{change.fact}`"
    if isinstance(change.after, tuple) and change.by:
        items = [*_items(name, "also had", change.gains), *_lost(name, change.loses)]
        return [*items, f"{name} had {_any_items(change.by, others=bool(items))}"]
    if change.by:
        return [f"{name} were {_moved(change)}"]
    if (change.gains or change.loses) and not isinstance(change.after, str):
        return list(chain(_items(name, "also had", change.gains), _lost(name, change.loses)))
    value = said(change.after)
    if not change.says or (isinstance(change.after, str) and _denies(change.says, value)):
        return [f"{name} were {value}"]
    return [_held(harmless(each)) for each in change.says]


def _denies(says: Sequence[str], value: str) -> bool:
    """Whether one of *says* denies a sentence about *value*, which is what it takes then."""
    return any(each.startswith(_NOT) and value in each for each in says)


def _held(sentence: str) -> str:
    if sentence.startswith(_NOT):
        return f"`{sentence.removeprefix(_NOT)}` did not hold"
    return f"`{sentence}` held"


def _moved(change: Change) -> str:
    """To what a number or a date moves, and how far."""
    by = change.by or 0
    far = f"{abs(by):,.6g}" if isinstance(by, float) else f"{abs(by):,}"
    if isinstance(change.after, datetime.date):
        days = "day" if abs(by) == 1 else "days"
        return f"{said(change.after)} ({far} {days} {'later' if by > 0 else 'earlier'})"
    return f"{_rounded(change.after)} ({far} {'more' if by > 0 else 'less'})"


def _rounded(value: object) -> str:
    """*value*, where it is the next double to a short one as that one."""
    if isinstance(value, float) and len(repr(value)) > len("0.12345678901"):
        short = float(f"{value:.9g}")
        if short != value:
            return f"just {'under' if value < short else 'over'} {said(short)}"
    return said(value)


def _items(name: str, verb: str, items: Iterable[str]) -> list[str]:
    shown = _and([said(item) for item in items])
    return [f"{name} {verb} {shown}"] if shown else []


def _any_items(by: float, *, others: bool) -> str:
    """How many items more or fewer a list would have, whatever they are."""
    much = abs(by)
    word = ("other" if others else "more") if by > 0 else "fewer"
    return f"{much:,} {word} {'item' if much == 1 else 'items'}"


def _lost(name: str, items: Sequence[str]) -> list[str]:
    return _items(name, "had no", items)


def _and(parts: Sequence[str]) -> str:
    *first, last = parts or [""]
    return f"{', '.join(first)} and {last}" if first else last
