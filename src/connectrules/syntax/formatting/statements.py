"""A document in its canonical layout, statement by statement."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from connectrules.source import Source
from connectrules.syntax import tree
from connectrules.syntax.formatting import layout
from connectrules.syntax.formatting.conditions import Conditions, leading
from connectrules.syntax.formatting.cursor import Astray, Cursor
from connectrules.syntax.formatting.layout import INDENT
from connectrules.syntax.formatting.page import Page
from connectrules.syntax.formatting.pieces import LONGEST_FLAT, Atom, Comments, Entry, Words, words
from connectrules.syntax.tokens import Token

_Line = (
    tree.Language
    | tree.Title
    | tree.About
    | tree.Use
    | tree.FactLine
    | tree.AskLine
    | tree.AssumeLine
)


def written(document: tree.Document) -> str:
    """The text of *document*, which has no mistakes, in its canonical layout.

    Raises:
        Astray: The text could not be followed, which is a mistake of the formatter.
    """
    writer = _Writer(document.source)
    if document.bare is not None:
        writer.bare(document.bare)
    for statement in document.statements:
        writer.statement(statement)
    return writer.text()


class _Writer:
    """Writes statements as it reads them."""

    def __init__(self, source: Source) -> None:
        self._cursor = Cursor(source)
        self._conditions = Conditions(self._cursor, source.text)
        self._page = Page()

    def text(self) -> str:
        """All that was written, with the comments after it."""
        self._page.comments(self._cursor.finish(), 0, spaces=True)
        return self._page.text()

    def bare(self, condition: tree.Condition) -> None:
        """Write a bare condition."""
        before, piece = self._conditions.read(condition)
        self._page.comments(before, 0, spaces=True)
        self._page.line(0)
        layout.write(self._page, piece, 0, INDENT)

    def statement(self, statement: tree.Statement) -> None:
        """Write *statement*."""
        match statement:
            case tree.Define(name, condition):
                word = self._begin("DEFINE")
                self._fill(word, *self._each(name.tokens), self._cursor.atom("AS"))
                layout.clause(self._page, *self._conditions.read(condition))
            case tree.Rule():
                self._rule(statement)
            case tree.Otherwise():
                self._otherwise(statement)
            case tree.Example():
                self._example(statement)
            case tree.Broken():
                raise Astray(statement.word)
            case _:
                self._line(statement)

    def _line(self, statement: _Line) -> None:
        """Write a statement that is one line, if that has room."""
        match statement:
            case tree.Language(_, span):
                word = self._begin("LANGUAGE")
                self._fill(word, Atom(self._cursor.pass_up_to(span.end), self._cursor.take()))
            case tree.Title(quoted):
                self._fill(self._begin("POLICY"), self._cursor.atom_at(quoted.span))
            case tree.About(quoted):
                self._fill(self._begin("ABOUT"), self._cursor.atom_at(quoted.span))
            case tree.Use(quoted):
                self._fill(self._begin("USE"), self._cursor.atom_at(quoted.span))
            case tree.FactLine(name, type_):
                self._fill(self._begin("FACT"), *self._named(name, type_.tokens))
            case tree.AskLine(name, question):
                self._fill(self._begin("ASK"), *self._named(name, [question]))
            case tree.AssumeLine(name, value):
                self._fill(self._begin("ASSUME"), *self._named(name, value.tokens))
            case _:
                assert_never(statement)

    def _rule(self, rule: tree.Rule) -> None:
        atoms = [self._begin(rule.decision.value.upper())]
        if rule.name is not None:
            atoms.append(self._cursor.atom_at(rule.name.span))
        self._fill(*atoms, self._cursor.atom("WHEN"))
        layout.clause(self._page, *self._conditions.read(rule.condition))
        if rule.unless is not None:
            self._fill(self._begin_part("UNLESS"))
            layout.clause(self._page, *self._conditions.read(rule.unless))
        if rule.because is not None:
            self._fill(self._begin_part("BECAUSE"), self._cursor.atom_at(rule.because.span))

    def _otherwise(self, otherwise: tree.Otherwise) -> None:
        decision = otherwise.decision.value.upper()
        self._fill(self._begin("OTHERWISE"), self._cursor.atom(decision))
        if otherwise.because is None:
            return
        word = self._cursor.atom("BECAUSE")
        reason = words([Atom(word.text), self._cursor.atom_at(otherwise.because.span)])
        if not word.before and self._page.fits(f" {reason.flat}" if reason.flat else None):
            self._page.write(f" {reason.flat}")
            return
        self._page.comments(word.before, 0)
        self._page.line(0)
        layout.fill(self._page, reason, INDENT)

    def _example(self, example: tree.Example) -> None:
        cursor = self._cursor
        first = [self._begin("EXAMPLE"), cursor.atom_at(example.name.span)]
        if example.today is not None:
            first += _pair(cursor.atom("TODAY"), cursor.atom_at(example.today.span))
        expected = example.expect.value.upper()
        first += _pair(cursor.atom("EXPECT"), cursor.atom(expected))
        heading: list[tuple[Comments, Words]] = [leading(first)]
        if example.because_of is not None:
            because = _pair(cursor.atom("BECAUSE"), cursor.atom("OF"))
            heading.append(leading([*because, *self._separated(",", example.because_of)]))
        if example.asking is not None:
            asking = cursor.atom("ASKING")
            heading.append(leading([asking, *self._separated(";", example.asking)]))
        self._heading(heading)
        self._settings(example.settings)

    def _heading(self, parts: list[tuple[Comments, Words]]) -> None:
        """Write the parts of an EXAMPLE's heading, on one line where they have room."""
        flat = [None if before else part.flat for before, part in parts]
        texts = [text for text in flat if text is not None]
        if len(texts) == len(flat) and sum(map(len, texts)) + len(texts) - 1 <= LONGEST_FLAT:
            self._page.write(" ".join(texts))
            return
        for index, (before, part) in enumerate(parts):
            if index:
                self._page.comments(before, INDENT)
                self._page.line(INDENT)
            layout.fill(self._page, part, 2 * INDENT if index else INDENT)

    def _settings(self, settings: tuple[tree.Setting, ...]) -> None:
        column, entries = 0, []
        for setting in settings:
            self._cursor.pass_word("-", loose=True)
            column, spaced = self._cursor.column, self._cursor.spaced
            before, piece = leading(self._named(setting.name, setting.value.tokens))
            entries.append(Entry(before, spaced, "", piece))
        if entries:
            layout.items(self._page, tuple(entries), self._cursor.take_deeper(column), INDENT)

    def _begin(self, word: str) -> Atom:
        """Begin the line of a statement with *word*, which is yet to be written."""
        before = self._cursor.atom(word).before
        self._page.comments(before, 0, spaces=True)
        self._page.line(0, spaced=self._cursor.spaced)
        return Atom(word)

    def _begin_part(self, word: str) -> Atom:
        """Begin the line of a part of a statement with *word*, which is yet to be written."""
        self._page.comments(self._cursor.atom(word).before, 0)
        self._page.line(0)
        return Atom(word)

    def _fill(self, *atoms: Atom) -> None:
        layout.fill(self._page, words(list(atoms)), INDENT)

    def _named(self, name: tree.Sentence, value: Sequence[Token | tree.Quoted]) -> list[Atom]:
        """``name: value``."""
        return [*self._each(name.tokens), self._cursor.atom(":"), *self._each(value)]

    def _each(self, nodes: Sequence[Token | tree.Quoted]) -> list[Atom]:
        return [self._cursor.atom_at(node.span) for node in nodes]

    def _separated(self, mark: str, nodes: Sequence[tree.Sentence | tree.Quoted]) -> Iterator[Atom]:
        """*nodes* with *mark* between each two."""
        for index, node in enumerate(nodes):
            if index:
                yield self._cursor.atom(mark)
            atoms = self._each(node.tokens if isinstance(node, tree.Sentence) else [node])
            whole = leading(atoms)[1].flat
            yield from atoms if whole is None else [Atom(whole, atoms[0].before)]


def _pair(first: Atom, second: Atom) -> list[Atom]:
    """Two words that stay together where no comment parts them."""
    if second.before:
        return [first, second]
    return [Atom(f"{first.text} {second.text}", first.before)]
