"""Names: how they are said, denied and found in a sentence."""

from connectrules import Contact, Vocabulary
from connectrules.resolve.names import Definition, Names, denied, facts_by_words
from connectrules.rules import tree
from connectrules.schema.types import CountType, Text, YesNo
from connectrules.schema.vocabulary import Fact
from tests.resolve.reading import condition, resolved

TALL, IS_TALL = Fact("tall", Text()), Fact("is tall", YesNo())
REPLIES = Fact("replies to me", CountType())


def test_a_name_that_begins_with_a_verb_is_denied_in_place() -> None:
    """Others are not, nor is a verb alone."""
    assert denied("is a recruiter") == "is not a recruiter"
    assert denied("would recommend") == "would not recommend"
    assert denied("follows me") is None
    assert denied("is") is None


def test_names_are_found_where_they_begin() -> None:
    """All that begin there, the short and the long, and none that goes past the end."""
    names = Names({"tall": TALL, "is tall": IS_TALL, "is": Fact("is", YesNo())}, {})

    assert [*names.at(["is", "tall"], 0)] == [(Fact("is", YesNo()), 1), (IS_TALL, 2)]
    assert [*names.at(["is", "tall"], 1)] == [(TALL, 2)]
    assert [*names.at(["is"], 0)] == [(Fact("is", YesNo()), 1)]
    assert [*names.at(["is"], 1)] == []


def test_after_one_a_word_may_be_singular() -> None:
    """Just one word of the name."""
    names = Names({"replies to me": REPLIES}, {})

    assert [*names.one_at(["reply", "to", "me"], 0)] == [(REPLIES, 3)]
    assert [*names.one_at(["replie", "to", "me"], 0)] == [(REPLIES, 3)]
    assert [*names.one_at(["replies", "to", "me"], 0)] == []


def test_a_definition_and_its_denial_are_known() -> None:
    """A definition is put in place when its condition is known."""
    names = Names({"is tall": IS_TALL}, {"is good": Definition("is good", None)})
    good = Definition("Is good", None)
    names.definitions["is good"] = good

    assert [*names.named("is good")] == [(good, False)]
    assert [*names.named("is not good")] == [(good, True)]
    assert [*names.named("is not tall")] == [(IS_TALL, True)]
    assert [*names.named("is tall")] == []


def test_a_sentence_with_a_broken_name_is_clouded() -> None:
    """What it says cannot be told; that of others can, unless a file is missing."""
    names = Names({}, {}, ["very tall"])

    assert names.is_clouded(["is", "very", "tall"])
    assert not names.is_clouded(["is", "tall"])
    assert Names({}, {}, partial=True).is_clouded(["is"])


def test_names_that_are_no_sentence_do_no_harm() -> None:
    """A record may have a field that no policy can say."""
    vocabulary: Vocabulary[object] = Vocabulary(
        Contact, {"AND": Fact("AND", YesNo()), "": Fact("", YesNo())}
    )

    names = Names(facts_by_words(vocabulary), {})

    assert [*names.at(["and"], 0)] == []


def test_a_denied_fact_is_tested_once() -> None:
    """The denial is NOT of the same test."""
    found = condition("is not a recruiter")

    assert isinstance(found, tree.Not)
    assert isinstance(found.operand, tree.Test)
    assert found.operand == condition("is a recruiter")
    assert found.operand.denied


def test_a_definition_is_its_condition() -> None:
    """A denied one is NOT of it; both are shared, not copied."""
    (plain, opposite) = resolved(
        "DEFINE is good AS keen OR witty\n"
        "CONNECT WHEN is good\nDECLINE WHEN is not good\nOTHERWISE DECLINE\n"
    ).rules

    assert isinstance(opposite.condition, tree.Not)
    assert opposite.condition.operand is plain.condition


def test_names_ignore_case_and_may_hold_numbers() -> None:
    """As they are declared, so they are said."""
    found = resolved("FACT In  Top 5K: yes/no\nCONNECT WHEN in TOP 5k\nOTHERWISE DECLINE\n")

    assert [fact.name for fact in found.vocabulary.facts.values()][-1] == "In Top 5K"


def test_ask_gives_a_field_its_question() -> None:
    """A yes/no fact of the record stays its field."""
    found = resolved('ASK keen: "Is {name} keen?"\nCONNECT WHEN keen\nOTHERWISE DECLINE\n')

    keen = found.names.facts["keen"]
    assert (keen.attribute, keen.question, keen.asked) == ("keen", "Is {name} keen?", True)


def test_number_agrees_with_a_count() -> None:
    """The record's type holds; choices agree in any order and case."""
    found = resolved(
        'FACT followers: number\nFACT relationship: one of "Peer", "client"\nFACT keen: yes/no\n'
        "CONNECT WHEN has no followers OR keen\nOTHERWISE DECLINE\n"
    )

    assert found.names.facts["followers"].type == CountType()
    assert found.names.facts["relationship"].attribute == "relationship"
