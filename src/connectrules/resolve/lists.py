"""Lists of conditions: whether their count can be reached, and what it means."""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, gcd, lcm

from connectrules.rules.tree import (
    AtLeast,
    Condition,
    Not,
    Operand,
    Texts,
    Weighted,
    all_of,
    any_of,
)
from connectrules.syntax import tree
from connectrules.syntax.limits import LONGEST_LIST
from connectrules.syntax.mistakes import Mistake
from connectrules.syntax.tokens import Token
from connectrules.syntax.tree import Amount

_SAID = {Amount.AT_MOST: "at most", Amount.EXACTLY: "exactly"}


def listed(node: tree.Quantified, operands: Sequence[Condition]) -> Condition:
    """The condition that a list of *operands* is."""
    items = tuple(Weighted(1, each) for each in operands)
    count = int(_number(node.quantifier.number))
    match node.quantifier.amount:
        case Amount.ALL:
            return all_of(*operands)
        case Amount.ANY:
            return any_of(*operands)
        case Amount.NONE:
            return Not(any_of(*operands))
        case Amount.AT_LEAST:
            return AtLeast(count, items)
        case Amount.AT_MOST:
            return Not(AtLeast(count + 1, items))
        case Amount.EXACTLY:
            return AtLeast(count, items, exactly=True)
        case Amount.POINTS:
            return _points(node, operands)


def check_count(node: tree.Quantified) -> None:
    """See that the count of a list can be reached, and missed.

    Raises:
        Mistake: CR302 where it cannot.
    """
    quantifier, size = node.quantifier, len(node.items)
    count, most = _number(quantifier.number), Fraction(size)
    never, always = count > size, False
    match quantifier.amount:
        case Amount.ALL | Amount.ANY | Amount.NONE:
            return
        case Amount.AT_LEAST:
            always = count <= 0
        case Amount.AT_MOST:
            never, always = False, count >= size
        case Amount.EXACTLY:
            pass
        case Amount.POINTS:
            most = sum((_weight(item) for item in node.items), Fraction())
            never, always = count > most, count <= 0
    if never or always:
        unit = "points" if quantifier.amount is Amount.POINTS else "items"
        said = _SAID.get(quantifier.amount, "at least")
        written = quantifier.number.text if quantifier.number else ""
        raise Mistake(
            quantifier.span,
            "CR302",
            f"{said} {written} of {float(most):g} {unit if most != 1 else unit[:-1]} "
            + ("can never hold" if never else "always holds"),
            help=(_in_reach(quantifier.amount, float(most)),),
        )


def _in_reach(amount: Amount, most: float) -> str:
    """What to write in place of a count that is out of reach."""
    low = 0 if amount is Amount.AT_MOST else 1
    high = most - 1 if amount is Amount.AT_MOST else most
    if low >= high:
        return "change the number, or add items"
    return f"write a number from {low} to {high:g}, or add items"


def check_items(count: int, texts: Operand, token: Token) -> None:
    """See that a sentence's number of items, at *token*, fits its list of texts.

    Raises:
        Mistake: CR302 where it does not.
    """
    size = len(texts.items) if isinstance(texts, Texts) else None
    if size is not None and not 1 <= count <= size:
        raise Mistake(
            token.span,
            "CR302",
            f"at least {count} of {size} {'text' if size == 1 else 'texts'} "
            + ("always holds" if count < 1 else "can never hold"),
            help=(f"write a number from 1 to {size}" if size > 1 else "write `1`, or more texts",),
        )


def check_length(texts: Operand | None, tokens: Sequence[Token], start: int) -> None:
    """See that a list of texts, which begins at *start* of *tokens*, is not too long.

    Raises:
        Mistake: CR110 where it is.
    """
    size = len(texts.items) if isinstance(texts, Texts) else 0
    if size > LONGEST_LIST:
        raise Mistake(
            tokens[start].span,
            "CR110",
            f"this list has {size:,} texts, and {LONGEST_LIST:,} is the most",
            help=("make several lists of it",),
        )


def _number(token: Token | None) -> Fraction:
    return Fraction(str(token.value)) if token is not None else Fraction()


def _weight(item: tree.Item) -> Fraction:
    return _number(item.weight) if item.weight else Fraction(1)


def _points(node: tree.Quantified, operands: Sequence[Condition]) -> Condition:
    """Points as whole numbers: scaled up until they are, and down to the smallest such."""
    weights = [_weight(item) for item in node.items]
    scale = lcm(*(weight.denominator for weight in weights))
    whole = [int(weight * scale) for weight in weights]
    shared = gcd(*whole)
    return AtLeast(
        ceil(_number(node.quantifier.number) * scale / shared),
        tuple(
            Weighted(each // shared, operand) for each, operand in zip(whole, operands, strict=True)
        ),
    )
