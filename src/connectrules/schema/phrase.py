"""Phrases registered in Python: a pattern with typed holes, and the function that answers."""

import datetime
import inspect
import re
import typing
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from itertools import combinations
from typing import Any, NamedTuple

import attrs

from connectrules.errors import VocabularyError
from connectrules.schema.types import Duration, canonical, shown

Answer = Callable[..., bool | None]
ColumnForm = Callable[..., Any]
"""What answers a phrase for a table at once: from columns and the literals to a column."""

_HOLES: dict[str, frozenset[object]] = {
    "text": frozenset({str}),
    "texts": frozenset({tuple[str, ...], Sequence[str]}),
    "number": frozenset({float, int | float}),
    "count": frozenset({int}),
    "date": frozenset({datetime.date}),
    "duration": frozenset({Duration}),
}
_NEGATIONS = frozenset({"not", "never", "no"})
_PART = r"\{\s*(?P<name>\w*)\s*:\s*(?P<kind>\w*)\s*\}|(?P<word>[^\s\"()\[\]{};:,<>=!]+)"


class Hole(NamedTuple):
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
        frame: What answers it for a whole table, if anything does: its column form.
    """

    pattern: str
    parts: tuple[str | Hole, ...] = attrs.field(repr=False)
    function: Answer = attrs.field(repr=False)
    frame: ColumnForm | None = attrs.field(default=None, repr=False)

    @property
    def name(self) -> str | None:
        """The sentence as names are compared; None where it has holes."""
        words = [part for part in self.parts if isinstance(part, str)]
        return " ".join(words) if len(words) == len(self.parts) else None

    def __call__(self, *args: object, **kwargs: object) -> bool | None:
        """What the function answers."""
        return self.function(*args, **kwargs)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle as the name it is found under in its module."""
        module, name = self.function.__module__, self.function.__qualname__
        try:
            found = _found(module, name)
        except (AttributeError, ImportError):
            found = None
        if found is not self:
            from pickle import PicklingError  # noqa: PLC0415 - whoever pickles has loaded it

            msg = f"`{self.pattern}` cannot be pickled: it is not found as `{name}` in `{module}`"
            raise PicklingError(msg)
        return _found, (module, name)


def _found(module: str, name: str) -> object:
    found: object = import_module(module)
    for part in name.split("."):
        found = getattr(found, part)
    return found


def phrase(pattern: str, *, frame: ColumnForm | None = None) -> Callable[[Answer], Phrase]:
    """Make a sentence of a function.

    The function takes a record and, by name, the literals that stand in the
    pattern's holes; it answers True, False, or None where it does not know.

    Args:
        pattern: The sentence, with holes ``{name:kind}``. A kind is ``text``
            (str), ``texts`` (tuple of str), ``number`` (float), ``count`` (int),
            ``date`` (date) or ``duration`` (Duration).
        frame: The column form, which answers for a whole table: a function that takes
            another one, from a fact's name to its column, and by name the same literals.
            It gives an expression of narwhals: yes, no, or null where it is not known.

    Raises:
        VocabularyError: Where the pattern holds a negation, does not follow this
            form, or does not fit the function or the column form; where one of the two
            is async or a generator; where the brackets were forgotten.
    """
    if not isinstance(pattern, str):
        is_function = inspect.isroutine(pattern)
        given = "a function" if is_function else f"`{shown(pattern)}`"
        above = f"`{pattern.__name__}`" if is_function else "the function"
        msg = (
            f"a phrase begins with its words, and not with {given}: "
            f'write `@phrase("…")` above {above}'
        )
        raise VocabularyError(msg)
    parts = _parts(pattern)
    if frame is not None:
        _check(pattern, parts, frame, _FORM)

    def decorate(function: Answer) -> Phrase:
        _check(pattern, parts, function, _FUNCTION)
        return Phrase(pattern, parts, function, frame)

    return decorate


class _Kind(NamedTuple):
    """What a function is for: what it is, and what it takes beside the literals, in words."""

    is_called: str
    takes: str
    given: str


_FUNCTION = _Kind("a phrase", "a record", "its record")
_FORM = _Kind("a column form", "a function that gives columns", "that function")


def _parts(pattern: str) -> tuple[str | Hole, ...]:
    parts: list[str | Hole] = []
    end = 0
    for found in re.finditer(_PART, pattern):
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


def _check(
    pattern: str, parts: tuple[str | Hole, ...], function: Callable[..., object], kind: _Kind
) -> None:
    called = getattr(function, "__qualname__", "the function")
    if not callable(function):
        msg = f"`{pattern}`: {kind.is_called} is a function, and `{shown(function)}` is none"
        raise VocabularyError(msg)
    if inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function):
        msg = f"`{pattern}`: `{called}` is async, and {kind.is_called} answers at once"
        raise VocabularyError(msg)
    if inspect.isgeneratorfunction(function):
        msg = f"`{pattern}`: `{called}` yields, and {kind.is_called} returns its answer"
        raise VocabularyError(msg)
    holes = {part.name: part for part in parts if isinstance(part, Hole)}
    names = _parameters(pattern, called, function, kind)
    if (
        not names
        or set(names[1:]) != set(holes)
        or len(holes) != sum(isinstance(p, Hole) for p in parts)
    ):
        msg = (
            f"`{pattern}`: `{called}` takes {kind.takes} and then one parameter for each hole, "
            f"{', '.join(holes) or 'of which there are none'}; it takes "
            f"{', '.join(names) or 'nothing'}"
        )
        raise VocabularyError(msg)
    try:
        annotated = function if inspect.isroutine(function) else type(function).__call__
        hints = typing.get_type_hints(annotated)
    except (NameError, AttributeError, TypeError) as error:
        msg = f"`{pattern}`: the annotations of `{called}` cannot be read: {error}"
        raise VocabularyError(msg) from error
    for name, hole in holes.items():
        if name in hints and not _takes(hints[name], hole):
            msg = (
                f"`{pattern}`: the hole `{name}` is {hole.kind}, and `{called}` "
                f"annotates `{name}` otherwise"
            )
            raise VocabularyError(msg)


def _takes(annotation: object, hole: Hole) -> bool:
    return any(annotation == each for each in _HOLES[hole.kind])


def _parameters(
    pattern: str, called: str, function: Callable[..., object], kind: _Kind
) -> list[str]:
    """The parameters of *function*: the first, and those that take a hole's literal by name."""
    parameters = list(inspect.signature(function).parameters.values())
    either = inspect.Parameter.POSITIONAL_OR_KEYWORD
    for place, parameter in enumerate(parameters):
        alone = inspect.Parameter.KEYWORD_ONLY if place else inspect.Parameter.POSITIONAL_ONLY
        if parameter.kind not in {either, alone}:
            msg = (
                f"`{pattern}`: `{called}` takes `{parameter}`, and {kind.is_called} is given "
                f"{kind.given} by place and its literals by name"
            )
            raise VocabularyError(msg)
    return [parameter.name for parameter in parameters]


def overlapping(phrases: Iterable[Phrase]) -> tuple[Phrase, Phrase] | None:
    """Two of *phrases* that one sentence could match, if there are any."""
    spread = [(each, _spread(each.parts)) for each in phrases]
    return next(
        (
            (one, other)
            for (one, its_parts), (other, other_parts) in combinations(spread, 2)
            if _unify(its_parts, other_parts)
        ),
        None,
    )


_Place = frozenset[str]
"""What may stand in one place: one of some words, or a kind of literal."""

_UNIT = frozenset({"day", "days", "week", "weeks", "month", "months", "year", "years"})
_LITERALS: dict[str, tuple[_Place, ...]] = {
    "text": (frozenset({"{text}"}),),
    "number": (frozenset({"{number}"}),),
    "count": (frozenset({"{number}"}),),
    "date": (frozenset({"{date}"}),),
    "duration": (frozenset({"{number}"}), _UNIT),
}
"""The shape of what a hole takes, by its kind; texts take more than one."""

_LASTS = frozenset({"or", "and"})


def _spread(parts: tuple[str | Hole, ...]) -> list[tuple[_Place, ...]]:
    """*parts*, each as the ways it may be filled: texts as one, or as two with `or` or `and`.

    A list of more texts has commas, which stand in no other part.
    """
    ways: list[tuple[_Place, ...]] = [()]
    for part in parts:
        match part:
            case str():
                choices: list[tuple[_Place, ...]] = [(frozenset({part}),)]
            case Hole(kind="texts"):
                text = _LITERALS["text"]
                choices = [text, (*text, _LASTS, *text)]
            case Hole(kind=kind):
                choices = [_LITERALS[kind]]
        ways = [(*way, *choice) for way in ways for choice in choices]
    return ways


def _unify(one: list[tuple[_Place, ...]], other: list[tuple[_Place, ...]]) -> bool:
    return any(
        len(way) == len(its) and all(a & b for a, b in zip(way, its, strict=True))
        for way in one
        for its in other
    )
