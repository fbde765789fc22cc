"""The sets of facts that settle a decision alone, held against the slow evaluator."""

import random
from collections.abc import Iterable, Mapping
from itertools import combinations

import attrs
from hypothesis import assume, note, reject
from hypothesis import given as drawn
from hypothesis import strategies as st

from connectrules import Contact, ContactError, Decision, Policy
from tests.property.enumerate import TooMany, judge, readings
from tests.property.model import Case, Rules
from tests.property.printing import declarations, statements
from tests.property.running import parsed, tried
from tests.property.strategies import HELD, case
from tests.property.test_laws import _shuffled, _turned
from tests.property.universe import FACTS, FIELDS, VOCABULARY, given

Names = tuple[str, ...]

FEW = FACTS[:5]
"""So few facts that they are often tested more than once."""


@st.composite
def well_known(draw: st.DrawFn) -> Case:
    """A case of which every fact has a value that fits."""
    each = draw(case(FEW))
    held = {fact.name: draw(st.sampled_from(HELD[fact.kind])) for fact in each.rules.facts()}
    return attrs.evolve(each, contact=held)


def bases_of(policy: Policy[Contact], each: Case) -> list[Names]:
    """The names of the sets that settle a case, in the library's order."""
    contact, context = given(each)
    try:
        explanation = policy.explain(contact, **context)
    except ContactError:
        reject()
    assume(explanation.verdict.decision is not Decision.UNDECIDED)
    found = list(explanation.why.bases)
    assert all(basis.smallest for basis in found)
    assert found[0].reasons == explanation.why.reasons
    return [basis.names for basis in found]


class Alone:
    """What is decided where only some of the facts of a case are known."""

    def __init__(self, each: Case) -> None:
        read = {name: one for name, one in readings(each).items() if name[:3] != "my "}
        assumes = {fact.name: value for fact, value in each.rules.assumes}
        self.assumed = {name for name, one in read.items() if one.state == "assumed"}
        self.values: Mapping[str, object] = {
            name: assumes[name] if name in self.assumed else each.contact[name]
            for name, one in sorted(read.items())
            if one.state in {"known", "assumed"}
        }
        self._case = attrs.evolve(each, rules=attrs.evolve(each.rules, assumes=()))

    def decision(self, names: Iterable[str]) -> str:
        """The decision with the facts called *names*."""
        contact = {name: self.values[name] for name in names}
        try:
            return judge(attrs.evolve(self._case, contact=contact, answered=frozenset())).decision
        except TooMany:
            reject()

    def smallest(self) -> list[Names]:
        """All sets that settle it alone, by looking at every set of facts."""
        wanted = self.decision(self.values)
        found: list[Names] = []
        for size in range(len(self.values) + 1):
            sets = sorted(
                combinations(self.values, size),
                key=lambda names: (sum(name in self.assumed for name in names), names),
            )
            found += [
                names
                for names in sets
                if not any(set(each) <= set(names) for each in found)
                and self.decision(names) == wanted
            ]
        return found


@tried(75)
@drawn(well_known() | case())
def test_each_fact_is_needed_and_no_set_is_missing(each: Case) -> None:
    """The bases are the smallest sets that settle it, all of them, the smallest first."""
    found = bases_of(parsed(each), each)
    expected = Alone(each).smallest()
    note(f"bases: {found}")

    assert found == expected


@tried(60)
@drawn(well_known(), st.randoms(use_true_random=False))
def test_no_order_matters(each: Case, shuffler: random.Random) -> None:
    """No order of rules, operands, items or declarations changes the bases or their order."""
    found = bases_of(parsed(each), each)
    rules = Rules(
        _shuffled(
            [
                attrs.evolve(
                    rule,
                    condition=_turned(rule.condition, shuffler),
                    unless=None if rule.unless is None else _turned(rule.unless, shuffler),
                )
                for rule in each.rules.rules
            ],
            shuffler,
        ),
        each.rules.otherwise,
        _shuffled(each.rules.assumes, shuffler),
    )
    text = "\n".join(_shuffled([*declarations(rules, FIELDS), *statements(rules)], shuffler))
    note(f"turned:\n{text}")

    assert bases_of(Policy.parse(text, vocabulary=VOCABULARY), each) == found
