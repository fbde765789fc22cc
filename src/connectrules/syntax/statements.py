"""What the grammar's rules make: one function a rule, called while Lark parses."""

from typing import TYPE_CHECKING, Any

from connectrules.diagnostics import Edit, Fix
from connectrules.schema.types import shown
from connectrules.source import Span
from connectrules.syntax import tree, words
from connectrules.syntax.mistakes import Mistake, full_stop
from connectrules.syntax.tree import Kind, Token
from connectrules.verdict import Decision

if TYPE_CHECKING:
    from lark.lexer import Token as Mark


def _span(mark: "Mark") -> Span:
    return Span(mark.start_pos or 0, mark.end_pos or 0)


_AMOUNTS = {
    "ALL": tree.Amount.ALL,
    "ANY": tree.Amount.ANY,
    "NONE": tree.Amount.NONE,
    "LEAST": tree.Amount.AT_LEAST,
    "MOST": tree.Amount.AT_MOST,
    "EXACTLY": tree.Amount.EXACTLY,
}


class Builder:
    """Makes the syntax tree from the bottom up; it keeps nothing, so that threads may share it.

    Each method takes what stands in its rule: Lark's tokens, called marks here, and
    nodes that are already made.
    """

    # What a policy is

    def statements(self, parts: list[tree.Statement]) -> tuple[tree.Statement, ...]:
        """A file."""
        return tuple(parts)

    def bare(self, parts: list[tree.Condition]) -> tree.Condition:
        """A bare condition."""
        return parts[0]

    # Statements

    def language(self, parts: list["Mark"]) -> tree.Language:
        """``LANGUAGE 1``."""
        first, version = parts
        if _single(version) == Token(Kind.NUMBER, "1", 1, span=_span(version)):
            return tree.Language(1, _span(first).to(_span(version)))
        raise Mistake(
            _span(version),
            "CR101",
            f"`{shown(str(version))}` is no version of the language that is known here",
            help=("the one version there is is `LANGUAGE 1`",),
        )

    def title(self, parts: list[Any]) -> tree.Title:
        """``POLICY "title"``."""
        return tree.Title(parts[1], _span(parts[0]).to(parts[1].span))

    def about(self, parts: list[Any]) -> tree.About:
        """``ABOUT "text"``."""
        return tree.About(parts[1], _span(parts[0]).to(parts[1].span))

    def use(self, parts: list[Any]) -> tree.Use:
        """``USE "path"``."""
        return tree.Use(parts[1], _span(parts[0]).to(parts[1].span))

    def fact(self, parts: list[Any]) -> tree.FactLine:
        """``FACT name: type``."""
        first, name, type_ = parts
        return tree.FactLine(name, type_, _span(first).to(type_.span))

    def ask(self, parts: list[Any]) -> tree.AskLine:
        """``ASK name: "question"``."""
        first, name, question = parts
        return tree.AskLine(name, question, _span(first).to(question.span))

    def assume(self, parts: list[Any]) -> tree.AssumeLine:
        """``ASSUME name: value``."""
        first, name, value = parts
        return tree.AssumeLine(name, value, _span(first).to(value.span))

    def define(self, parts: list[Any]) -> tree.Define:
        """``DEFINE name AS condition``."""
        first, name, condition = parts
        return tree.Define(name, condition, _span(first).to(condition.span))

    def rule(self, parts: list[Any]) -> tree.Rule:
        """A rule."""
        (decision, start), name, condition, unless, because = parts
        last = because or unless or condition
        return tree.Rule(decision, name, condition, unless, because, start.to(last.span))

    def otherwise(self, parts: list[Any]) -> tree.Otherwise:
        """``OTHERWISE decision``."""
        first, (decision, place), because = parts
        end = because.span if because else place
        return tree.Otherwise(decision, because, _span(first).to(end))

    def decision(self, parts: list["Mark"]) -> tuple[Decision, Span]:
        """The word of a decision, and where it stands."""
        return Decision(parts[0].lower()), _span(parts[0])

    outcome = decision

    def example(self, parts: list[Any]) -> tree.Example:
        """An EXAMPLE and its items."""
        first, name, today, (expect, place), because_of, asking, settings = parts
        ends = [place]
        ends += [part[-1].span for part in (because_of, asking, settings) if part]
        return tree.Example(
            name, today, expect, because_of, asking, settings or (), _span(first).to(ends[-1])
        )

    def today(self, parts: list["Mark"]) -> Token:
        """The day of an EXAMPLE."""
        day = _single(parts[0])
        if day is not None and day.kind is Kind.DATE:
            return day
        if day is not None and day.kind is Kind.BAD_DATE:
            raise Mistake(day.span, "CR301", f"`{day.text}` is not a date", help=(_DATE_HELP,))
        raise Mistake(
            _span(parts[0]), "CR101", "a date was expected after `TODAY`", help=(_DATE_HELP,)
        )

    def reasons(self, parts: list["Mark"]) -> tuple[tree.Quoted, ...]:
        """The names after BECAUSE OF."""
        tokens = _split(parts[1:])
        for index, token in enumerate(tokens):
            if index % 2 == 0 and token.kind is not Kind.TEXT:
                raise Mistake(token.span, "CR107", f"`{token.text}` must stand in quotes")
            if index % 2 and token.text == ".":
                raise full_stop(token.span)
            if index % 2 and token.kind is not Kind.COMMA:
                before = shown(tokens[index - 1].text)
                raise Mistake(token.span, "CR101", f"a comma was expected after `{before}`")
        if tokens[-1].kind is Kind.COMMA:
            end = tokens[-1].span.end
            raise Mistake(Span(end, end), "CR101", "a quoted text was expected after `,`")
        return tuple(tree.Quoted(str(each.value), each.span) for each in tokens[::2])

    def asking(self, parts: list[tree.Sentence]) -> tuple[tree.Sentence, ...]:
        """The facts after ASKING."""
        return tuple(parts)

    def settings(self, parts: list[Any]) -> tuple[tree.Setting, ...]:
        """The items of an EXAMPLE."""
        return tuple(part for part in parts if isinstance(part, tree.Setting))

    def setting(self, parts: list[Any]) -> tree.Setting:
        """One item of an EXAMPLE."""
        _, name, value = parts
        return tree.Setting(name, value, name.span.to(value.span))

    # Conditions

    def joined(self, parts: list[Any]) -> tree.Joined:
        """Operands side by side."""
        return tree.Joined(tuple(parts[::2]), tuple(parts[1::2]), parts[0].span.to(parts[-1].span))

    def joiner(self, parts: list["Mark"]) -> tree.Joiner:
        """AND or OR."""
        return tree.Joiner(tree.Joint(str(parts[0])), _span(parts[0]))

    def denied(self, parts: list[Any]) -> tree.Denied:
        """NOT and its operand."""
        return tree.Denied(parts[1], _span(parts[0]).to(parts[1].span))

    def bracketed(self, parts: list[Any]) -> tree.Bracketed:
        """A condition in brackets."""
        opening, condition, closing = parts
        return tree.Bracketed(condition, _span(opening).to(_span(closing)))

    def quantified(self, parts: list[Any]) -> tree.Quantified:
        """A list."""
        quantifier, *rest = parts
        if rest[0].type == "OPENING":
            _refuse_commas(parts[2:-1])
        items = tuple(_item(part, quantifier) for part in rest if not isinstance(part, str))
        return tree.Quantified(quantifier, items, quantifier.span.to(_span(rest[-1])))

    def unnumbered(self, parts: list["Mark"]) -> tree.Quantifier:
        """``ALL OF`` and its like."""
        return tree.Quantifier(_AMOUNTS[parts[0]], None, _span(parts[0]).to(_span(parts[-1])))

    def numbered(self, parts: list["Mark"]) -> tree.Quantifier:
        """``AT LEAST 2 OF`` and its like."""
        *said, number, last = parts
        token = _number(number, " ".join(said))
        if token.percent or not isinstance(token.value, int) or token.value < 0:
            raise Mistake(token.span, "CR301", f"`{token.text}` is not a whole number, 0 or more")
        return tree.Quantifier(_AMOUNTS[said[-1]], token, _span(parts[0]).to(_span(last)))

    def points(self, parts: list["Mark"]) -> tree.Quantifier:
        """``AT LEAST 5 POINTS FROM``."""
        first, _, number, _, last = parts
        token = _number(number, "AT LEAST")
        return tree.Quantifier(tree.Amount.POINTS, token, _span(first).to(_span(last)))

    def weighted(self, parts: list[Any]) -> tree.Item:
        """An item with its points."""
        number, for_, condition = parts
        weight = _single(number)
        if weight is None or weight.kind not in {Kind.NUMBER, Kind.BAD_NUMBER}:
            raise Mistake(
                _span(number), "CR101", "a number was expected before `FOR`", help=(_FOR_HELP,)
            )
        if weight.kind is Kind.BAD_NUMBER or weight.percent or not _value(weight) > 0:
            raise Mistake(weight.span, "CR301", f"`{weight.text}` is not a number above 0")
        return tree.Item(weight, condition, _span(number).to(_span(for_)).to(condition.span))

    # Words

    def sentence(self, parts: list["Mark"]) -> tree.Sentence:
        """A sentence."""
        tokens = _split(parts)
        return tree.Sentence(tokens, tokens[0].span.to(tokens[-1].span))

    def quoted(self, parts: list["Mark"]) -> tree.Quoted:
        """A quoted text."""
        tokens = words.split(str(parts[0]), parts[0].start_pos or 0)
        first, *rest = tokens
        if first.kind is not Kind.TEXT:
            raise Mistake(first.span, "CR107", f"`{first.text}` must stand in quotes")
        if rest and rest[0].text == ".":
            raise full_stop(rest[0].span)
        if rest:
            raise Mistake(
                rest[0].span, "CR101", f"nothing more was expected after `{shown(first.text)}`"
            )
        return tree.Quoted(str(first.value), first.span)


_LAST = frozenset({"and", "or"})
_DATE_HELP = "dates are written like `2024-05-01`"
_FOR_HELP = "the items of `AT LEAST 5 POINTS FROM` read like `3 FOR would recommend`"


def _split(marks: list["Mark"]) -> tuple[Token, ...]:
    """The tokens of runs that stand side by side."""
    if len(marks) == 1:
        return words.split(str(marks[0]), marks[0].start_pos or 0)
    return tuple(token for mark in marks for token in words.split(str(mark), mark.start_pos or 0))


def _single(mark: "Mark") -> Token | None:
    """The token of a run of one token, None of a longer one."""
    tokens = words.split(str(mark), mark.start_pos or 0)
    return tokens[0] if len(tokens) == 1 else None


def _value(number: Token) -> float:
    return number.value if isinstance(number.value, (int, float)) else 0


def _number(mark: "Mark", after: str) -> Token:
    """The number that *mark* must be."""
    token = _single(mark)
    if token is not None and token.kind is Kind.BAD_NUMBER:
        raise Mistake(token.span, "CR301", f"`{token.text}` is not a number")
    if token is None or token.kind is not Kind.NUMBER:
        raise Mistake(_span(mark), "CR101", f"a number was expected after `{after}`")
    return token


def _item(part: tree.Item | tree.Condition, quantifier: tree.Quantifier) -> tree.Item:
    """The item that *part* is in a list of *quantifier*."""
    points = quantifier.amount is tree.Amount.POINTS
    if not isinstance(part, tree.Item):
        if not points:
            return tree.Item(None, part, part.span)
    elif points or part.weight is None:
        return part
    else:
        raise Mistake(
            part.weight.span,
            "CR101",
            f"points such as `{part.weight.text} FOR` belong in a list of points",
            help=("write `AT LEAST 5 POINTS FROM` in place of the list's first words",),
        )
    raise Mistake(
        part.span,
        "CR101",
        "a number of points was expected before this item",
        help=(_FOR_HELP,),
    )


def _refuse_commas(items: list[Any]) -> None:
    """Raise CR101 where a comma stands between two items of a list in brackets."""
    for item in items:
        condition = item.condition if isinstance(item, tree.Item) else item
        commas = [comma for each in _sentences(condition) for comma in _separating(each.tokens)]
        if commas:
            edits = tuple(Edit(comma.span, ";") for comma in commas)
            raise Mistake(
                commas[0].span,
                "CR101",
                "`;` was expected between the items of a list in place of `,`",
                help=("write `;`",),
                fixes=(Fix("separate the items with `;`", edits),),
            )


def _sentences(condition: tree.Condition) -> tuple[tree.Sentence, ...]:
    """The sentences of *condition* that stand in no further brackets."""
    match condition:
        case tree.Sentence():
            return (condition,)
        case tree.Denied(operand):
            return _sentences(operand)
        case tree.Joined(operands):
            return tuple(each for operand in operands for each in _sentences(operand))
        case tree.Bracketed() | tree.Quantified():
            return ()


def _separating(tokens: tuple[Token, ...]) -> list[Token]:
    """The commas of *tokens* that stand beside a word, not between literals."""
    return [
        comma
        for before, comma, after in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if comma.kind is Kind.COMMA
        and (before.kind is Kind.WORD or (after.kind is Kind.WORD and after.text not in _LAST))
    ]
