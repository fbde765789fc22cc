"""The names in force: facts, definitions, and how each may be said."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from connectrules.rules.tree import Condition
from connectrules.schema.types import YesNo
from connectrules.schema.vocabulary import Fact, Vocabulary
from connectrules.syntax.tree import Kind, Token
from connectrules.syntax.words import sentence

VERBS = frozenset("is are was has have would will can could should".split())
"""A name that begins with one of these is denied by `not` after it."""


@attrs.frozen
class Definition:
    """A DEFINE.

    Attributes:
        name: The name as it is written.
        condition: What it stands for; None while that is faulty.
    """

    name: str
    condition: Condition | None


Named = Fact | Definition


def key(tokens: Sequence[Token]) -> str:
    """Words as names are compared."""
    return " ".join(token.text for token in tokens)


def denied(name: str) -> str | None:
    """How *name* is denied in place, such as ``is not a bot``; None where it is not."""
    first, _, rest = name.partition(" ")
    return f"{first} not {rest}" if first in VERBS and rest else None


class Names:
    """The names in force in a policy.

    Args:
        facts: The facts, by their key.
        definitions: The definitions, by their key; None where one is declared but
            faulty.
    """

    def __init__(self, facts: Mapping[str, Fact], definitions: Mapping[str, Definition]) -> None:
        self.facts, self.definitions = facts, definitions
        self._lengths = _lengths(facts)
        self._singular: dict[str, list[Fact]] | None = None
        self._singular_lengths: dict[str, tuple[int, ...]] = {}
        self.conditions: dict[str, list[tuple[Named, bool]]] = {}
        """Definitions by how they are said, and those and yes/no facts by how they are denied."""
        yes_no = {k: fact for k, fact in facts.items() if isinstance(fact.type, YesNo)}
        for name, named in (*yes_no.items(), *definitions.items()):
            if isinstance(named, Definition):
                self.conditions.setdefault(name, []).append((named, False))
            opposite = denied(name)
            if opposite:
                self.conditions.setdefault(opposite, []).append((named, True))

    def redefine(self, said: str, definition: Definition) -> None:
        """Put *definition* in the place of the one called *said*."""
        for name, is_denied in ((said, False), (denied(said), True)):
            if name is not None:
                self.conditions[name] = [
                    (definition, flag) if isinstance(named, Definition) and flag is is_denied else (named, flag)
                    for named, flag in self.conditions[name]
                ]

    def at(self, texts: Sequence[str], start: int) -> Iterator[tuple[Fact, int]]:
        """The facts whose name begins at *start*, and where it ends."""
        if start < len(texts):
            for length in self._lengths.get(texts[start], ()):
                end = start + length
                fact = self.facts.get(" ".join(texts[start:end]))
                if fact is not None and end <= len(texts):
                    yield fact, end

    def one_at(self, texts: Sequence[str], start: int) -> Iterator[tuple[Fact, int]]:
        """The facts whose name, one word of it made singular, begins at *start*."""
        if self._singular is None:
            self._singular = {}
            for name, fact in self.facts.items():
                for variant in _singulars(name):
                    self._singular.setdefault(variant, []).append(fact)
            self._singular_lengths = _lengths(self._singular)
        if start < len(texts):
            for length in self._singular_lengths.get(texts[start], ()):
                end = start + length
                if end <= len(texts):
                    found = self._singular.get(" ".join(texts[start:end]), ())
                    yield from ((fact, end) for fact in found)


def _lengths(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """For each first word, how many words the names that begin with it have."""
    found: dict[str, set[int]] = {}
    for name in names:
        words = name.split()
        found.setdefault(words[0], set()).add(len(words))
    return {word: tuple(sorted(lengths)) for word, lengths in found.items()}


def _singulars(name: str) -> set[str]:
    """*name* with one of its words made singular, in every way that English may."""
    words = name.split()
    return {
        " ".join((*words[:place], single, *words[place + 1 :]))
        for place, word in enumerate(words)
        for ending, instead in (("ies", "y"), ("es", ""), ("s", ""))
        if word.endswith(ending) and (single := word.removesuffix(ending) + instead)
    }


def facts_by_words(vocabulary: Vocabulary[object]) -> dict[str, Fact]:
    """The facts of *vocabulary* by their name, split as sentences are."""
    found = {}
    for name, fact in vocabulary.facts.items():
        tokens = sentence(name)
        found[key(tokens) if tokens else name] = fact
    return found


WORDY = frozenset({Kind.WORD, Kind.NUMBER, Kind.DATE, Kind.BAD_NUMBER, Kind.BAD_DATE})
"""What a name may be made of."""
