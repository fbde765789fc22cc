"""What the grammar's rules make: one function a rule, called while Lark parses."""

from typing import Any

from connectrules.schema.types import shown
from connectrules.source import Span
from connectrules.syntax import dates, tree, words
from connectrules.syntax.figures import FIGURES
from connectrules.syntax.items import FOR_HELP, refuse_commas, refuse_ends, refuse_pointless
from connectrules.syntax.lexer import Mark
from connectrules.syntax.mistakes import Mistake, full_stop, replacing
from connectrules.syntax.tokens import Kind, Token, Tokens
from connectrules.verdict import Decision


def _span(mark: Mark) -> Span:
    return Span(mark.start_pos, mark.end_pos)


_AMOUNTS = {
    "ALL": tree.Amount.ALL,
    "ANY": tree.Amount.ANY,
    "NONE": tree.Amount.NONE,
    "LEAST": tree.Amount.AT_LEAST,
    "MOST": tree.Amount.AT_MOST,
    "EXACTLY": tree.Amount.EXACTLY,
}
_JOINTS: dict[str, tree.Joint] = {each.value: each for each in tree.Joint}


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

    def language(self, parts: list[Mark]) -> tree.Language:
        """``LANGUAGE 1``."""
        first, version = parts
        if _single(version) == Token(Kind.NUMBER, "1", 1, 0, 0):
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

    def decision(self, parts: list[Mark]) -> tuple[Decision, Span]:
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

    def today(self, parts: list[Mark]) -> Token:
        """The day of an EXAMPLE."""
        day = _single(parts[0])
        if day is not None and day.kind is Kind.DATE:
            return day
        if day is not None and day.kind is Kind.BAD_DATE:
            days = dates.meant(day.text)
            raise Mistake(
                day.span,
                "CR301",
                f"there is no day `{day.text}`"
                if dates.is_impossible(day.text)
                else f"`{day.text}` is not a date as a policy writes it",
                help=() if len(days) == 1 else (dates.hint(day.text),),
                fixes=replacing(f"write `{days[0]}`", day.span, str(days[0]))
                if len(days) == 1
                else (),
            )
        raise Mistake(
            _span(parts[0]), "CR101", "a date was expected after `TODAY`", help=(dates.HELP,)
        )

    def reasons(self, parts: list[Mark]) -> tuple[tree.Quoted, ...]:
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

    def joiner(self, parts: list[Mark]) -> tree.Joiner:
        """AND or OR."""
        return tree.Joiner(_JOINTS[parts[0]], _span(parts[0]))

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
            refuse_commas(parts[2:-1])
        else:
            refuse_ends([part for part in rest if not isinstance(part, str)])
        if quantifier.amount is tree.Amount.POINTS:
            refuse_pointless([part for part in rest if not isinstance(part, str)])
        items = tuple(_item(part, quantifier) for part in rest if not isinstance(part, str))
        return tree.Quantified(quantifier, items, quantifier.span.to(_span(rest[-1])))

    def unnumbered(self, parts: list[Mark]) -> tree.Quantifier:
        """``ALL OF`` and its like."""
        return tree.Quantifier(_AMOUNTS[parts[0]], None, _span(parts[0]).to(_span(parts[-1])))

    def numbered(self, parts: list[Mark]) -> tree.Quantifier:
        """``AT LEAST 2 OF`` and its like."""
        *said, number, last = parts
        token = _number(number, " ".join(said))
        if token.percent or not isinstance(token.value, int) or token.value < 0:
            raise Mistake(token.span, "CR301", f"`{token.text}` is not a whole number, 0 or more")
        return tree.Quantifier(_AMOUNTS[said[-1]], token, _span(parts[0]).to(_span(last)))

    def points(self, parts: list[Mark]) -> tree.Quantifier:
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
                _span(number), "CR101", "a number was expected before `FOR`", help=(FOR_HELP,)
            )
        if weight.kind is Kind.BAD_NUMBER or weight.percent or not _value(weight) > 0:
            raise Mistake(weight.span, "CR301", f"`{weight.text}` is not a number above 0")
        return tree.Item(weight, condition, _span(number).to(_span(for_)).to(condition.span))

    # Words

    def sentence(self, parts: list[Mark]) -> tree.Sentence:
        """A sentence."""
        tokens = _split(parts)
        return tree.Sentence(tokens, Span(tokens.starts[0], tokens.ends[-1]))

    def quoted(self, parts: list[Mark]) -> tree.Quoted:
        """A quoted text."""
        tokens = words.split(parts[0], parts[0].start_pos)
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


_DIGITS_HELP = "write the number in digits, as in `AT LEAST 2 OF`"


def _split(marks: list[Mark]) -> Tokens:
    """The tokens of runs that stand side by side."""
    if len(marks) == 1:
        return words.split(marks[0], marks[0].start_pos)
    return Tokens.of(token for mark in marks for token in words.split(mark, mark.start_pos))


def _single(mark: Mark) -> Token | None:
    """The token of a run of one token, None of a longer one."""
    tokens = words.split(mark, mark.start_pos)
    return tokens[0] if len(tokens) == 1 else None


def _value(number: Token) -> float:
    return number.value if isinstance(number.value, (int, float)) else 0


def _number(mark: Mark, after: str) -> Token:
    """The number that *mark* must be."""
    token = _single(mark)
    if token is not None and token.kind is Kind.BAD_NUMBER:
        raise Mistake(token.span, "CR301", f"`{token.text}` is not a number")
    if token is None or token.kind is not Kind.NUMBER:
        raise Mistake(
            _span(mark),
            "CR101",
            f"a number was expected after `{after}`",
            help=() if mark.lower() in FIGURES else (_DIGITS_HELP,),
            fixes=replacing(f"write `{FIGURES[mark.lower()]}`", _span(mark), FIGURES[mark.lower()])
            if mark.lower() in FIGURES
            else (),
        )
    return token


def _item(part: tree.Item | tree.Condition, quantifier: tree.Quantifier) -> tree.Item:
    """The item that *part* is in a list of *quantifier*."""
    if not isinstance(part, tree.Item):
        return tree.Item(None, part, part.span)
    if quantifier.amount is not tree.Amount.POINTS and part.weight is not None:
        raise Mistake(
            part.weight.span,
            "CR101",
            f"points such as `{part.weight.text} FOR` belong in a list of points",
            help=("write `AT LEAST 5 POINTS FROM` in place of the list's first words",),
        )
    return part
