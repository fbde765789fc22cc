"""Random policies of all statements, with comments and odd spacing wherever they may stand.

A policy is drawn as words first, and the gaps between them afterwards.
"""

import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

import attrs
from hypothesis import strategies as st

_T = TypeVar("_T")

_DECISIONS = ("CONNECT", "DECLINE", "REVIEW")
_SENTENCES = (
    ("met", "in", "person"),
    ("Would", "RECOMMEND"),
    ("followers", ">=", "500"),
    ("response", "rate", "is", "at", "most", "2.5"),
    ("following", "is", "more", "than", "5,000"),
    ("balance", "is", "over", "-5"),
    ("country", "is", "one", "of", '"UK"', ",", '"Ireland # no comment"', "or", '"(a; b)"'),
    ("values", "include", "at", "least", "2", "of", "my", "values"),
    ("met", "on", "is", "after", "2024-05-01"),
    ("don’t", "know", "C#", "and", "R&D"),
    ("use", '"slack"', "every", "day"),
    ("share", "is", "at", "most", "20%", "of", "1,000", ",", "2"),
    ("Tea", "*", "–", "time"),
    ("position", "mentions", "any", "of", *(f'"title {each}",' for each in range(12)), '"last"'),
)
_NAMES = (("a", "proven", "contact"), ("followers",), ("about", "me"), ("C#", "skills"))
_TYPES = (("yes/no",), ("count",), ("one", "of", '"client"', ",", '"peer"'), ("list", "of", "text"))
_VALUES = (("yes",), ("-5",), ("2026-09-01",), ('"a"', ",", '"b"'), ("none",))
_HEADS = (
    ("ALL", "OF"),
    ("ANY", "OF"),
    ("NONE", "OF"),
    ("AT", "LEAST", "2", "OF"),
    ("AT", "MOST", "1", "OF"),
    ("EXACTLY", "1", "OF"),
)
_POINTS = ("AT", "LEAST", "2.5", "POINTS", "FROM")

_ALL_ON_ONE_LINE = re.compile(r"[-#*–•]|(?:use|about)\b", re.IGNORECASE)
_MARKS = '()";:'

_BLANKS = (" ", "  ", "\t", "\N{NO-BREAK SPACE}", " \N{EM SPACE} ")
_BREAKS = ("\n", "\r\n", " \t\r")
_EMPTY_LINES = ("\n\n", " \n \n", "\n\n\n\n", "\t\r\n \r\n")
_COMMENTS = (
    " #{}\n",
    "\t # {} \r\n",
    "\n#{}\n",
    "\n      # {}\n",
    ' # {} "AND (\n\n   # {}\n# {}\n',
    "     #{} -\n\n\n",
    "         # {}\n",
    "\n\n # {}\n\n\n    # {} \t\r",
)
_GAPS: Mapping[tuple[bool, bool], st.SearchStrategy[str | None]] = {
    (tight, stays): st.sampled_from(
        [*blanks, *([] if stays else [*blanks * 4, *[None] * len(blanks)])]
    )
    for tight, blanks in ((False, _BLANKS), (True, (*_BLANKS, "")))
    for stays in (False, True)
}
"""Blanks, or none for a new line, by whether nothing may stand there and whether the line goes on.

One draw: there are so many gaps that most of the time goes into drawing them.
"""
_COMMENT = re.compile(r"#[^\r\n]*")


@attrs.frozen
class Word:
    """A word or a mark of a policy.

    Attributes:
        text: It.
        floor: In which column it may stand at least, where it begins a line.
        ceiling: In which column it may stand at most, where it must begin one.
        glued: Whether nothing may stand before it.
    """

    text: str
    floor: int = 0
    ceiling: int | None = None
    glued: bool = False


@attrs.frozen
class Spaced:
    """A policy's text.

    Attributes:
        text: It.
        comments: The comments in it, in order.
    """

    text: str
    comments: tuple[str, ...]


@st.composite
def spaced(draw: st.DrawFn, words: Sequence[Word], *, comments: bool = True) -> Spaced:
    """*words* with random gaps, which hold comments and empty lines where *comments* may stand."""
    written: list[str] = []
    parts = [draw(st.sampled_from(("", "\t", "\n\n", "\N{ZERO WIDTH NO-BREAK SPACE}")))]
    if comments and draw(st.booleans()):
        parts.append(_commented(draw, written))
    for before, word in zip((None, *words), words, strict=False):
        if before is not None:
            parts.append(_gap(draw, before.text, word, written if comments else None))
        parts.append(word.text)
    parts.append(draw(st.sampled_from(("", "\n", " \r\n\n"))))
    if comments and draw(st.booleans()):
        parts.append(_commented(draw, written))
    return Spaced("".join(parts), tuple(written))


def _gap(draw: st.DrawFn, before: str, word: Word, written: list[str] | None) -> str:
    """What stands between *before* and *word*; comments are *written* down."""
    if word.glued:
        return ""
    if word.ceiling is None:
        tight = before[-1] in _MARKS or word.text[0] in _MARKS
        stays = _ALL_ON_ONE_LINE.match(word.text) is not None
        blank = draw(_GAPS[tight, stays])
        if blank is not None:
            return blank
    indent: str
    if word.ceiling is None:
        blank = draw(st.sampled_from(_BLANKS[:4]))
        indent = blank * (word.floor + draw(st.integers(0, 5)))
    else:
        indent = " " * draw(st.integers(word.floor, word.ceiling))
    if written is not None and draw(st.booleans()):
        return _commented(draw, written) + indent
    breaks: tuple[str, ...] = _BREAKS if written is None else _BREAKS + _EMPTY_LINES
    gap = draw(st.sampled_from(breaks))
    return gap + indent


def _commented(draw: st.DrawFn, written: list[str]) -> str:
    gap = draw(st.sampled_from(_COMMENTS))
    gap = gap.format(*range(len(written), len(written) + gap.count("{}")))
    written.extend(comment.rstrip() for comment in _COMMENT.findall(gap))
    return gap


@st.composite
def policies(draw: st.DrawFn) -> tuple[Word, ...]:
    """The words of a policy, or of a bare condition."""
    maker = _Maker(draw)
    if draw(st.integers(0, 4)) == 0:
        maker.condition(draw(st.integers(1, 3)), 0)
        if _ALL_ON_ONE_LINE.match(maker.made[0].text):
            maker.made.insert(0, Word("NOT"))
    else:
        for _ in range(draw(st.integers(1, 4))):
            maker.statement()
    return tuple(maker.made)


class _Maker:
    """Draws a policy's words in order."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self.made: list[Word] = []

    def statement(self) -> None:
        """Add one statement."""
        kind = self._one_of(("head", "fact", "assume", "define", "rule", "rule", "end", "example"))
        match kind:
            case "head":
                heads = (("LANGUAGE", "1"), ("POLICY", '"p"'), ("ABOUT", '"# a"'), ("USE", '"u"'))
                self._add(self._one_of(heads))
            case "fact":
                self._add(("FACT", *self._one_of(_NAMES), ":", *self._one_of(_TYPES)))
                self._add(("ASK", *self._one_of(_NAMES), ":", '"Would \\"you\\"?"'))
            case "assume":
                self._add(("ASSUME", *self._one_of(_NAMES), ":", *self._one_of(_VALUES)))
            case "define":
                self._add(("DEFINE", *self._one_of(_NAMES), "AS"))
                self.condition(2, 0)
            case "rule":
                self._rule()
            case "end":
                self._add(("OTHERWISE", self._one_of(_DECISIONS)))
                self._add(self._one_of(((), ("BECAUSE", '"so"'), ("BECAUSE", f'"{"so " * 25}"'))))
            case _:
                self._example()

    def _rule(self) -> None:
        self._add((self._one_of(_DECISIONS), *self._one_of(((), ('"a rule"',))), "WHEN"))
        self.condition(2, 0)
        if self._some():
            self._add(("UNLESS",))
            self.condition(1, 0)
        if self._some():
            self._add(("BECAUSE", '"that is why"'))

    def _example(self) -> None:
        self._add(("EXAMPLE", '"somebody"'))
        if self._some():
            self._add(("TODAY", "2026-11-22"))
        self._add(("EXPECT", self._one_of((*_DECISIONS, "UNDECIDED"))))
        if self._some():
            self._add(("BECAUSE", "OF", '"a rule"', ",", '"another one of them"'))
        if self._some():
            self._add(("ASKING", "would", "recommend", ";", *self._one_of(_NAMES), ";", "F#"))
        column = self._draw(st.integers(0, 6))
        for _ in range(self._draw(st.integers(0, 3))):
            self._dash(column)
            words = (*self._one_of(_NAMES), ":", *self._one_of(_VALUES))
            self._add(words, column + 1)

    def condition(self, depth: int, floor: int) -> int | None:
        """Add a condition; the column of the dashes that are still open at its end, if any are."""
        if self._draw(st.integers(0, 2)):
            return self._operand(depth, floor)
        still_open = self._operand(depth, floor)
        word = self._one_of(("AND", "OR"))
        for _ in range(self._draw(st.integers(1, 3))):
            mixed = self._draw(st.integers(0, 9)) == 0
            self.made.append(Word("OR" if mixed else word, floor, still_open))
            still_open = self._operand(depth, floor)
        return still_open

    def _operand(self, depth: int, floor: int) -> int | None:
        if self._draw(st.integers(0, 3)) == 0:
            self._add(("NOT",), floor)
        shape = self._one_of(("sentence", "bracket", "bracket", "inline", "dashes", "tag"))
        if not depth:
            shape = "sentence"
        match shape:
            case "sentence":
                self._add(self._one_of(_SENTENCES), floor)
            case "tag":
                self._add(("(",), floor)
                self.made.append(Word("#tag", glued=True))
                self._add(("is", "mine", ")"))
            case "bracket":
                self._add(("(",), floor)
                self.condition(depth - 1, 0)
                self._add((")",))
            case "inline":
                self._inline(depth, floor)
            case _:
                return self._dashes(depth, floor)
        return None

    def _inline(self, depth: int, floor: int) -> None:
        weighted = self._head(floor)
        for index in range(self._draw(st.integers(1, 4))):
            self._add((";" if index else "(",), 0 if index else floor)
            if weighted:
                self._add(("1.5", "FOR"))
            self.condition(depth - 1, 0)
        self._add((")",))

    def _dashes(self, depth: int, floor: int) -> int:
        weighted = self._head(floor)
        column = floor + self._draw(st.integers(0, 5))
        for _ in range(self._draw(st.integers(1, 3))):
            self._dash(column)
            if weighted:
                self._add(("3", "FOR"), column + 1)
            self.condition(depth - 1, column + 1)
        return column

    def _head(self, floor: int) -> bool:
        """Add what begins a list; whether its items have points."""
        weighted = self._draw(st.integers(0, 4)) == 0
        self._add(_POINTS if weighted else self._one_of(_HEADS), floor)
        return weighted

    def _dash(self, column: int) -> None:
        self.made.append(Word("-", column, column))

    def _add(self, texts: Sequence[str], floor: int = 0) -> None:
        self.made.extend(Word(text, floor) for text in texts)

    def _one_of(self, choices: Sequence[_T]) -> _T:
        return self._draw(st.sampled_from(choices))

    def _some(self) -> bool:
        return self._draw(st.booleans())
