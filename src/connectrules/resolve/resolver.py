"""Statements: who declares what, what each rule means, and what is wrong."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any

from connectrules.diagnostics import Diagnostic
from connectrules.resolve.book import of_phrases
from connectrules.resolve.conditions import Conditions
from connectrules.resolve.examples import Examples
from connectrules.resolve.facts import ask_line, fact_line, whole, written
from connectrules.resolve.names import WORDY, Definition, Names, denied, facts_by_words, key
from connectrules.resolve.resolved import Declared, Resolved, ResolvedRule
from connectrules.resolve.uses import Line, Loader, Uses
from connectrules.resolve.values import value
from connectrules.rules.tree import (
    Condition,
    Mine,
    Not,
    Spoken,
    Test,
    all_of,
    children,
    postorder,
    subjects,
)
from connectrules.schema.types import YesNo, canonical
from connectrules.schema.vocabulary import Fact, Vocabulary
from connectrules.source import Source, Span
from connectrules.syntax import tree
from connectrules.syntax.mistakes import Mistake
from connectrules.syntax.tree import Sentence
from connectrules.verdict import Decision

MOST_CONDITIONS = 10_000
"""How many conditions a policy may have, its definitions expanded."""

_TAKEN = re.compile(r"otherwise|policy|(?:connect|decline|review) [0-9]+")


def resolve(
    document: tree.Document, vocabulary: Vocabulary[Any], loader: Loader | None
) -> tuple[Resolved, tuple[Diagnostic, ...]]:
    """What *document* means, and what is wrong with it.

    Args:
        document: The policy's syntax tree.
        vocabulary: The facts and phrases it may speak of.
        loader: What gives the text of a USE path; None where no file may be read.
    """
    return _Resolver(document, vocabulary, loader).resolved()


class _Resolver:
    def __init__(
        self, document: tree.Document, vocabulary: Vocabulary[Any], loader: Loader | None
    ) -> None:
        self.document, self.vocabulary = document, vocabulary
        self.diagnostics: list[Diagnostic] = []
        self.unread: dict[tuple[str, str], int] = {}
        self.uses = Uses(document, loader, self.tell, self.tell_all)
        self.lines: list[Line] = list(self.uses.lines())
        self.facts = facts_by_words(vocabulary)
        self.definitions: dict[str, Definition] = {}
        self.declared: dict[str, Declared] = {}
        self.phrases = of_phrases(vocabulary.phrases)
        self.mentioned: set[str] = set()

    # Mistakes

    def tell(self, source: Source, mistake: Mistake) -> None:
        """Report *mistake*; an unknown sentence is reported once, with a count."""
        if mistake.code == "CR102":
            said = canonical(source.text[mistake.span.start : mistake.span.end])
            known = self.unread.setdefault((source.name, said), len(self.diagnostics))
            if known < len(self.diagnostics):
                self._count(known)
                return
        self.diagnostics.append(mistake.diagnostic(source))

    def _count(self, place: int) -> None:
        first = self.diagnostics[place]
        *_, last = first.help or ("",)
        found = re.fullmatch(r"it stands here and in (\d+) more places?", last)
        count = int(found[1]) + 1 if found else 1
        kept = first.help[:-1] if found else first.help
        said = f"it stands here and in {count} more place{'s' if count > 1 else ''}"
        self.diagnostics[place] = Diagnostic(
            first.code, first.message, first.source, first.span, (*kept, said), first.fixes
        )

    def tell_all(self, diagnostics: Iterable[Any]) -> None:
        """Report *diagnostics*."""
        self.diagnostics += diagnostics

    def _of(self, *kinds: type) -> Iterator[tuple[Source, Any]]:
        return ((l.source, l.statement) for l in self.lines if isinstance(l.statement, kinds))

    # In order

    def resolved(self) -> tuple[Resolved, tuple[Diagnostic, ...]]:
        self._declare()
        self.names = Names(self.facts, self.definitions)
        self._define()
        assumed = self._assume()
        rules = self._bare() if self.document.bare is not None else self._rules()
        default, because = self._otherwise(has_rules=bool(rules))
        self._check_size(rules)
        examples = Examples(self._conditions(self.document.source), rules, self.mention)
        found = [examples.example(each) for _, each in self._of(tree.Example)]
        vocabulary = self.vocabulary.declaring(*self.facts.values())
        title, about = self._once(tree.Title), self._once(tree.About)
        self._once(tree.Language)
        return Resolved(
            title=title.title.text if title else None,
            about=about.text.text if about else None,
            rules=tuple(rules),
            default=default,
            because=because,
            assumed=assumed,
            examples=tuple(each for each in found if each is not None),
            vocabulary=vocabulary,
            names=self.names,
            phrases=self.phrases,
            used=self.uses.texts,
            declared=tuple(self.declared.values()),
            mentioned=frozenset(self.mentioned),
        ), tuple(self.diagnostics)

    def _conditions(self, source: Source) -> Conditions:
        return Conditions(source, self.names, self.phrases, dict(self.vocabulary.hidden), self.tell)

    def mention(self, name: str) -> None:
        """Note that the fact or definition *name* is used."""
        self.mentioned.add(name)

    def _once(self, kind: type) -> Any:  # noqa: ANN401 - a statement of that kind
        first, *more = [*self._of(kind)] or [(None, None)]
        for source, statement in more:
            word = source.text[statement.span.start : statement.span.end].split()[0]
            mistake = Mistake(
                statement.span, "CR201", f"{word} stands here a second time", help=("leave one out",)
            )
            self.tell(source, mistake)
        return first[1]

    # Declarations

    def _declare(self) -> None:
        for line in self.lines:
            match line.statement:
                case tree.FactLine() as statement:
                    self._guarded(line.source, self._fact, line, statement, fact_line)
                case tree.AskLine() as statement:
                    self._guarded(line.source, self._fact, line, statement, ask_line)
                case tree.Define() as statement:
                    self._guarded(line.source, self._definition, line, statement.name)
                case tree.Broken(word="DEFINE", name=Sentence() as name):
                    self._guarded(line.source, self._definition, line, name)
                case tree.Broken(word="FACT" | "ASK", name=Sentence() as name):
                    self._guarded(line.source, self._broken, line, name)
                case _:
                    pass

    def _guarded(self, source: Source, action: Callable[..., None], *arguments: object) -> None:
        try:
            action(*arguments)
        except Mistake as mistake:
            self.tell(source, mistake)

    def _new(self, line: Line, word: str, name: Sentence) -> str:
        """The key of a name that is being declared.

        Raises:
            Mistake: Where it is no name, or is taken.
        """
        odd = next((token for token in name.tokens if token.kind not in WORDY), None)
        if odd is not None:
            raise Mistake(
                odd.span,
                "CR101",
                f"a name is made of words, and `{odd.text}` is none",
                help=("leave it out, or write it as a word",),
            )
        said, found = key(name.tokens), written(line.source, name.tokens)
        taken = self._taken(said, word)
        if taken:
            raise Mistake(
                whole(name.tokens),
                "CR201",
                f"`{found}` {taken}",
                help=("give it another name, or leave one of the two out",),
            )
        self.declared[said] = Declared(word, found, line.source, whole(name.tokens))
        return said

    def _taken(self, said: str, word: str) -> str | None:
        """Why the name *said* cannot be declared by *word*, if it cannot."""
        before = self.declared.get(said)
        if before is not None:
            place = before.source.location(before.span.start)
            return f"is declared already, at {before.source.name}:{place.line}"
        if word == "DEFINE" and said in self.facts:
            return "is a fact of the record"
        first, _, rest = said.partition(" not ")
        affirmed = f"{first} {rest}"
        if rest and denied(affirmed) == said and (affirmed in self.facts or affirmed in self.declared):
            return f"is how one denies `{affirmed}`"
        opposite = denied(said)
        if opposite and said not in self.facts and opposite in self.declared:
            return f"is denied by saying `{opposite}`, which is declared already"
        return None

    def _fact(
        self,
        line: Line,
        statement: tree.FactLine | tree.AskLine,
        read: Callable[[Any, str, Fact | None, Mapping[str, str]], Fact],
    ) -> None:
        word = "FACT" if isinstance(statement, tree.FactLine) else "ASK"
        said = self._new(line, word, statement.name)
        name = written(line.source, statement.name.tokens)
        known = self.facts.get(said)
        if known is None:
            self.facts[said] = _placeholder(name)
        self.facts[said] = read(statement, name, known, self.vocabulary.hidden)

    def _broken(self, line: Line, name: Sentence) -> None:
        said = self._new(line, "FACT", name)
        self.facts.setdefault(said, _placeholder(written(line.source, name.tokens)))
        self.mentioned.add(said)

    def _definition(self, line: Line, name: Sentence) -> None:
        said = self._new(line, "DEFINE", name)
        self.definitions[said] = Definition(written(line.source, name.tokens), None)
        if isinstance(line.statement, tree.Broken):
            self.mentioned.add(said)

    def _define(self) -> None:
        """Give each definition its condition, those it speaks of first."""
        lines = {}
        for line in self.lines:
            if isinstance(line.statement, tree.Define):
                said = key(line.statement.name.tokens)
                if self._declared_by(said, line):
                    lines[said] = line
        order = TopologicalSorter(
            {said: sorted(self._spoken_of(line.statement)) for said, line in lines.items()}
        )
        for said in self._sorted(order, lines):
            line = lines[said]
            condition = self._conditions(line.source).condition(line.statement.condition)  # type: ignore[union-attr]
            self.definitions[said] = Definition(self.definitions[said].name, condition)
            self.names.redefine(said, self.definitions[said])
            self._mention_all(condition)

    def _declared_by(self, said: str, line: Line) -> bool:
        declared = self.declared.get(said)
        return (
            declared is not None
            and declared.source is line.source
            and line.statement.span.start <= declared.span.start < line.statement.span.end
        )

    def _sorted(self, order: TopologicalSorter[str], lines: Mapping[str, Line]) -> list[str]:
        """The definitions, those that others speak of first; without those in a circle."""
        try:
            return [said for said in order.static_order() if said in lines]
        except CycleError as error:
            circle = list(dict.fromkeys(error.args[1]))
        first = min(circle, key=lambda said: (lines[said].source.name, lines[said].statement.span))
        around = circle[circle.index(first) :] + circle[: circle.index(first)]
        names = " by ".join(f"`{self.definitions[said].name}`" for said in (*reversed(around), first))
        self.tell(
            lines[first].source,
            Mistake(
                self.declared[first].span,
                "CR203",
                f"a definition goes in a circle: {names}"
                if len(circle) > 1
                else f"`{self.definitions[first].name}` is defined by itself",
                help=("define one of them by facts",),
            ),
        )
        kept = {said: line for said, line in lines.items() if said not in circle}
        again = TopologicalSorter(
            {said: sorted(self._spoken_of(line.statement) - {*circle}) for said, line in kept.items()}
        )
        return self._sorted(again, kept)

    def _spoken_of(self, statement: Any) -> set[str]:  # noqa: ANN401 - a Define
        """The definitions that a definition's condition names."""
        found = set()
        for sentence in _sentences(statement.condition):
            for named, _ in self.names.conditions.get(key(sentence.tokens), ()):
                if isinstance(named, Definition):
                    said = canonical(named.name)
                    found.add(said if said in self.definitions else key(sentence.tokens))
                    self.mentioned.add(said)
        return found

    def _assume(self) -> dict[Fact | Spoken, object]:
        assumed: dict[Fact | Spoken, object] = {}
        seen: set[str] = set()
        for source, line in self._of(tree.AssumeLine):
            try:
                subject = self._conditions(source).subject(line.name, "ASSUME")
                if subject.key in seen:
                    raise Mistake(
                        line.name.span,
                        "CR201",
                        f"what `{subject.name}` is assumed to be is said twice",
                        help=("leave one of the two out",),
                    )
                seen.add(subject.key)
                found = value(line.value, subject.type, subject.name, unsure=False)
                assumed[subject] = subject.type.ready(found)
            except Mistake as mistake:
                self.tell(source, mistake)
        return assumed

    # Rules

    def _bare(self) -> list[ResolvedRule]:
        source, bare = self.document.source, self.document.bare
        condition = self._conditions(source).condition(bare) if bare else None
        if condition is None or bare is None:
            return []
        self._mention_all(condition)
        return [ResolvedRule("policy", Decision.CONNECT, None, condition, bare.span)]

    def _rules(self) -> list[ResolvedRule]:
        counts = dict.fromkeys(Decision, 0)
        names: set[str] = set()
        rules = []
        for source, rule in self._of(tree.Rule, tree.Broken):
            if isinstance(rule, tree.Broken):
                if rule.word in {"CONNECT", "DECLINE", "REVIEW"}:
                    counts[Decision(rule.word.lower())] += 1
                    names |= {canonical(str(t.value)) for t in rule.name.tokens} if rule.name else set()
                continue
            counts[rule.decision] += 1
            name = f"{rule.decision.value} {counts[rule.decision]}"
            if rule.name is not None:
                name = rule.name.text
                self._guarded(source, _check_rule_name, rule.name, names)
                names.add(canonical(name))
            condition = self._rule_condition(source, rule)
            if condition is not None:
                because = rule.because.text if rule.because else None
                rules.append(ResolvedRule(name, rule.decision, because, condition, rule.span))
        return rules

    def _rule_condition(self, source: Source, rule: tree.Rule) -> Condition | None:
        conditions = self._conditions(source)
        when = conditions.condition(rule.condition)
        unless = conditions.condition(rule.unless) if rule.unless else None
        for each in (when, unless):
            self._mention_all(each)
        if when is None or (rule.unless and unless is None):
            return None
        return when if unless is None else all_of(when, Not(unless))

    def _otherwise(self, *, has_rules: bool) -> tuple[Decision | None, str | None]:
        if self.document.bare is not None:
            return Decision.DECLINE, None
        found = [each for _, each in self._of(tree.Otherwise, tree.Broken)]
        lost = any(isinstance(each, tree.Broken) and each.word is None for each in found)
        found = [e for e in found if not isinstance(e, tree.Broken) or e.word == "OTHERWISE"]
        source = self.document.source
        for more in found[1:]:
            self.tell(
                source,
                Mistake(
                    more.span,
                    "CR204",
                    "there is more than one OTHERWISE, and a policy has just one",
                    help=("leave all but one out",),
                ),
            )
        if found:
            first = found[0]
            if isinstance(first, tree.Broken):
                return Decision.DECLINE, None
            return first.decision, first.because.text if first.because else None
        rules = has_rules or any(True for _ in self._of(tree.Rule)) or any(
            each.word in {"CONNECT", "DECLINE", "REVIEW"} for _, each in self._of(tree.Broken)
        )
        if rules and not lost:
            end = len(source.text)
            self.tell(
                source,
                Mistake(
                    Span(end, end),
                    "CR204",
                    "there is no OTHERWISE, which says what to do where no rule applies",
                    help=("add the line `OTHERWISE DECLINE`",),
                ),
            )
        return None, None

    def _check_size(self, rules: Sequence[ResolvedRule]) -> None:
        """Raise CR110 where definitions, expanded, make too many conditions."""
        sizes: dict[int, int] = {}
        total = 0
        for rule in rules:
            for node in postorder(rule.condition):
                below = children(node)
                sizes[id(node)] = sum(sizes[id(each)] for each in below) if below else 1
            total += sizes[id(rule.condition)]
            if total > MOST_CONDITIONS:
                many = f"{total:,}" if total < 10**12 else "far more than a million million"
                self.tell(
                    self.document.source,
                    Mistake(
                        rule.span,
                        "CR110",
                        f"with its definitions spelled out the policy has {many} conditions by here, "
                        f"and {MOST_CONDITIONS:,} is the most",
                        help=("use fewer definitions of definitions",),
                    ),
                )
                return

    def _mention_all(self, condition: Condition | None) -> None:
        """Note the facts that *condition* speaks of."""
        if condition is None:
            return
        for node in postorder(condition):
            if isinstance(node, Test):
                self.mentioned |= {each.key for each in _facts(node)}


def _facts(test: Test) -> Iterator[Fact]:
    for subject in subjects(test):
        if isinstance(subject, Mine):
            yield subject.fact
        elif isinstance(subject, Fact):
            yield subject


def _placeholder(name: str) -> Fact:
    """A fact whose declaration is faulty: it is there, so that its uses are no mistakes."""
    return Fact(name, YesNo())


def _sentences(condition: tree.Condition) -> Iterator[Sentence]:
    stack = [condition]
    while stack:
        match stack.pop():
            case Sentence() as sentence:
                yield sentence
            case tree.Denied(operand):
                stack.append(operand)
            case tree.Bracketed(inner):
                stack.append(inner)
            case tree.Joined(operands):
                stack += operands
            case tree.Quantified(_, items):
                stack += [item.condition for item in items]


def _check_rule_name(name: tree.Quoted, names: set[str]) -> None:
    said = canonical(name.text)
    if said in names:
        raise Mistake(
            name.span,
            "CR201",
            f"a rule is called `{name.text}` already",
            help=("give one of the two another name",),
        )
    if _TAKEN.fullmatch(said):
        raise Mistake(
            name.span,
            "CR201",
            f"`{name.text}` is a name that rules without one, or the default, get",
            help=("give the rule another name",),
        )

