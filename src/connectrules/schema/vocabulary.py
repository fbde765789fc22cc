"""The facts and phrases a policy may speak of, and how they are said."""

import collections.abc
import datetime
import enum
import types
import typing
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Annotated, Any, Generic, Literal, NamedTuple, TypeVar, get_args, get_origin

import attrs

from connectrules.errors import VocabularyError
from connectrules.schema import types as kinds
from connectrules.schema.phrase import Phrase, overlapping
from connectrules.schema.types import FactType, canonical

R = TypeVar("R")
Made = TypeVar("Made")

_FACT = "connectrules.fact"
_MARKS = frozenset('"()[]{};:,<>=!')
"""What no word of a sentence holds."""
BESIDE = frozenset({"other", "origins"})
"""Mappings that hold facts without a field, and where values came from."""


@attrs.frozen(cache_hash=True)
class Fact:
    """Something a policy may ask of a contact.

    Attributes:
        name: How it is said, such as ``met in person``.
        type: What kind of value it has.
        attribute: The field of the record class that holds it; None where the
            record's mapping ``other`` does, or an answer.
        question: What to ask a person who is to answer it, with ``{name}`` for
            the contact's name.
        asked: Whether only a person can answer it.
    """

    name: str
    type: FactType
    attribute: str | None = None
    question: str | None = None
    asked: bool = False

    @property
    def key(self) -> str:
        """Its name as names are compared."""
        return canonical(self.name)

    @property
    def slot(self) -> str:
        """Its name in a record's mapping ``other``: see `slot`."""
        return slot(self.name)


@lru_cache(maxsize=4096)
def slot(name: str) -> str:
    """*name* as a record's mapping ``other`` knows it, said or as an attribute."""
    return canonical(name.replace("_", " "))


class _Setting(NamedTuple):
    name: str | None
    question: str | None
    asked: bool
    hidden: bool


def fact(
    name: str | None = None,
    *,
    question: str | None = None,
    asked: bool = False,
    hidden: bool = False,
) -> dict[str, object]:
    """Field metadata that says how a field is spoken of.

    Use it as ``attrs.field(metadata=fact("is a recruiter"))``, or with
    `dataclasses.field`.

    Args:
        name: How the fact is said, where that is not the field's own name.
        question: What to ask a person who is to answer it.
        asked: Whether only a person can answer it; a question implies it.
        hidden: Whether the field is no fact at all.
    """
    return {_FACT: _Setting(name, question, asked or question is not None, hidden)}


@attrs.frozen
class Vocabulary(Generic[R]):
    """What a policy about records of one class may speak of.

    Make one with `Vocabulary.of`.

    Attributes:
        record: The record class.
        facts: The facts, by their name as names are compared.
        phrases: The registered phrases.
        hidden: Fields that are no fact, by their name as names are compared,
            and why.
        keeps_other: Whether records carry a mapping ``other`` for the values of
            facts they have no field for.
    """

    record: type[R]
    facts: Mapping[str, Fact] = attrs.field(hash=False)
    phrases: tuple[Phrase, ...] = ()
    hidden: Mapping[str, str] = attrs.field(factory=dict, hash=False)
    keeps_other: bool = False

    @staticmethod
    def of(record: type[Made], *, phrases: Iterable[Phrase] = ()) -> "Vocabulary[Made]":
        """The vocabulary of an attrs class or dataclass.

        A field ``met_in_person`` is said ``met in person``, unless `fact` says
        otherwise. ``bool`` is yes/no, ``int`` and ``float`` a number, `Count` a
        count, ``str`` text, ``Literal`` and ``Enum`` one of their choices,
        ``date`` and ``datetime`` a date, and a list, tuple or set of ``str`` a
        list of text; ``X | None`` is ``X``. A field of another type is no fact.

        Raises:
            VocabularyError: Where the class has no fields, two fields are said
                alike, or one sentence could match two of the phrases.
        """
        facts: dict[str, Fact] = {}
        hidden: dict[str, str] = {}
        keeps_other = False
        for name, annotation, metadata in _fields(record):
            if name in BESIDE and _is_mapping(annotation):
                keeps_other = keeps_other or name == "other"
                continue
            setting = metadata.get(_FACT) or _Setting(None, None, asked=False, hidden=False)
            said = setting.name or name.strip("_").replace("_", " ")
            kind = None if setting.hidden else fact_type(annotation)
            if kind is None:
                why = "is set aside" if setting.hidden else "is of a type that no fact has"
                hidden[canonical(said)] = f"the field `{name}` of `{record.__name__}` {why}"
                continue
            key = canonical(said)
            if not key or not _MARKS.isdisjoint(key):
                msg = f"`{record.__name__}.{name}` cannot be said `{said}`: a name is words"
                raise VocabularyError(msg)
            if key in facts:
                msg = (
                    f"`{record.__name__}.{name}` and `{record.__name__}.{facts[key].attribute}` "
                    f"are both said `{said}`: give one another name with `fact(…)`"
                )
                raise VocabularyError(msg)
            if setting.question is not None and not isinstance(kind, kinds.YesNo):
                msg = f"`{record.__name__}.{name}` has a question but is not yes/no"
                raise VocabularyError(msg)
            facts[key] = Fact(said, kind, name, setting.question, setting.asked)
        chosen = tuple(phrases)
        _check_phrases(chosen, facts, record)
        return Vocabulary(record, facts, chosen, hidden, keeps_other)

    def declaring(self, *facts: Fact) -> "Vocabulary[R]":
        """This vocabulary with *facts* added, or put in the place of those said alike."""
        return attrs.evolve(self, facts={**self.facts, **{each.key: each for each in facts}})


def _check_phrases(chosen: Sequence[Phrase], facts: Mapping[str, Fact], record: type) -> None:
    for each in chosen:
        if not isinstance(each, Phrase):
            msg = f"`{each!r}` is not a phrase: make one of it with `@phrase(…)`"
            raise VocabularyError(msg)
        if each.name in facts:
            msg = f"`{each.pattern}` is a phrase and a fact of `{record.__name__}` as well"
            raise VocabularyError(msg)
    clash = overlapping(chosen)
    if clash:
        msg = (
            f"one sentence could match both `{clash[0].pattern}` and `{clash[1].pattern}`: "
            "give one of them other words"
        )
        raise VocabularyError(msg)


def _fields(record: type) -> list[tuple[str, object, Mapping[str, Any]]]:
    if not isinstance(record, type):
        msg = f"a vocabulary is made of a class, and `{record!r}` is none"
        raise VocabularyError(msg)
    if attrs.has(record):
        fields: Iterable[Any] = attrs.fields(record)
    elif hasattr(record, "__dataclass_fields__"):
        import dataclasses  # noqa: PLC0415 - whoever declares one has loaded it

        fields = dataclasses.fields(record)
    else:
        msg = f"`{record.__name__}` is neither an attrs class nor a dataclass"
        raise VocabularyError(msg)
    try:
        hints = typing.get_type_hints(record, include_extras=True)
    except (NameError, AttributeError, TypeError) as error:
        msg = f"the annotations of `{record.__name__}` cannot be read: {error}"
        raise VocabularyError(msg) from error
    return [(each.name, hints.get(each.name), each.metadata) for each in fields]


def fact_type(annotation: object) -> FactType | None:
    """The fact type of a field annotated so; None where it is no fact."""
    origin = get_origin(annotation)
    arguments = get_args(annotation)
    if origin is Annotated:
        counted = any(mark in get_args(kinds.Count)[1:] for mark in arguments[1:])
        return kinds.CountType() if counted else fact_type(arguments[0])
    if origin in {typing.Union, types.UnionType}:
        rest = [each for each in arguments if not _is_gap(each)]
        return fact_type(rest[0]) if len(rest) == 1 else None
    if origin is Literal:
        choices = [each for each in arguments if each is not None and each is not kinds.UNSURE]
        return _one_of(choices) if all(isinstance(each, str) for each in choices) else None
    if origin in _LISTS:
        inner = [each for each in arguments if each is not Ellipsis]
        return kinds.TextList() if inner == [str] else None
    if isinstance(annotation, type):
        if issubclass(annotation, enum.Enum):
            return _one_of([kinds.choice_text(each) for each in annotation])
        return _SIMPLE.get(annotation)
    return None


def _is_gap(annotation: object) -> bool:
    """Whether *annotation* allows for what is unknown or unsure, and for nothing else."""
    gaps = (None, type(None), kinds.Unsure, kinds.UNSURE)
    inside = get_args(annotation) if get_origin(annotation) is Literal else (annotation,)
    return all(any(each is gap for gap in gaps) for each in inside)


def _is_mapping(annotation: object) -> bool:
    origin = get_origin(annotation)
    if origin in {typing.Union, types.UnionType}:
        return any(_is_mapping(each) for each in get_args(annotation))
    kind = origin or annotation
    return isinstance(kind, type) and issubclass(kind, collections.abc.Mapping)


def _one_of(choices: Iterable[str]) -> FactType | None:
    texts = tuple(choices)
    return kinds.OneOf(texts) if texts and not kinds.duplicates(texts) else None


_SIMPLE: dict[type, FactType] = {
    bool: kinds.YesNo(),
    int: kinds.Number(),
    float: kinds.Number(),
    str: kinds.Text(),
    datetime.date: kinds.Date(),
    datetime.datetime: kinds.Date(),
}
_LISTS = {
    list,
    tuple,
    set,
    frozenset,
    collections.abc.Sequence,
    collections.abc.Set,
    collections.abc.Collection,
}
