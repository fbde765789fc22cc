"""The phrase book's spellings as one tree of words and holes."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

import attrs

from connectrules.rules.entry import Operator
from connectrules.rules.operators import PHRASE_BOOK
from connectrules.schema.phrase import Hole, Phrase

_LAST = {"one of": "or", "any of": "or", "all of": "and"}
"""What joins the last of several texts, by the words before them."""


@attrs.frozen
class Entry:
    """What a spelling leads to.

    Attributes:
        meaning: The phrase book's entry, or the registered phrase.
        denied: Whether the spelling says the opposite.
        spelling: The spelling.
        last: What joins the last of several texts that it ends with; None where
            either word may.
    """

    meaning: Operator | Phrase
    denied: bool
    spelling: str
    last: str | None = None


@attrs.frozen(eq=False)
class Node:
    """A place in the tree of spellings.

    Attributes:
        words: Where each word leads.
        holes: Where each kind of hole leads, by the hole's kind and name.
        entries: The spellings that end here.
    """

    words: dict[str, "Node"] = attrs.field(factory=dict)
    holes: dict[Hole, "Node"] = attrs.field(factory=dict)
    entries: list[Entry] = attrs.field(factory=list)

    def add(self, parts: Sequence[str | Hole], entry: Entry) -> None:
        """Add a spelling below this node."""
        node = self
        for part in parts:
            match part:
                case Hole():
                    node = node.holes.setdefault(part, Node())
                case str():
                    node = node.words.setdefault(part, Node())
        node.entries.append(entry)


@cache
def phrase_book() -> Node:
    """All spellings of the phrase book."""
    root = Node()
    for operator in PHRASE_BOOK:
        for denied, spellings in ((False, operator.spellings), (True, operator.opposites)):
            for spelling in spellings:
                last = _LAST.get(" ".join(spelling.split()[-3:-1]))
                for parts in _variants(spelling):
                    root.add(parts, Entry(operator, denied, spelling, last))
    return root


@cache
def words() -> frozenset[str]:
    """Every word of the phrase book."""
    own = {"my", "times", "of", "days", "weeks", "months", "years"}
    return frozenset(
        own
        | {
            part
            for operator in PHRASE_BOOK
            for spelling in (*operator.spellings, *operator.opposites)
            for parts in _variants(spelling)
            for part in parts
            if isinstance(part, str)
        }
    )


def of_phrases(phrases: Sequence[Phrase]) -> Node:
    """The patterns of registered phrases."""
    root = Node()
    for phrase in phrases:
        root.add(phrase.parts, Entry(phrase, denied=False, spelling=phrase.pattern))
    return root


def _variants(spelling: str) -> Iterator[tuple[str | Hole, ...]]:
    """The spellings that *spelling* stands for: one for each choice of its variants."""
    choices: list[list[str | Hole]] = []
    for part in spelling.split():
        if part.startswith("{"):
            choices.append([Hole("", part.strip("{}"))])
        else:
            choices.append([*part.split("|")])
    return product(*choices)


def said(spelling: str, fact: str) -> str:
    """*spelling* as an example for *fact*, such as ``followers is at least 5``."""
    parts: list[str] = []
    for part in spelling.split():
        example = fact if part == "{F}" else _EXAMPLES.get(part, part.split("|")[0])
        parts.append(_UPPER[part] if example in parts and part in _UPPER else example)
    return " ".join(parts)


def spoken(phrase: Phrase) -> str:
    """A registered phrase as an example, with literals in its holes."""
    return " ".join(
        _EXAMPLES[f"{{{part.kind}}}"] if isinstance(part, Hole) else part for part in phrase.parts
    )


_EXAMPLES = {
    "{n}": "5",
    "{x}": '"…"',
    "{xs}": '"…", "…"',
    "{d}": "2026-01-31",
    "{g}": "2026-01-31",
    "{time}": "6 months",
    "{last}": "6 months",
    "{k}": "2",
    "{text}": '"…"',
    "{texts}": '"…", "…"',
    "{number}": "2.5",
    "{count}": "5",
    "{date}": "2026-01-31",
    "{duration}": "6 months",
}
"""What stands in a hole in an example; a fact stands for itself."""
_UPPER = {"{n}": "10", "{d}": "2026-03-31"}
"""What stands in the second hole of a stretch between two."""
