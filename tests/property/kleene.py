"""What strong Kleene logic says of a policy, each sentence standing for itself."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import attrs

from tests.property import meaning
from tests.property.enumerate import Table, grounded, reached, readings
from tests.property.model import (
    PRECEDENCE,
    Case,
    Condition,
    Defined,
    Join,
    Not,
    Points,
    Quantified,
    Rule,
    Rules,
    Sentence,
    other,
    parts,
)

Truths = Mapping[Sentence, bool | None]


@attrs.frozen
class Guess:
    """What Kleene logic says of one case.

    Attributes:
        decision: A decision, or ``undecided``.
        open: The facts in a sentence that what is known has not made irrelevant.
    """

    decision: str
    open: frozenset[str]


def guess(case: Case) -> Guess:
    """What Kleene logic says of *case*."""
    read = readings(case)
    table = Table(case, read, frozenset({"known", "assumed"}))
    truths: Truths = {
        each: table.base.get(place, meaning.settled(grounded(each, read)))
        for each, place in table.places.items()
    }
    possible = _decisions(case.rules, truths)
    found: set[str] = set()
    for each in _open(case.rules, truths):
        second = other(each)
        names = {each.fact.name} | ({second.name} if second else set())
        found |= {name for name in names if read[name].state not in {"known", "assumed"}}
    return Guess(min(possible) if len(possible) == 1 else "undecided", frozenset(found))


def _decisions(rules: Rules, truths: Truths, below: str | None = None) -> set[str]:
    """The decisions that are possible, of the kinds beneath *below* alone where that is given."""
    possible: set[str] = set()
    order: Sequence[str] = PRECEDENCE
    for kind in order[order.index(below) + 1 if below else 0 :]:
        values = [_truth(rule.whole, truths) for rule in _of(rules, kind)]
        if True in values:
            return possible | {kind}
        if None in values:
            possible.add(kind)
    return possible | {rules.otherwise}


def _of(rules: Rules, kind: str) -> list[Rule]:
    return [rule for rule in rules.rules if rule.decision == kind]


def _weights(condition: Condition) -> list[Fraction]:
    match condition:
        case Points(items=items):
            return [Fraction(weight) for weight, _ in items]
        case _:
            return [Fraction(1)] * len(parts(condition))


def _passes(condition: Condition, total: Fraction) -> bool:
    """Whether *condition*, a list or the like, holds where its items come to *total*."""
    match condition:
        case Not():
            return total == 0
        case Join("AND", operands):
            return total == len(operands)
        case Points(number=number):
            return total >= Fraction(number)
        case Quantified(words, number, items):
            return reached(words, number, int(total), len(items))
        case _:
            return total >= 1


def _totals(condition: Condition, truths: Truths, without: int | None = None) -> set[Fraction]:
    """What the items may come to, the one at *without* left out."""
    totals = {Fraction(0)}
    weighted = zip(parts(condition), _weights(condition), strict=True)
    for place, (each, weight) in enumerate(weighted):
        if place == without:
            continue
        truth = _truth(each, truths)
        added = {True: {weight}, False: {Fraction(0)}, None: {Fraction(0), weight}}[truth]
        totals = {total + more for total in totals for more in added}
    return totals


def _truth(condition: Condition, truths: Truths) -> bool | None:
    match condition:
        case Not() | Join() | Quantified() | Points() | Defined():
            results = {_passes(condition, total) for total in _totals(condition, truths)}
            return results.pop() if len(results) == 1 else None
        case _:
            return truths[condition]


def _open(rules: Rules, truths: Truths) -> set[Sentence]:
    """The sentences that still matter, if each could come out either way by itself."""
    found: set[Sentence] = set()
    for rank, kind in enumerate(PRECEDENCE):
        if not _decisions(rules, truths, kind) - {kind}:
            continue
        above = [rule for upper in PRECEDENCE[:rank] for rule in _of(rules, upper)]
        if any(_truth(rule.whole, truths) for rule in above):
            break
        own = _of(rules, kind)
        for rule in own:
            rest = [each for each in own if each is not rule]
            if not any(_truth(each.whole, truths) for each in rest):
                found |= _open_in(rule.whole, truths)
    return found


def _open_in(condition: Condition, truths: Truths) -> set[Sentence]:
    match condition:
        case Not() | Join() | Quantified() | Points() | Defined():
            pass
        case _:
            return {condition} if truths[condition] is None else set()
    found: set[Sentence] = set()
    for place, (each, weight) in enumerate(zip(parts(condition), _weights(condition), strict=True)):
        totals = _totals(condition, truths, without=place)
        if any(_passes(condition, t) != _passes(condition, t + weight) for t in totals):
            found |= _open_in(each, truths)
    return found
