"""The items of lists: commas between or after them, and points that are not said as such."""

from collections.abc import Iterator, Sequence
from typing import Any

from connectrules.diagnostics import Edit, Fix
from connectrules.syntax import tree
from connectrules.syntax.mistakes import Mistake
from connectrules.syntax.tokens import Kind, Token, Tokens

FOR_HELP = "the items of `AT LEAST 5 POINTS FROM` read like `3 FOR would recommend`"
_LAST = frozenset({"and", "or"})
_OWN = "my"
"""What begins a fact of the owner's, which stands between commas as literals do."""


def refuse_pointless(items: Sequence[tree.Item | tree.Condition]) -> None:
    """Raise CR101 where an item of a list of points says none, or says them in other words."""
    pointless = [each for each in items if not isinstance(each, tree.Item)]
    if not pointless:
        return
    edits = [edit for each in pointless for edit in _points(each)]
    meant = len(edits) == len(pointless)
    raise Mistake(
        pointless[0].span,
        "CR101",
        "a number of points was expected before this item",
        help=() if meant else (FOR_HELP,),
        fixes=(Fix("write `FOR` after the points", tuple(edits)),) if meant else (),
    )


def _points(condition: tree.Condition) -> Iterator[Edit]:
    """The edit that makes `3 FOR` of `3 points for`."""
    tokens: Sequence[Token] = condition.tokens if isinstance(condition, tree.Sentence) else ()
    if len(tokens) <= len(("3", "points", "for")) or tokens[0].kind is not Kind.NUMBER:
        return
    if tokens[1].text in {"point", "points"} and tokens[2].text == "for":
        yield Edit(tokens[1].span.to(tokens[2].span), "FOR")


def refuse_commas(items: list[Any]) -> None:
    """Raise CR101 where a comma stands between two items of a list in brackets."""
    for item in items:
        condition = item.condition if isinstance(item, tree.Item) else item
        commas = [comma for each in _sentences(condition) for comma in _separating(each.tokens)]
        if commas:
            edits = tuple(Edit(comma.span, ";") for _, comma, _ in commas)
            # What stands after a text may be another one, without its quotes.
            is_certain = not any(
                before.kind is Kind.TEXT or after.text.startswith("'")
                for before, _, after in commas
            )
            title = "separate the items with `;`"
            raise Mistake(
                commas[0][1].span,
                "CR101",
                "`;` was expected between the items of a list in place of `,`",
                help=() if is_certain else (title,),
                fixes=(Fix(title, edits),) if is_certain else (),
            )


def refuse_ends(items: list[Any]) -> None:
    """Raise CR101 where a comma stands at the end of an item of a `-` list."""
    ends = [
        sentences[-1].tokens[-1]
        for item in items
        if (sentences := _sentences(item.condition if isinstance(item, tree.Item) else item))
    ]
    commas = [token for token in ends if token.kind is Kind.COMMA]
    if commas:
        raise Mistake(
            commas[0].span,
            "CR101",
            "no comma was expected at the end of an item",
            fixes=(Fix("remove the comma", tuple(Edit(each.span, "") for each in commas)),),
        )


def has_separating_commas(condition: tree.Condition) -> bool:
    """Whether *condition* would, without brackets in a list, be taken for several items."""
    return any(_separating(each.tokens) for each in _sentences(condition))


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


def _separating(tokens: Tokens) -> list[tuple[Token, Token, Token]]:
    """The commas of *tokens* that stand beside a word, not between values, and both sides."""
    if Kind.COMMA not in tokens.kinds:
        return []
    return [
        (before, comma, after)
        for before, comma, after in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if comma.kind is Kind.COMMA
        and after.kind is Kind.WORD
        and after.text != _OWN
        and (before.kind is Kind.WORD or after.text not in _LAST)
    ]
