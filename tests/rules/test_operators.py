"""The phrase book: its examples, on every backend, and that everything reads the one entry."""

from collections.abc import Iterator
from datetime import date

import pytest

from connectrules import Contact, Decision, Policy
from connectrules.explain.answers import _operands
from connectrules.resolve.book import phrase_book
from connectrules.rules import tree
from connectrules.rules.entry import Operator, Sample
from connectrules.rules.meaning import Context, form
from connectrules.rules.operators import PHRASE_BOOK
from connectrules.rules.tree import occurrences
from connectrules.schema.types import CountType, Date, Number, OneOf, Text, TextList, YesNo

TODAY = date(2026, 11, 22)

_DECLARED = {
    YesNo: "yes/no",
    Number: "number",
    CountType: "count",
    Text: "text",
    OneOf: 'one of "craft", "speed", "other"',
    Date: "date",
    TextList: "list of text",
}


def samples() -> Iterator[object]:
    """Every sample of every entry, for each type of fact that the entry is about."""
    for operator in PHRASE_BOOK:
        for kind in operator.types:
            for sample in operator.samples:
                name = f"{operator.name}: {sample.sentence} ({kind.__name__})"
                yield pytest.param(_DECLARED[kind], sample, id=name)


@pytest.mark.parametrize("operator", PHRASE_BOOK, ids=lambda operator: operator.name)
def test_entries_are_complete(operator: Operator) -> None:
    """Each entry has samples that hold and that don't, some of them of its opposites, if any."""
    kind = _DECLARED[operator.types[0]]
    read = [
        test
        for sample in operator.samples
        for test in occurrences(_policy(kind, sample).rules[0].condition)
    ]

    assert {sample.holds for sample in operator.samples} == {True, False}
    assert {test.operator.name for test in read} == {operator.name}
    assert {test.denied for test in read} == ({True, False} if operator.opposites else {False})
    assert operator.reads.count("{}") == len(read[0].operands) - 1


def test_names() -> None:
    """Each entry has a name of its own."""
    names = [operator.name for operator in PHRASE_BOOK]

    assert all(names)
    assert len({*names}) == len(names)


@pytest.mark.parametrize("operator", PHRASE_BOOK, ids=lambda operator: operator.name)
def test_what_is_told_reads_alike(operator: Operator) -> None:
    """How an explanation says what was compared is a sentence, which means the same."""
    kind = _DECLARED[operator.types[0]]
    test = next(each for each in _tests(kind, *operator.samples) if not each.denied)
    told = operator.reads.format(*_operands(test))
    if told.startswith("has"):  # a sentence has the fact where this says what it holds
        told, _, _ = told.rpartition("items")
        assert test.sentence.startswith(told)
        return
    (again,) = _tests(kind, Sample(f"F {told}".strip(), None, holds=True))

    assert not again.denied
    assert form(again, Context(today=TODAY)) == form(test, Context(today=TODAY))


def _tests(kind: str, *samples: Sample) -> list[tree.Test]:
    """The tests in *samples* of a fact of a kind, each once."""
    found = {}
    for sample in samples:
        for each in occurrences(_policy(kind, sample).rules[0].condition):
            found[each.sentence] = each
    return [*found.values()]


def _policy(kind: str, sample: Sample) -> Policy[Contact]:
    sentence = sample.sentence.replace("F", "items")
    return Policy.parse(
        f"FACT items: {kind}\n"
        f"CONNECT WHEN {sentence}\n"
        f"REVIEW WHEN NOT {sentence}\n"
        "OTHERWISE DECLINE"
    )


@pytest.mark.parametrize(("kind", "sample"), [*samples()])
def test_samples(kind: str, sample: Sample) -> None:
    """A sample is worth what its entry says, however it is asked."""
    policy = _policy(kind, sample)
    sentence = sample.sentence.replace("F", "items")
    contact = Contact(key="ada", other={"items": sample.value})
    expected = Decision.CONNECT if sample.holds else Decision.REVIEW
    today = TODAY if policy.needs_today else None

    explanation = policy.explain(contact, today=today)

    assert policy.decide(contact, today=today) is expected
    assert policy.decider(today=today)(contact) is expected
    assert policy.judge(contact, today=today).decision is expected
    assert explanation.verdict.decision is expected
    assert {(each.sentence, each.holds) for why in explanation.why for each in why.conditions} == {
        (sentence, sample.holds)
    }
    assert policy.judge(Contact(key="bob"), today=today).ask == ("items",)


def test_spellings_are_one_tree() -> None:
    """No two entries are said alike for the same type of fact."""
    stack = [phrase_book()]
    met = 0
    while stack:
        node = stack.pop()
        stack += [*node.words.values(), *node.holes.values()]
        kinds = [
            kind
            for entry in node.entries
            if isinstance(entry.meaning, Operator)
            for kind in entry.meaning.types
        ]
        met += len(kinds)
        assert len(kinds) == len(set(kinds)), node.entries

    assert met > 60


def test_everything_reads_the_entry() -> None:
    """With the meaning of one entry turned round, all that is said of a contact turns with it."""
    (entry,) = (each for each in PHRASE_BOOK if each.name == "more than")
    text = "followers is more than 500 AND would recommend"
    few, many = Contact(key="few", followers=5), Contact(key="many", followers=5_000)

    straight = _told(Policy.parse(text), few, many)
    meaning = entry.meaning
    object.__setattr__(entry, "meaning", lambda a, f, n: a.negate(meaning(a, f, n)))
    try:
        turned = _told(Policy.parse(text), many, few)
        whole = Policy.parse("followers is more than 5 OR followers is at most 5")
        assert whole.decide(Contact(key="eve")) is Decision.CONNECT
    finally:
        object.__setattr__(entry, "meaning", meaning)

    assert turned == straight
    assert straight == [
        *(Decision.DECLINE, (), [(text.split(" AND ", maxsplit=1)[0], False)]),
        *(Decision.UNDECIDED, ("would recommend",)),
        [(text.split(" AND ", maxsplit=1)[0], True), ("would recommend", None)],
    ]


def _told(policy: Policy[Contact], *contacts: Contact) -> list[object]:
    """All that *policy* says of *contacts*, by every way there is to ask."""
    found: list[object] = []
    for contact in contacts:
        verdict, why = policy.judge(contact), policy.explain(contact).why
        decisions = {policy.decide(contact), policy.decider()(contact), verdict.decision}
        assert len(decisions) == 1
        conditions = [(each.sentence, each.holds) for reason in why for each in reason.conditions]
        found += [verdict.decision, verdict.ask, conditions]
    return found
