"""Small changes of conditions that are made of others: AND, OR, NOT and lists."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

import attrs

from connectrules.diagnostics import Edit
from connectrules.resolve.lists import check_count, listed
from connectrules.rules.tree import Condition, all_of, any_of
from connectrules.source import Span
from connectrules.syntax import tree
from connectrules.syntax.mistakes import Mistake
from connectrules.syntax.tokens import Token
from connectrules.syntax.tree import Amount, Joint
from connectrules.testing.mutants import neighbours
from connectrules.testing.mutants.changes import Kind
from connectrules.testing.mutants.sentences import Changed
from connectrules.testing.mutants.sites import Site

_JOINED_OTHERWISE = {Amount.ALL: Amount.ANY, Amount.ANY: Amount.ALL}


def changed_joints(site: Site) -> Iterator[Changed]:
    """The changes of the condition at *site*, and of how its parts are joined."""
    return (each for each in _changed(site) if each[-1] != site.condition)


def _changed(site: Site) -> Iterator[Changed]:
    match site.node:
        case tree.Denied() as node:
            gap = Span(node.span.start, node.operand.span.start)
            yield Kind.NOT_DROPPED, (Edit(gap, ""),), site.parts[0].condition
        case tree.Joined() as node:
            yield from _of_joined(site, node)
        case tree.Quantified() as node:
            yield from _of_list(site, node)
        case _:
            pass


def _without(spans: Sequence[Span], place: int) -> Edit:
    """What takes out the one at *place* of several that stand side by side, and what joins it."""
    if place == 0:
        return Edit(Span(spans[0].start, spans[1].start), "")
    return Edit(Span(spans[place - 1].end, spans[place].end), "")


def _of_joined(site: Site, node: tree.Joined) -> Iterator[Changed]:
    parts = [each.condition for each in site.parts]
    is_all = node.joiners[0].joint is Joint.AND
    other, join = (Joint.OR, any_of) if is_all else (Joint.AND, all_of)
    edits = tuple(Edit(each.span, other.value) for each in node.joiners)
    yield Kind.JOINED_OTHERWISE, edits, join(*parts)
    spans = [each.span for each in node.operands]
    for place in range(len(parts)):
        left = [*parts[:place], *parts[place + 1 :]]
        yield Kind.CONDITION_DROPPED, (_without(spans, place),), site.join(left)


def _of_list(site: Site, node: tree.Quantified) -> Iterator[Changed]:
    parts = [each.condition for each in site.parts]
    quantifier = node.quantifier
    other = _JOINED_OTHERWISE.get(quantifier.amount)
    if other is not None and len(parts) > 1:
        changed = attrs.evolve(node, quantifier=attrs.evolve(quantifier, amount=other))
        yield (
            Kind.JOINED_OTHERWISE,
            (Edit(quantifier.span, other.value),),
            listed(changed, parts),
        )
    if quantifier.amount is Amount.NONE:
        edit = Edit(quantifier.span, Amount.ANY.value)
        yield Kind.NOT_DROPPED, (edit,), any_of(*parts)
    if quantifier.number is not None:
        for token in _near(quantifier.number, least=0):
            changed = attrs.evolve(node, quantifier=attrs.evolve(quantifier, number=token))
            edit = Edit(token.span, token.text)
            yield from _checked(Kind.NUMBER_OF_ITEMS, edit, changed, parts)
    for place, item in enumerate(node.items):
        for token in () if item.weight is None else _near(item.weight, least=0):
            items = [*node.items]
            items[place] = attrs.evolve(item, weight=token)
            if token.value:
                changed = attrs.evolve(node, items=tuple(items))
                yield from _checked(Kind.POINTS, Edit(token.span, token.text), changed, parts)
    yield from _fewer(node, parts)


def _fewer(node: tree.Quantified, parts: Sequence[Condition]) -> Iterator[Changed]:
    """The list without each of its items."""
    spans = [each.span for each in node.items]
    for place in range(len(parts) if len(parts) > 1 else 0):
        left = [*parts[:place], *parts[place + 1 :]]
        items = (*node.items[:place], *node.items[place + 1 :])
        changed = attrs.evolve(node, items=items)
        yield from _checked(Kind.CONDITION_DROPPED, _without(spans, place), changed, left)


def _checked(
    kind: Kind, edit: Edit, node: tree.Quantified, parts: Sequence[Condition]
) -> Iterator[Changed]:
    """The list *node* of *parts*, if its count can be reached and missed."""
    try:
        check_count(node)
    except Mistake:
        return
    yield kind, (edit,), listed(node, parts)


def _near(token: Token, *, least: float) -> Iterator[Token]:
    """The numbers next to that of *token*, in its place."""
    for text in neighbours.numbers(token.text, least=least):
        number = Decimal(text.replace(",", ""))
        value = int(number) if number == number.to_integral_value() else float(number)
        yield attrs.evolve(token, text=text, value=value)
