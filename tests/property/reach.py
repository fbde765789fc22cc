"""What a case is an instance of, and all that the random cases have to reach."""

from collections.abc import Iterator

from tests.property.enumerate import Judgement, readings
from tests.property.kleene import guess
from tests.property.model import (
    Among,
    Between,
    Case,
    Compare,
    Defined,
    Fact,
    Includes,
    Is,
    Join,
    Kind,
    Mine,
    Multiple,
    Not,
    Part,
    Points,
    Quantified,
    Said,
    Sentence,
    Size,
    other,
    parts,
)
from tests.property.sentences import HAS, SPOKEN
from tests.property.universe import NAMED

OPERATORS = (
    "yes/no: said",
    "yes/no: denied",
    "phrase: said",
    "text: is",
    "text: is not",
    "text: is mine, known",
    "text: is not mine, unknown",
    "text: is one of",
    "text: is not one of",
    "text: is one of mine, known",
    "text: is one of mine, unknown",
    "text: mentions one",
    "text: mentions any",
    "text: mentions all",
    "text: mentions none",
    "text: mentions one mine, known",
    "text: mentions any mine, known",
    "text: contains one",
    "text: starts with one",
    "text: ends with one",
    "one of: is",
    "one of: is not",
    "one of: is mine, known",
    "one of: is one of",
    "one of: is not one of",
    "date: before",
    "date: after",
    "date: on",
    "date: before another",
    "date: after another",
    "date: after mine, known",
    "date: on mine, unknown",
    "date: between",
    "date: within",
    "date: more than",
    "date: less than",
    "list of text: include one",
    "list of text: include not",
    "list of text: include any",
    "list of text: include all",
    "list of text: include none",
    "list of text: include 2",
    "list of text: include one mine, known",
    "list of text: include 2 mine, known",
    "list of text: include any mine, unknown",
)
"""Sentences of the phrase book, by the type of their fact."""


def features(each: Case, wanted: Judgement) -> Iterator[str]:
    """What *each*, of which *wanted* is the verdict, is an instance of."""
    read = readings(each)
    if wanted.decision != "undecided" == guess(each).decision:
        yield "the exact step"
    for fact in each.rules.facts():
        yield f"{fact.kind.value}: {read[fact.name].state}"
    for what in ("ask", "unsure", "assumed", "rules"):
        if getattr(wanted, what):
            yield what
    for what, faults in (("error", wanted.errors), ("fault", wanted.faults)):
        for name, _ in faults:
            yield f"{what}: {NAMED[name].kind.value}"
    for sentence in each.rules.sentences():
        second = other(sentence)
        mine = f", {read[second.name].state}" if isinstance(second, Mine) else ""
        yield f"{sentence.fact.kind.value}: {_operator(sentence)}{mine}"
    for rule in each.rules.rules:
        yield from _joints(rule.condition)


def _operator(sentence: Sentence) -> str:  # noqa: C901 - a case a kind of sentence
    match sentence:
        case Said(denied=denied):
            return "denied" if denied else "said"
        case Compare(_, words, Multiple(percent=percent)):
            return "a share" if percent else "a multiple"
        case Compare(_, words, Mine()) | Compare(_, words, Fact()):
            return "compared"
        case Compare(_, words):
            return words
        case Between():
            return "between"
        case Is(_, denied, value):
            return f"is{' not' * denied}{_whose(value)}"
        case Among(_, denied, values):
            return f"is{' not' * denied} one of{_whose(values)}"
        case Part(_, verb, amount, values):
            return f"{verb} {amount}{_whose(values)}"
        case Includes(_, amount, values):
            return f"include {amount}{_whose(values)}"
        case Size(_, words):
            return words
        case _:
            return f"{sentence.words}{_whose(getattr(sentence, 'value', None))}"


def _whose(value: object) -> str:
    match value:
        case Mine():
            return " mine"
        case Fact():
            return " another"
        case _:
            return ""


def _joints(condition: object) -> Iterator[str]:
    match condition:
        case Not() | Points() | Defined():
            yield type(condition).__name__
        case Join(word):
            yield word
        case Quantified(words):
            yield words
        case _:
            return
    for each in parts(condition):
        yield from _joints(each)


def everything() -> set[str]:
    """All that the random cases must have been instances of."""
    states = ("known", "unknown", "unsure", "faulty")
    wanted = {f"{kind.value}: {state}" for kind in Kind for state in states}
    wanted |= {f"{kind.value}: assumed" for kind in Kind if kind is not Kind.PHRASE}
    wanted |= {f"{what}: {kind.value}" for kind in Kind for what in ("error", "fault")}
    for kind in (Kind.COUNT, Kind.NUMBER):
        rest = ("between", "compared", "a share", "a multiple")
        wanted |= {f"{kind.value}: {words}" for words in (*SPOKEN, *HAS, *rest)}
    wanted |= {f"list of text: {words}" for words in HAS}
    wanted |= set(OPERATORS)
    wanted |= {"Not", "AND", "OR", "Points", "Defined"}
    wanted |= {"ALL", "ANY", "NONE", "AT LEAST", "AT MOST", "EXACTLY"}
    return wanted | {"ask", "unsure", "assumed", "rules", "the exact step"}
