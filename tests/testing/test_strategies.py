"""Contacts as they are drawn: at a policy's boundaries, of any class."""

import datetime
from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings, target
from hypothesis import strategies as st

from connectrules import UNSURE, Contact, Decision, Policy, Vocabulary
from connectrules.errors import VocabularyError
from connectrules.testing.strategies import answers, contacts, me_and_today
from connectrules.testing.strategies.drawn import drawn as values_drawn
from tests.testing.people import (
    GUESTS,
    KNOTTED,
    LEADS,
    Guest,
    Knotted,
    Lead,
    Required,
    Trade,
    Weighed,
)

POLICY = Policy.parse(
    """
    FACT rating: number
    CONNECT WHEN followers is at least 500 AND country is "Éire" AND rating > 2
    DECLINE WHEN values include "craft"
    OTHERWISE REVIEW
    """
)
OWN = Policy.parse(
    "values include at least 1 of my values AND connected on is within the last 6 months"
)


def drawn(strategy: st.SearchStrategy[Any], number: int = 120) -> list[Any]:
    """What *strategy* draws, the same each time."""
    found = []

    @settings(
        max_examples=number,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(strategy)
    def draw(value: object) -> None:
        found.append(value)

    draw()
    return found


def test_boundaries() -> None:
    """Each fact takes each of its boundary values, and is unknown or unsure at times."""
    found = drawn(contacts(POLICY, unsure=0.5))

    assert {each.followers for each in found} == {None, UNSURE, 0, 499, 500, 501}
    assert {"Éire", "éIRE", "Eire", "other"} <= {each.country for each in found}
    assert {1, 2, 3} <= {each.other.get("rating") for each in found}
    assert {(), ("craft",)} <= {each.values for each in found}


def test_nothing_else_is_known() -> None:
    """Of facts that the policy does not speak of nothing is known."""
    assert {each.posts for each in drawn(contacts(POLICY))} == {None}
    assert {each.key for each in drawn(contacts(POLICY), 5)} == {"contact"}


@pytest.mark.once
@pytest.mark.parametrize("share", [0, 0.2, 0.7, 1])
def test_unknown_as_often_as_asked(share: float) -> None:
    """Values are unknown as often as asked, UNSURE among them; at 0 never and at 1 always."""
    found = drawn(contacts(POLICY, unknown=share), 300)

    gaps = [each.followers in {None, UNSURE} for each in found]
    assert sum(gaps) / len(gaps) == pytest.approx(share, abs=0.15 if 0 < share < 1 else 0)


def test_unsure_as_often_as_asked() -> None:
    """Of what is not known none is UNSURE, or all."""
    assert UNSURE not in {each.followers for each in drawn(contacts(POLICY, unsure=0))}
    assert None not in {each.followers for each in drawn(contacts(POLICY, unsure=1, unknown=0.5))}


@pytest.mark.parametrize("name", ["unknown", "unsure"])
@pytest.mark.parametrize("share", [-0.1, 2])
def test_no_share(name: str, share: float) -> None:
    """A share is from 0 to 1."""
    options: dict[str, Any] = {name: share}

    with pytest.raises(ValueError, match=f"`{name}` is a share from 0 to 1, and `{share}` is none"):
        contacts(POLICY, **options)


def test_neither_a_policy_nor_a_vocabulary() -> None:
    """A policy's text has to be parsed first."""
    text: Any = "is a bot"

    with pytest.raises(TypeError) as caught:
        contacts(text)

    assert str(caught.value) == (
        "contacts are drawn for a policy or a vocabulary, and a `str` is neither"
    )


def test_fixed() -> None:
    """A fixed value stands by a sentence or an attribute; a strategy for it is drawn from."""
    fixed = {
        "followers": 7,
        "met_in_person": True,
        "rating": st.integers(10, 12),
        "country": None,
        "key": st.uuids().map(str),
    }

    found = drawn(contacts(POLICY, fixed=fixed), 50)

    assert {each.followers for each in found} == {7}
    assert {each.met_in_person for each in found} == {True}
    assert {each.other["rating"] for each in found} == {10, 11, 12}
    assert {each.country for each in found} == {None}
    assert len({each.key for each in found}) > 10


def test_beside_what_is_fixed() -> None:
    """What a fixed value is compared with lies around it as well."""
    policy = Policy.parse("has at most following followers")

    found = drawn(contacts(policy, unknown=0, fixed={"following": 1_200}), 100)

    assert {1_199, 1_200, 1_201} <= {each.followers for each in found}


def test_a_fixed_name_that_is_none() -> None:
    """Somebody who misspells a name is told so."""
    with pytest.raises(VocabularyError) as caught:
        contacts(POLICY, fixed={"folowers": 7})

    assert str(caught.value) == (
        "`fixed` has `folowers`, and `Contact` has no such fact or field; did you mean `followers`?"
    )


def test_what_a_record_has_beside_its_facts() -> None:
    """A whole mapping `other` may be fixed, and facts of the policy are added to it."""
    (first, *_) = drawn(contacts(POLICY, unknown=0, fixed={"other": {"shoe size": 44}}), 5)

    assert first.other == {"shoe size": 44, "rating": 0}


def test_a_class_of_ones_own() -> None:
    """Each field holds what its annotation says, and nothing is unknown that cannot be."""
    found = drawn(contacts(LEADS, unsure=0.5), 200)

    assert {type(each) for each in found} == {Lead}
    assert {type(each.name) for each in found} == {str}
    assert {type(each.age) for each in found} == {int, type(None)}
    assert {type(each.score) for each in found} == {float, type(None)}
    assert {each.trade for each in found} == {*Trade, None}
    assert {each.size for each in found} == {"small", "large", None}
    assert {type(each.seen) for each in found} == {datetime.datetime, type(None)}
    assert {type(each.born) for each in found} == {datetime.date, type(None)}
    assert {type(each.likes) for each in found} == {set, type(None)}
    assert {type(each.tags) for each in found} == {tuple, type(None)}
    assert {type(each.notes) for each in found} == {list, type(None)}
    assert {each.met for each in found} == {True, False, None, UNSURE}
    assert UNSURE not in {each.age for each in found}
    assert {each._inner for each in found} >= {None, "craft"}
    assert {each.secret for each in found} == {None}
    assert {each.eager for each in found} == {True, False}


def test_a_class_without_gaps() -> None:
    """What may only be UNSURE is that where it is not known."""
    found = drawn(contacts(GUESTS, unknown=0.5))

    assert {type(each) for each in found} == {Guest}
    assert {each.invited for each in found} == {True, False, UNSURE}
    assert {type(each.friends) for each in found} == {int}
    assert {each.key for each in found} == {"contact"}


def test_a_class_with_other_defaults() -> None:
    """What is not known is None, whatever a record has where nothing is said."""
    vocabulary = Vocabulary.of(Required)

    assert drawn(contacts(vocabulary, unknown=1), 1) == [Required(met=None, visits=None)]
    assert drawn(contacts(Policy.parse("visits > 3", vocabulary=vocabulary), unknown=1), 1) == [
        Required(met=None, visits=None)
    ]


def test_a_policy_about_a_class_of_ones_own() -> None:
    """Fields that a record cannot be made without have a value, and others stay unknown."""
    policy = Policy.parse('trade is "smith"', vocabulary=LEADS)

    found = drawn(contacts(policy), 60)

    assert {each.trade for each in found} == {*Trade, None}
    assert {each.name for each in found} == {"other"}
    assert {each.age for each in found} == {None}


def test_a_field_that_is_no_fact() -> None:
    """It needs a default, or a fixed value."""
    with pytest.raises(VocabularyError) as caught:
        contacts(KNOTTED)

    assert str(caught.value) == (
        '`Knotted.knot` is no fact and has no default: give it a value, as in fixed={"knot": …}'
    )
    assert {each.knot for each in drawn(contacts(KNOTTED, fixed={"knot": 5}), 5)} == {5}
    assert {type(each) for each in drawn(contacts(KNOTTED, fixed={"knot": 5}), 5)} == {Knotted}


def test_phrases_may_look_at_anything() -> None:
    """A policy with a registered phrase draws all facts, near the phrase's literals too."""
    policy = Policy.parse('came with a "Hammer"', vocabulary=LEADS)

    found = drawn(contacts(policy), 250)

    assert {("Hammer",), ("Hammer", "other")} <= {each.tags for each in found}
    assert {each.age for each in found} > {None, 0}
    assert {policy.decide(each) for each in found} == {
        Decision.CONNECT,
        Decision.DECLINE,
        Decision.UNDECIDED,
    }


def test_an_owner_and_a_day() -> None:
    """Values lie around the owner's and the day, where these are given."""
    me, today = Contact(key="me", values=("wit",)), datetime.date(2026, 3, 31)

    found = drawn(contacts(OWN, me=me, today=today, unknown=0))

    assert {("wit",), ("WIT",), ()} <= {each.values for each in found}
    assert {datetime.date(2025, 9, 30), datetime.date(2025, 10, 1)} <= {
        each.connected_on for each in found
    }


def test_owners_and_days() -> None:
    """Only what a policy needs is drawn, and contacts lie around all of it."""
    assert drawn(me_and_today(POLICY), 1) == [{}]

    beside = drawn(me_and_today(OWN))

    assert {frozenset(each) for each in beside} == {frozenset({"me", "today"})}
    assert {type(each["me"]) for each in beside} == {Contact}
    assert len({each["today"] for each in beside}) > 3
    assert {None, ("craft",)} <= {each["me"].values for each in beside}
    apart = st.tuples(contacts(OWN), me_and_today(OWN))
    near = me_and_today(OWN).flatmap(lambda each: st.tuples(contacts(OWN, **each), st.just(each)))
    assert Decision.DECLINE in _decisions(drawn(apart, 100))
    assert _decisions(drawn(near, 100))[Decision.CONNECT] > 0


def _decisions(found: list[tuple[Contact, dict[str, Any]]]) -> Counter[Decision]:
    return Counter(OWN.decide(contact, **beside) for contact, beside in found)


def test_answers() -> None:
    """Facts have answers, UNSURE among them, and as many stay without as asked."""
    found = drawn(answers(POLICY, unsure=0.5))

    assert {each.get("rating") for each in found} == {None, UNSURE, 0, 1, 2, 3}
    assert {len(each) for each in drawn(answers(POLICY, unknown=0), 10)} == {4}
    assert drawn(answers(POLICY, unknown=1, unsure=0), 1) == [{}]


def test_answers_about_somebody() -> None:
    """What a record says is not answered again, and nor is what it is unsure of."""
    contact = Contact(key="x", followers=3, country=UNSURE)

    found = drawn(answers(POLICY, contact))

    assert {name for each in found for name in each} == {"rating", "values"}
    assert {type(POLICY.decide(contact, answers=each)) for each in found} == {Decision}


def test_the_same_each_time() -> None:
    """Draws are made anew alike."""
    assert drawn(contacts(POLICY), 30) == drawn(contacts(POLICY), 30)


def test_target() -> None:
    """A search can be led towards a score."""
    best = 0

    @settings(max_examples=200, derandomize=True, database=None, deadline=None)
    @given(contacts(Vocabulary.of(Contact)))
    def holds(contact: Contact) -> None:
        nonlocal best
        best = max(best, contact.followers or 0 if contact.followers is not UNSURE else 0)
        target(best)

    holds()

    assert best >= 5_000


def test_every_field_of_contacts() -> None:
    """All facts of the ready-made class are drawn."""
    vocabulary = Vocabulary.of(Contact)

    found = drawn(contacts(vocabulary, unknown=0, unsure=0), 20)

    for fact in vocabulary.facts.values():
        values = [getattr(each, fact.attribute or "") for each in found]
        assert all(fact.type.ready(value) is not None for value in values)


def test_a_fixed_value_that_cannot_be() -> None:
    """It is refused where it is given, not where a record is judged."""
    with pytest.raises(ValueError, match="followers") as caught:
        contacts(POLICY, fixed={"followers": "many"})

    assert str(caught.value) == (
        "`fixed` gives `followers` a value that it cannot have: "
        "`many` is not a whole number, 0 or more"
    )
    assert drawn(contacts(POLICY, fixed={"followers": None}), 1)[0].followers is None


def test_what_a_class_is_made_with_and_does_not_keep() -> None:
    """It needs a default, or a fixed value."""
    vocabulary = Vocabulary.of(Weighed)
    with pytest.raises(VocabularyError) as caught:
        contacts(vocabulary)

    assert str(caught.value) == (
        '`Weighed.scale` is no fact and has no default: give it a value, as in fixed={"scale": …}'
    )
    assert {type(each) for each in drawn(contacts(vocabulary, fixed={"scale": 2}), 5)} == {Weighed}


@pytest.mark.parametrize("unknown", [0, 0.2, 0.9, 0.99])
@pytest.mark.parametrize("number", [1, 20, 100, 1_000])
def test_each_value_has_numbers(number: int, unknown: float) -> None:
    """However seldom a value is known, it can be any."""
    one = values_drawn(range(number), unknown, 0)

    most = 256**one.size
    step = max(1, (most - one.gap) // (4 * number))
    found = {one.value(each) for each in range(one.gap, most, step)}

    assert found == {*range(number)}
