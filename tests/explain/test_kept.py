"""What is kept of an explanation for the contacts of whom the same is known."""

import attrs

from connectrules import UNSURE, Contact, Decision, Policy, Vocabulary, phrase
from connectrules.explanation import Evidence

POLICY = """
    ASSUME is a bot: no
    CONNECT WHEN has at least 500 followers AND values include "craft" AND NOT is a bot
    OTHERWISE DECLINE
"""


def evidence(policy: Policy[Contact], contact: Contact) -> tuple[Evidence, ...]:
    """The conditions of the one reason there is."""
    (reason,) = policy.explain(contact).why
    return reason.conditions


def test_each_contact_is_explained_with_its_own_values() -> None:
    """The second is explained as the first, by its own values and their places."""
    policy = Policy.parse(POLICY)
    one = Contact(key="one", followers=600, values=["craft"], origins={"followers": "a.csv:2"})
    two = Contact(key="two", followers=700, values=("Craft", "clay"), is_a_bot=None)

    found = [evidence(policy, each) for each in (one, two, one)]

    assert found[0] == found[2]
    assert [each.values for each in found[0]] == [
        (("followers", 600, "a.csv:2"),),
        (("values", ("craft",), None),),
        (("is a bot", False, "assumed"),),
    ]
    assert [each.values for each in found[1]] == [
        (("followers", 700, None),),
        (("values", ("Craft", "clay"), None),),
        (("is a bot", False, "assumed"),),
    ]


def test_what_is_known_and_what_is_assumed_are_told_apart() -> None:
    """The same outcome of the same test, and another place."""
    policy = Policy.parse(POLICY)
    one = Contact(key="one", followers=600, values=["craft"])

    assumed = evidence(policy, one)
    told = evidence(policy, attrs.evolve(one, is_a_bot=False))

    assert assumed[-1].values == (("is a bot", False, "assumed"),)
    assert told[-1].values == (("is a bot", False, None),)


def test_the_unsure_are_explained_by_themselves() -> None:
    """Unsure reads as unknown, and is shown as what it is."""
    policy = Policy.parse("would recommend AND met in person")

    unknown = evidence(policy, Contact(key="one", met_in_person=True))
    unsure = evidence(policy, Contact(key="two", met_in_person=True, would_recommend=UNSURE))

    assert unknown[0].values == (("would recommend", None, None),)
    assert unsure[0].values == (("would recommend", UNSURE, None),)


def test_a_phrase_is_called_once() -> None:
    """By deciding, wherever it stands and whatever comes of it, and by explaining."""
    calls = []

    @phrase("is keen")
    def is_keen(contact: Contact) -> bool | None:
        calls.append(contact.key)
        return None

    policy = Policy.parse(
        "DECLINE WHEN is a bot CONNECT WHEN would recommend AND is keen OTHERWISE DECLINE",
        vocabulary=Vocabulary.of(Contact, phrases=[is_keen]),
    )
    contact = Contact(key="ada", is_a_bot=False, would_recommend=True)
    policy.explain(contact)
    assert calls == ["ada"]
    calls.clear()

    assert policy.decide(contact) is Decision.UNDECIDED
    assert calls == ["ada"]
