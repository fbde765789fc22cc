"""What an entry of the phrase book says."""

from collections.abc import Callable
from typing import Any

import attrs

Meaning = Callable[..., Any]


@attrs.frozen
class Sample:
    """A sentence and what it is worth for a value of its fact.

    Attributes:
        sentence: The sentence.
        value: The fact's value.
        holds: Whether the sentence holds then.
    """

    sentence: str
    value: object
    holds: bool


@attrs.frozen(eq=False)
class Operator:
    """One entry of the phrase book.

    A spelling is words with holes. ``is|are`` is either word; the holes are ``{F}``,
    the fact it is about, and for what it is compared with ``{n}`` a number or a
    multiple of a number fact, ``{x}`` a text, ``{xs}`` texts, ``{d}`` a date,
    ``{g}`` a date or a date fact, ``{time}`` a length of time, ``{last}`` one that
    may leave out its number, and ``{k}`` a number of items. Wherever a value may
    stand, so may ``my G``.

    Attributes:
        name: What it is called, in one or two words.
        types: The types of fact it is about.
        spellings: How it is said.
        opposites: How its opposite is said.
        meaning: Its meaning in primitives: a function of the algebra, the fact and
            what fills the other holes. Texts come as a tuple; a length of time as
            the day so long ago and the day of judging.
        reads: How an explanation says what was compared, with ``{}`` for each
            operand after the fact.
        samples: Examples, which every backend is held against.
    """

    name: str
    types: tuple[type, ...]
    spellings: tuple[str, ...]
    meaning: Meaning = attrs.field(repr=False)
    opposites: tuple[str, ...] = ()
    reads: str = ""
    samples: tuple[Sample, ...] = ()
