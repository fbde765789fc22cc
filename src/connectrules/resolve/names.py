"""The names in force: facts, definitions, and how each may be said."""

from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from functools import cached_property, lru_cache

import attrs

from connectrules.rules.tree import Condition
from connectrules.schema.types import YesNo
from connectrules.schema.vocabulary import Fact, Vocabulary
from connectrules.syntax.tokens import Kind, Token, Tokens
from connectrules.syntax.words import sentence

VERBS = frozenset({"is", "are", "was", "has", "have", "would", "will", "can", "could", "should"})
"""A name that begins with one of these is denied by `not` after it."""

WORDY = frozenset({Kind.WORD, Kind.NUMBER, Kind.DATE, Kind.BAD_NUMBER, Kind.BAD_DATE})
"""What a name may be made of."""


@attrs.frozen
class Definition:
    """A DEFINE.

    Attributes:
        name: The name as it is written.
        condition: What it stands for; None while that is unknown or faulty.
        size: How many sentences that is, definitions spelled out.
    """

    name: str
    condition: Condition | None
    size: int = 1


Named = Fact | Definition


def words(tokens: Iterable[Token]) -> list[str]:
    """*tokens* as names are compared."""
    return [text.lower() for text in Tokens.of(tokens).texts]


def key(tokens: Iterable[Token]) -> str:
    """A name as names are compared."""
    return " ".join(words(tokens))


def denied(name: str) -> str | None:
    """How *name* is denied in place, such as ``is not a bot``; None where it is not."""
    first, _, rest = name.partition(" ")
    return f"{first} not {rest}" if first in VERBS and rest else None


class Names:
    """The names in force in a policy.

    Args:
        facts: The facts, by their key.
        definitions: The definitions, by their key; each is put in place when its
            condition is known.
        broken: The keys of names whose declarations are faulty. What a sentence
            with one of them says cannot be told.
        partial: Whether further names are missing, those of a file that was not
            found.
    """

    def __init__(
        self,
        facts: Mapping[str, Fact],
        definitions: MutableMapping[str, Definition],
        broken: Iterable[str] = (),
        *,
        partial: bool = False,
    ) -> None:
        self.facts, self.definitions = facts, definitions
        self._starts = _starts(frozenset(facts))
        self._broken, self._partial = _Starts(broken), partial
        self._denials = {
            opposite: name
            for name in (
                *(name for name, fact in facts.items() if isinstance(fact.type, YesNo)),
                *definitions,
            )
            if (opposite := denied(name))
        }

    def named(self, said: str) -> Iterator[tuple[Named, bool]]:
        """The definition called *said*, and what is denied by saying so; with which it is."""
        if said in self.definitions:
            yield self.definitions[said], False
        affirmed = self._denials.get(said)
        if affirmed is not None:
            yield self.definitions.get(affirmed) or self.facts[affirmed], True

    def begins(self, word: str) -> bool:
        """Whether a fact's name begins with *word*."""
        return word in self._starts.lengths

    def at(self, texts: Sequence[str], start: int) -> Iterator[tuple[Fact, int]]:
        """The facts whose name begins at *start*, and where it ends."""
        for name, end in self._starts.at(texts, start):
            yield self.facts[name], end

    def one_at(self, texts: Sequence[str], start: int) -> Iterator[tuple[Fact, int]]:
        """The facts whose name, one word of it made singular, begins at *start*."""
        for variant, end in self._singular_starts.at(texts, start):
            for fact in self._singular[variant]:
                yield fact, end

    def is_clouded(self, texts: Sequence[str]) -> bool:
        """Whether a sentence may have a reading that a faulty declaration takes away."""
        return self._partial or any(
            True for start in range(len(texts)) for _ in self._broken.at(texts, start)
        )

    @cached_property
    def all(self) -> Mapping[str, Named]:
        """Every fact and definition, by its key."""
        return {**self.facts, **self.definitions}

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of all names."""
        return frozenset(word for name in self.all for word in name.split())

    @cached_property
    def _singular(self) -> Mapping[str, Sequence[Fact]]:
        found: dict[str, list[Fact]] = {}
        for name, fact in self.facts.items():
            for variant in _singulars(name):
                found.setdefault(variant, []).append(fact)
        return found

    @cached_property
    def _singular_starts(self) -> "_Starts":
        return _Starts(self._singular)


class _Starts:
    """Names by their first word, so that those at a place are found quickly.

    Args:
        names: The names.

    Attributes:
        lengths: By the first word of a name, how many words such names have.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(names)
        lengths: dict[str, list[int]] = {}
        for parts in filter(None, map(str.split, self._names)):
            found = lengths.setdefault(parts[0], [])
            if len(parts) not in found:
                found.append(len(parts))
                found.sort()
        self.lengths = lengths

    def at(self, texts: Sequence[str], start: int) -> Iterator[tuple[str, int]]:
        """The names that begin at *start* of *texts*, and where each ends."""
        if start < len(texts):
            for length in self.lengths.get(texts[start], ()):
                end = start + length
                name = " ".join(texts[start:end])
                if end <= len(texts) and name in self._names:
                    yield name, end


@lru_cache(maxsize=8)
def _starts(names: frozenset[str]) -> _Starts:
    """*names* by their first word, made once for policies with the same facts."""
    return _Starts(names)


def _singulars(name: str) -> set[str]:
    """*name* with one of its words made singular, in every way that English may."""
    parts = name.split()
    return {
        " ".join((*parts[:place], single, *parts[place + 1 :]))
        for place, word in enumerate(parts)
        for ending, instead in (("ies", "y"), ("es", ""), ("s", ""))
        if word.endswith(ending) and (single := word.removesuffix(ending) + instead)
    }


def facts_by_words(vocabulary: Vocabulary[object]) -> dict[str, Fact]:
    """The facts of *vocabulary* by their name, split as sentences are."""
    return {_in_words(name): fact for name, fact in vocabulary.facts.items()}


@lru_cache(maxsize=4_096)
def _in_words(name: str) -> str:
    tokens = sentence(name)
    return key(tokens) if tokens else name
