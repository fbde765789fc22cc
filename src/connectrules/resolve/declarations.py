"""Who declares what: FACT, ASK and DEFINE lines, and names that are taken."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from connectrules.resolve.book import Node
from connectrules.resolve.facts import declared_fact, is_type
from connectrules.resolve.names import WORDY, Definition, Names, denied, facts_by_words, key
from connectrules.resolve.phrases import Sentence
from connectrules.resolve.report import Report
from connectrules.resolve.resolved import Declared
from connectrules.resolve.uses import Line
from connectrules.resolve.words import whole, written
from connectrules.schema.types import YesNo, shown
from connectrules.schema.vocabulary import Fact, Vocabulary
from connectrules.source import Source, Span
from connectrules.syntax import tree
from connectrules.syntax.mistakes import Mistake, replacing
from connectrules.syntax.tokens import Kind, Token, Tokens
from connectrules.syntax.tree import AskLine, Define, FactLine


class Declarations:
    """The names that a policy declares, beside those of its vocabulary.

    Args:
        vocabulary: The facts it may speak of.
        phrases: The registered phrases.
        report: Where mistakes go.

    Attributes:
        facts: The facts, by their key.
        defines: The DEFINE lines, by the key of what they define.
        declared: Every name that a line declares, by its key.
        broken: The keys of names whose lines are faulty.
    """

    def __init__(self, vocabulary: Vocabulary[Any], phrases: Node, report: Report) -> None:
        self.facts = facts_by_words(vocabulary)
        self.defines: dict[str, tuple[Source, Define]] = {}
        self.declared: dict[str, Declared] = {}
        self.broken: set[str] = set()
        self._hidden: Mapping[str, str] = vocabulary.hidden
        self._phrases, self._report = phrases, report

    def declare(self, lines: Iterable[Line]) -> None:
        """Take in the names that *lines* declare."""
        for line in lines:
            match line.statement:
                case FactLine() | AskLine() | Define() as statement:
                    try:
                        self._line(line.source, statement)
                    except Mistake as mistake:
                        self._report.tell(line.source, mistake)
                        if key(statement.name.tokens) not in self.declared:
                            self.broken.add(_plain_key(statement.name))
                case tree.Broken(word="FACT" | "ASK" | "DEFINE", name=tree.Sentence() as name):
                    self.broken.add(_plain_key(name))
                case _:
                    pass
        self._refuse_readings()

    @property
    def declared_facts(self) -> Iterator[Fact]:
        """The facts that lines declare."""
        return (fact for said, fact in self.facts.items() if said in self.declared)

    def names(self, *, partial: bool) -> Names:
        """The names in force.

        Args:
            partial: Whether some are missing, of a file that was not found.
        """
        definitions = {said: Definition(self.declared[said].name, None) for said in self.defines}
        return Names(self.facts, definitions, self.broken, partial=partial)

    def _line(self, source: Source, line: FactLine | AskLine | Define) -> None:
        _check_name(line.name)
        said = key(line.name.tokens)
        taken = self._taken(said, line, source)
        if taken is not None:
            raise _clash(source, line.name, taken)
        match line:
            case Define():
                self.defines[said] = source, line
            case FactLine() | AskLine():
                line = self._first_line(source, line)
                self.facts[said] = declared_fact(source, line, self.facts.get(said), self._hidden)
        place = whole(line.name.tokens)
        word = source.text[line.span.start : place.start].split()[0]
        name = written(source, line.name.tokens)
        self.declared[said] = Declared(word, name, source, place)

    def _first_line(self, source: Source, line: FactLine | AskLine) -> FactLine | AskLine:
        """*line* without what stands below its type, which is reported."""
        if not isinstance(line, FactLine) or is_type(line.type):
            return line
        tokens, last = line.type.tokens, 1
        while last < len(tokens) and not _is_below(source, tokens[last - 1], tokens[last]):
            last += 1
        if last == len(tokens):
            return line
        rest = Span(tokens[last].start, tokens[-1].end)
        rule = f"CONNECT WHEN {written(source, tokens[last:])}"
        message = f"a rule was expected in place of `{shown(written(source, tokens[last:]))}`"
        help_ = (f"beside other statements a condition needs its rule:\n{rule}\nOTHERWISE DECLINE",)
        self._report.tell(source, Mistake(rest, "CR101", message, help=help_))
        kind = tree.Sentence(Tokens.of(tokens[:last]), whole(tokens[:last]))
        return tree.FactLine(line.name, kind, Span(line.span.start, kind.span.end))

    def _taken(self, said: str, line: FactLine | AskLine | Define, source: Source) -> str | None:
        """Why *line* cannot declare the name *said*, if it cannot."""
        before = self.declared.get(said)
        if before is not None:
            place = before.source.location(before.span.start)
            if before.source is source:
                return f"is declared already, on line {place.line}"
            return f"is declared already, at {before.source.name}:{place.line}"
        if isinstance(line, Define) and said in self.facts:
            return "is a fact of the record"
        first, _, rest = said.partition(" not ")
        affirmed = f"{first} {rest}"
        if denied(affirmed) == said and self._is_condition(affirmed):
            return f"is how one denies `{affirmed}`"
        opposite = denied(said)
        if opposite is not None and opposite in self.declared and self._is_denied(said, line):
            return f"is denied by saying `{opposite}`, which is declared already"
        return None

    def _is_condition(self, said: str) -> bool:
        """Whether *said* is a yes/no fact or a definition."""
        fact = self.facts.get(said)
        return said in self.defines or (fact is not None and isinstance(fact.type, YesNo))

    def _is_denied(self, said: str, line: FactLine | AskLine | Define) -> bool:
        """Whether `not` in the name *said* that *line* is about to declare denies it."""
        is_other = isinstance(line, FactLine) and key(line.type.tokens) != YesNo.name
        return said not in self.facts and not is_other

    def _refuse_readings(self) -> None:
        """Report and drop the definitions whose names say something already."""
        if not self.defines:
            return
        names = Names(self.facts, {}, self.broken)
        for said, (source, line) in [*self.defines.items()]:
            if Sentence(line.name.tokens, names, self._phrases).is_read:
                mistake = _clash(source, line.name, "says something already, without a definition")
                self._report.tell(source, mistake)
                del self.defines[said], self.declared[said]


def _is_below(source: Source, one: Token, other: Token) -> bool:
    return "\n" in source.text[one.end : other.start]


def _plain_key(name: tree.Sentence) -> str:
    """The key that *name* has, or would have without its quotes."""
    return " ".join(
        each.lower()
        for token in name.tokens
        for each in (str(token.value) if token.kind is Kind.TEXT else token.text).split()
    )


def _clash(source: Source, name: tree.Sentence, taken: str) -> Mistake:
    return Mistake(
        whole(name.tokens),
        "CR201",
        f"`{written(source, name.tokens)}` {taken}",
        help=("give it another name, or leave one of the two out",),
    )


def _check_name(name: tree.Sentence) -> None:
    """See that a name is made of words.

    Raises:
        Mistake: CR101 where it is not.
    """
    if WORDY.issuperset(Tokens.of(name.tokens).kinds):
        return
    odd = next(token for token in name.tokens if token.kind not in WORDY)
    if odd.kind is Kind.TEXT:
        bare = str(odd.value)
        raise Mistake(
            odd.span,
            "CR101",
            "a name is made of words without quotes",
            help=() if bare.strip() else ("write the name without quotes",),
            fixes=replacing("leave the quotes out", odd.span, bare) if bare.strip() else (),
        )
    raise Mistake(
        odd.span,
        "CR101",
        f"a name is made of words, and `{odd.text}` is none",
        help=("leave it out, or write it as a word",),
    )
