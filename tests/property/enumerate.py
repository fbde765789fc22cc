"""The slow evaluator: what a policy decides, by trying every filling of the unknown facts."""

import itertools
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from fractions import Fraction
from typing import Literal

import attrs

from tests.property import domains, meaning
from tests.property.model import (
    PRECEDENCE,
    Among,
    Case,
    Compare,
    Condition,
    Decided,
    Defined,
    Fact,
    Includes,
    Is,
    Join,
    Mine,
    Multiple,
    Not,
    Odd,
    Part,
    Points,
    Quantified,
    Rules,
    Sentence,
    Size,
    When,
    other,
    others,
)

LIMIT = 65_536
"""The most fillings an exact verdict may take."""

MOST = 20_000
"""The most fillings that are tried here."""


class TooMany(Exception):  # noqa: N818 - a case to be left out, not a failure
    """A case has more fillings than are tried here."""


State = Literal["known", "unknown", "unsure", "faulty", "assumed"]


@attrs.frozen
class Reading:
    """What a contact says of one fact: *value* as tests compare it, where known or assumed."""

    state: State
    value: object = None
    code: str = ""


@attrs.frozen
class Variable:
    """Something that is not known, and the ways it can turn out.

    Attributes:
        facts: The names of the facts it would be asked by.
        cells: What each way makes of the sentences it settles, by their place.
    """

    facts: frozenset[str]
    cells: tuple[Mapping[int, bool], ...]


@attrs.frozen
class Outcome:
    """What the rules come to in one filling; *default* where none applies."""

    decision: Decided
    held: frozenset[str]
    default: bool


@attrs.frozen
class Judgement:
    """What the slow evaluator says of one case.

    Attributes:
        decision: A decision, or ``undecided``.
        rules: Those that decided.
        ask: Unknown facts that can still change it.
        unsure: The same of facts that somebody was asked about and could not say.
        assumed: Assumed facts that could change the decision.
        errors: Faults that could still change the decision, as fact and code.
        faults: All other faults.
        fillings: How many fillings the limit counts.
        released: The same with the assumed facts unknown.
        linked: Whether one of the three things that count as independent is present.
    """

    decision: str
    rules: AbstractSet[str]
    ask: AbstractSet[str]
    unsure: AbstractSet[str]
    assumed: AbstractSet[str]
    errors: AbstractSet[tuple[str, str]]
    faults: AbstractSet[tuple[str, str]]
    fillings: int
    released: int
    linked: bool


def readings(case: Case) -> dict[str, Reading]:
    """What is known of each fact the policy speaks of, the owner's as ``my …``."""
    assumes = {fact.name: value for fact, value in case.rules.assumes}
    found = {
        fact.name: _reading(fact, case.contact.get(fact.name), assumes)
        for fact in case.rules.facts()
    }
    for fact in case.rules.mine():
        found[Mine(fact).name] = _reading(fact, case.me.get(fact.name), {})
    return found


def _reading(fact: Fact, raw: object, assumes: Mapping[str, object]) -> Reading:
    if raw is Odd.RAISES:
        return Reading("faulty", code="CR502")
    try:
        value = meaning.known(fact, raw)
    except meaning.Unfit:
        return Reading("faulty", code="CR501")
    if value is not None:
        return Reading("known", value.value)
    if fact.name in assumes:
        assumed = meaning.known(fact, assumes[fact.name])
        assert assumed is not None
        return Reading("assumed", assumed.value)
    return Reading("unsure" if raw is Odd.UNSURE else "unknown")


def grounded(sentence: Sentence, read: Mapping[str, Reading]) -> Sentence:
    """*sentence* with the owner's values in their place, where they are known."""
    second = others(sentence)
    if not all(isinstance(each, Mine) and read[each.name].state == "known" for each in second):
        return sentence
    return meaning.filled(sentence, {each.name: read[each.name].value for each in second})


_ORDERS: Mapping[str, tuple[bool, bool]] = {
    ">": (False, True),
    "<": (False, False),
    ">=": (True, False),
    "<=": (True, True),
}
"""Whether a comparison denies a plain "is less than", and whether that has its sides turned."""

_SIGNS = {function: sign for sign, function in meaning.COMPARISONS.items() if not sign[0].isalpha()}

_PLAIN: Mapping[object, str] = {"none": "any", "not": "one"}
"""The amounts that deny another one."""


def pair(sentence: Sentence) -> tuple[tuple[object, ...], bool]:
    """The test of two facts that *sentence* is, and whether it denies that test."""
    second = other(sentence)
    assert second is not None
    one, two = (1.0, sentence.fact.name), (1.0, second.name)
    match sentence:
        case Compare(_, words, value):
            if isinstance(value, Multiple):
                two = (value.factor, second.name)
            sign = _SIGNS[meaning.COMPARISONS[words]]
            if sign in {"=", "!="}:
                return ("equal", *sorted((one, two))), sign == "!="
            denied, turned = _ORDERS[sign]
            return ("less", *((two, one) if turned else (one, two))), denied
        case When(_, "on"):
            return ("equal", *sorted((one, two))), False
        case When(_, words):
            return ("less", *((one, two) if words == "before" else (two, one))), False
        case Is(_, denied) | Among(_, denied):
            return (type(sentence).__name__, one, two), denied
        case Part(_, verb, amount):
            return (verb, _PLAIN.get(amount, amount), one, two), amount in _PLAIN
        case Includes(_, amount):
            return ("include", _PLAIN.get(amount, amount), one, two), amount in _PLAIN
        case _:
            raise AssertionError(sentence)


class Table:
    """The sentences of a case, what is known of them, and what is not.

    Attributes:
        places: Each sentence's number.
        base: The sentences that what is known settles, by number.
        variables: What is not known.
        fillings: The fillings that the limit counts.
        linked: Whether one of the three things that count as independent is present.
    """

    def __init__(self, case: Case, read: Mapping[str, Reading], held: frozenset[State]) -> None:
        said = case.rules.sentences()
        self.places = {each: number for number, each in enumerate(dict.fromkeys(said))}
        self.base: dict[int, bool] = {}
        self.linked = False
        self.fillings = 1
        singles: dict[Fact, list[Sentence]] = {}
        pairs: dict[tuple[object, ...], list[tuple[Sentence, bool]]] = {}
        for each in said:
            plain = grounded(each, read)
            second = other(plain)
            first = read[each.fact.name]
            if second is None:
                if first.state in held:
                    self.base[self.places[each]] = meaning.holds(plain, first.value, case.today)
                else:
                    singles.setdefault(each.fact, []).append(each)
            elif first.state in held and read[second.name].state in held:
                literal = meaning.filled(plain, {second.name: read[second.name].value})
                self.base[self.places[each]] = meaning.holds(literal, first.value, case.today)
            else:
                key, denied = pair(each)
                pairs.setdefault(key, []).append((each, denied))
        self.variables = [
            *(self._split(fact, tests, read, case) for fact, tests in singles.items()),
            *(self._paired(tests, read, held) for tests in pairs.values()),
        ]

    def _split(
        self, fact: Fact, tests: Sequence[Sentence], read: Mapping[str, Reading], case: Case
    ) -> Variable:
        plain = {self.places[each]: grounded(each, read) for each in tests}
        values = domains.virtual(fact, plain.values(), case.today)
        vectors = dict.fromkeys(
            tuple((place, meaning.holds(each, value, case.today)) for place, each in plain.items())
            for value in values
        )
        if len(tests) > 1 or len(vectors) == 1:
            self.fillings *= len(vectors)
        self.linked |= len(domains.part_tests(plain.values())) > 1
        self.linked |= bool(domains.members(plain.values())) and any(
            isinstance(each, Size) for each in tests
        )
        return Variable(frozenset({fact.name}), tuple(map(dict, vectors)))

    def _paired(
        self,
        tests: Sequence[tuple[Sentence, bool]],
        read: Mapping[str, Reading],
        held: frozenset[State],
    ) -> Variable:
        if len(tests) > 1:
            self.fillings *= 2
        self.linked = True
        sides = {each.fact.name for each, _ in tests}
        sides |= {second.name for each, _ in tests if (second := other(each)) is not None}
        cells = [
            {self.places[each]: truth is not denied for each, denied in tests}
            for truth in (True, False)
        ]
        return Variable(
            frozenset(name for name in sides if read[name].state not in held), tuple(cells)
        )

    def outcomes(self, rules: Rules) -> list[Outcome]:
        """What the rules come to in every filling, the last variable turning fastest."""
        if math.prod(len(each.cells) for each in self.variables) > MOST:
            raise TooMany
        found = []
        for filling in itertools.product(*(each.cells for each in self.variables)):
            truths = dict(self.base)
            for cell in filling:
                truths.update(cell)
            found.append(outcome(rules, self.places, truths))
        return found

    def matter(self, outcomes: Sequence[Outcome]) -> frozenset[str]:
        """The facts for which two fillings that differ in that fact alone decide differently."""
        found: set[str] = set()
        stride = 1
        for each in reversed(self.variables):
            whole = stride * len(each.cells)
            for start, offset in itertools.product(range(0, len(outcomes), whole), range(stride)):
                begin = start + offset
                column = outcomes[begin : begin + whole - offset : stride]
                if len({one.decision for one in column}) > 1:
                    found |= each.facts
                    break
            stride = whole
        return frozenset(found)


def outcome(rules: Rules, places: Mapping[Sentence, int], truths: Mapping[int, bool]) -> Outcome:
    """What *rules* come to where each sentence is known."""
    held = [(name, rule) for name, rule in rules.named() if true(rule.whole, places, truths)]
    names = frozenset(name for name, _ in held)
    for kind in PRECEDENCE:
        if any(rule.decision == kind for _, rule in held):
            return Outcome(kind, names, default=False)
    return Outcome(rules.otherwise, names, default=True)


def true(condition: Condition, places: Mapping[Sentence, int], truths: Mapping[int, bool]) -> bool:
    """Whether *condition* holds where each sentence is known."""

    def sure(inner: Condition) -> bool:
        return true(inner, places, truths)

    match condition:
        case Not(operand):
            return not sure(operand)
        case Join(word, operands):
            return all(map(sure, operands)) if word == "AND" else any(map(sure, operands))
        case Quantified(words, number, items):
            return reached(words, number, sum(map(sure, items)), len(items))
        case Points(number, items):
            return sum(Fraction(weight) for weight, each in items if sure(each)) >= Fraction(number)
        case Defined(_, inner):
            return sure(inner)
        case _:
            return truths[places[condition]]


def reached(words: str, number: int, count: int, items: int) -> bool:
    """Whether *count* of so many items is what a list asks for."""
    return {
        "ALL": count == items,
        "ANY": count >= 1,
        "NONE": count == 0,
        "AT LEAST": count >= number,
        "AT MOST": count <= number,
        "EXACTLY": count == number,
    }[words]


def fillings(case: Case) -> int:
    """How many fillings the limit counts."""
    return Table(case, readings(case), frozenset({"known", "assumed"})).fillings


def judge(case: Case) -> Judgement:
    """What the policy decides; `TooMany` where that takes too many fillings."""
    read = readings(case)
    table = Table(case, read, frozenset({"known", "assumed"}))
    outcomes = table.outcomes(case.rules)
    matter = table.matter(outcomes)
    decisions = {each.decision for each in outcomes}
    decided = len(decisions) == 1
    released = Table(case, read, frozenset({"known"}))
    assumed: set[str] = set()
    if decided and any(each.state == "assumed" for each in read.values()):
        assumed = {
            name
            for name in released.matter(released.outcomes(case.rules))
            if read[name].state == "assumed"
        }
    faulty = {(name, each.code) for name, each in read.items() if each.state == "faulty"}
    return Judgement(
        decision=min(decisions) if decided else "undecided",
        rules=_deciding(case.rules, outcomes) if decided else frozenset(),
        ask=frozenset(name for name in matter if read[name].state == "unknown"),
        unsure=frozenset(name for name in matter if read[name].state == "unsure"),
        assumed=frozenset(assumed),
        errors=frozenset(each for each in faulty if each[0] in matter),
        faults=frozenset(each for each in faulty if each[0] not in matter),
        fillings=table.fillings,
        released=released.fillings,
        linked=table.linked,
    )


def _deciding(rules: Rules, outcomes: Sequence[Outcome]) -> frozenset[str]:
    kind = outcomes[0].decision
    counts = Counter(name for each in outcomes for name in each.held)
    own = {name for name, rule in rules.named() if rule.decision == kind}
    always = {name for name in own if counts[name] == len(outcomes)}
    if always:
        return frozenset(always)
    sometimes = {name for name in own if counts[name]}
    return frozenset(sometimes | ({"otherwise"} if any(o.default for o in outcomes) else set()))
