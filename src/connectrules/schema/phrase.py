"""Phrases registered in Python: a pattern with typed holes, and the function that answers."""

import datetime
import inspect
import re
import typing
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

import attrs

from connectrules.errors import VocabularyError
from connectrules.schema.types import Duration, canonical

Answer = Callable[..., bool | None]

_HOLES: dict[str, frozenset[object]] = {
    "text": frozenset({str}),
    "texts": frozenset({tuple[str, ...], Sequence[str]}),
    "number": frozenset({float, int | float}),
    "count": frozenset({int}),
    "date": frozenset({datetime.date}),
    "duration": frozenset({Duration}),
}
_NEGATIONS = frozenset({"not", "never", "no"})
_PART = re.compile(r"\{\s*(?P<name>\w*)\s*:\s*(?P<kind>\w*)\s*\}|(?P<word>[^\s\"()\[\]{};:,<>=!]+)")


@attrs.frozen
class Hole:
    """A place in a pattern for one literal.

    Attributes:
        name: The parameter of the function that takes it.
        kind: ``text``, ``texts``, ``number``, ``count``, ``date`` or ``duration``.
    """

    name: str
    kind: str


@attrs.frozen
class Phrase:
    """A sentence of one's own; make one with `phrase`.

    Attributes:
        pattern: The sentence, with its holes.
        parts: The pattern's words, as names are compared, and its holes.
        function: What answers it, for a record and the literals in the holes.
    """

    pattern: str
    parts: tuple[str | Hole, ...] = attrs.field(repr=False)
    function: Answer = attrs.field(repr=False)

    def __call__(self, *args: object, **kwargs: object) -> bool | None:
        """What the function answers."""
        return self.function(*args, **kwargs)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle as the name it is found under in its module."""
        return _found, (self.function.__module__, self.function.__qualname__)


def _found(module: str, name: str) -> object:
    found: object = __import__(module, fromlist=["_"])
    for part in name.split("."):
        found = getattr(found, part)
    return found


def phrase(pattern: str) -> Callable[[Answer], Phrase]:
    """Make a sentence of a function.

    The function takes a record and, by name, the literals that stand in the
    pattern's holes; it answers True, False, or None where it does not know.

    Args:
        pattern: The sentence, with holes ``{name:kind}``. A kind is ``text``
            (str), ``texts`` (tuple of str), ``number`` (float), ``count`` (int),
            ``date`` (date) or ``duration`` (Duration).

    Raises:
        VocabularyError: Where the pattern holds a negation, does not follow this
            form, or does not fit the function; where the function is async.
    """
    parts = _parts(pattern)

    def decorate(function: Answer) -> Phrase:
        _check(pattern, parts, function)
        return Phrase(pattern, parts, function)

    return decorate


def _parts(pattern: str) -> tuple[str | Hole, ...]:
    parts: list[str | Hole] = []
    end = 0
    for found in _PART.finditer(pattern):
        if pattern[end : found.start()].strip():
            break
        end = found.end()
        word = found["word"]
        parts.append(canonical(word) if word else Hole(found["name"], found["kind"]))
    if pattern[end:].strip() or not any(isinstance(part, str) for part in parts):
        msg = (
            f"`{pattern}` is no phrase: write words, with holes such as `{{company:text}}` in them"
        )
        raise VocabularyError(msg)
    denied = next((part for part in parts if part in _NEGATIONS), None)
    if denied:
        msg = f"`{pattern}` holds `{denied}`: say it without, policies put NOT before it"
        raise VocabularyError(msg)
    for part in parts:
        if isinstance(part, Hole) and part.kind not in _HOLES:
            msg = f"`{pattern}`: a hole is one of {', '.join(_HOLES)}, and `{part.kind}` is none"
            raise VocabularyError(msg)
    return tuple(parts)


def _check(pattern: str, parts: tuple[str | Hole, ...], function: Answer) -> None:
    if inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function):
        msg = f"`{pattern}`: `{function.__qualname__}` is async, and a phrase answers at once"
        raise VocabularyError(msg)
    holes = {part.name: part for part in parts if isinstance(part, Hole)}
    names = list(inspect.signature(function).parameters)
    if set(names[1:]) != set(holes) or len(holes) != sum(isinstance(p, Hole) for p in parts):
        msg = (
            f"`{pattern}`: `{function.__qualname__}` takes a record and then one parameter for "
            f"each hole, {', '.join(holes) or 'of which there are none'}; it takes "
            f"{', '.join(names) or 'nothing'}"
        )
        raise VocabularyError(msg)
    hints = typing.get_type_hints(function)
    for name, hole in holes.items():
        if name in hints and hints[name] not in _HOLES[hole.kind]:
            msg = (
                f"`{pattern}`: the hole `{name}` is {hole.kind}, and `{function.__qualname__}` "
                f"annotates `{name}` otherwise"
            )
            raise VocabularyError(msg)


_ALIKE = {"texts": "text", "count": "number"}
_UNIT = frozenset({"day", "days", "week", "weeks", "month", "months", "year", "years"})


def overlapping(phrases: Iterable[Phrase]) -> tuple[Phrase, Phrase] | None:
    """Two of *phrases* that one sentence could match, if there are any."""
    return next(
        (
            (one, other)
            for one, other in combinations(phrases, 2)
            if _unify(_spread(one.parts), _spread(other.parts))
        ),
        None,
    )


def _spread(parts: tuple[str | Hole, ...]) -> list[object]:
    """*parts* with holes by the shape of what they take; a duration is a number and a unit."""
    spread: list[object] = []
    for part in parts:
        if isinstance(part, str):
            spread.append(part)
        elif part.kind == "duration":
            spread += [("number",), _UNIT]
        else:
            spread.append((_ALIKE.get(part.kind, part.kind),))
    return spread


def _unify(one: list[object], other: list[object]) -> bool:
    return len(one) == len(other) and all(
        a == b or (a is _UNIT and b in _UNIT) or (b is _UNIT and a in _UNIT)
        for a, b in zip(one, other, strict=True)
    )
