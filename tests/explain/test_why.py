"""Why a verdict is as it is: what is shown, what is left out, and where it came from."""

from datetime import date
from typing import Any

import attrs
import pytest

from connectrules import (
    UNSURE,
    Contact,
    Decision,
    Explanation,
    Policy,
    Vocabulary,
    fact,
    phrase,
)
from connectrules.explanation import Evidence, Reason
from connectrules.schema.contact import Answers

TODAY = date(2026, 11, 22)


def told(explanation: Explanation) -> list[tuple[str, list[tuple[str, bool | None]]]]:
    """The rules, each with its conditions and whether they hold."""
    return [
        (reason.rule, [(each.sentence, each.holds) for each in reason.conditions])
        for reason in explanation.why
    ]


def conditions(text: str, **facts: Any) -> list[tuple[str, bool | None]]:  # noqa: ANN401
    """The conditions shown for a contact by the one rule *text*."""
    explanation = Policy.parse(text).explain(Contact(key="ada", **facts))
    assert len(explanation.why) == 1
    return told(explanation)[0][1]


_BOT, _MET, _RECOMMEND = ("is a bot", True), ("met in person", True), ("would recommend", True)


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("is a bot OR met in person", {"is_a_bot": False, "met_in_person": True}, [_MET]),
        ("is a bot OR met in person", {"is_a_bot": True, "met_in_person": True}, [_BOT]),
        ("is a bot OR met in person", {"met_in_person": True}, [_MET]),
        (
            "is a bot OR met in person",
            {"is_a_bot": False, "met_in_person": False},
            [("is a bot", False), ("met in person", False)],
        ),
        (
            "is a bot AND met in person",
            {"is_a_bot": True, "met_in_person": False},
            [("met in person", False)],
        ),
        (
            "is a bot AND met in person",
            {"is_a_bot": True, "met_in_person": True},
            [_BOT, _MET],
        ),
        ("NOT (is a bot AND met in person)", {"is_a_bot": False}, [("is a bot", False)]),
        (
            "AT LEAST 2 OF (is a bot; met in person; would recommend)",
            {"is_a_bot": True, "met_in_person": True, "would_recommend": True},
            [_BOT, _MET],
        ),
        (
            "AT LEAST 3 POINTS FROM (1 FOR is a bot; 1 FOR met in person; 3 FOR would recommend)",
            {"is_a_bot": True, "met_in_person": True, "would_recommend": True},
            [_RECOMMEND],
        ),
        (
            "AT LEAST 2 OF (is a bot; met in person; would recommend)",
            {"is_a_bot": False, "met_in_person": True, "would_recommend": False},
            [("is a bot", False), ("would recommend", False)],
        ),
        (
            "AT MOST 1 OF (is a bot; met in person; would recommend)",
            {"is_a_bot": False, "met_in_person": True, "would_recommend": False},
            [("is a bot", False), ("would recommend", False)],
        ),
        (
            "EXACTLY 1 OF (is a bot; met in person)",
            {"is_a_bot": False, "met_in_person": True},
            [("is a bot", False), _MET],
        ),
        (
            "EXACTLY 1 OF (is a bot; met in person; would recommend)",
            {"is_a_bot": True, "met_in_person": True, "would_recommend": False},
            [_BOT, _MET],
        ),
        (
            "EXACTLY 2 OF (is a bot; met in person; would recommend)",
            {"is_a_bot": False, "met_in_person": False, "would_recommend": True},
            [("is a bot", False), ("met in person", False)],
        ),
        (
            'country is not "UK" AND (is a bot OR is a bot)',
            {"country": "Ireland", "is_a_bot": True},
            [('country is not "UK"', True), _BOT],
        ),
    ],
)
def test_only_what_made_it_so(
    text: str, facts: dict[str, Any], expected: list[tuple[str, bool]]
) -> None:
    """Of a list as few items are shown as settle it, those that weigh most first."""
    assert conditions(text, **facts) == expected


_PRESS = """\
CONNECT "friends" WHEN met in person AND would recommend BECAUSE "they are friends"
CONNECT "locals" WHEN country is "UK"
REVIEW "press" WHEN position mentions "editor" BECAUSE "I answer the press"
DECLINE "bots" WHEN is a bot
OTHERWISE DECLINE BECAUSE "numbers mean nothing"
"""


class TestRules:
    """Which rules are shown, and what stood against them."""

    policy = Policy.parse(_PRESS)
    friend = Contact(
        key="ada",
        met_in_person=True,
        would_recommend=True,
        country="Ireland",
        position="Consultant",
        is_a_bot=False,
    )

    def test_a_weaker_rule_decides(self) -> None:
        """What kept the stronger rules from deciding is shown with it, under their names."""
        (reason,) = self.policy.explain(self.friend).why

        assert reason == Reason(
            "friends",
            "they are friends",
            (
                Evidence("met in person", True, (("met in person", True, None),)),  # noqa: FBT003
                Evidence("would recommend", True, (("would recommend", True, None),)),  # noqa: FBT003
                Evidence(
                    'position mentions "editor"',
                    False,  # noqa: FBT003
                    (("position", "Consultant", None),),
                    "press",
                ),
                Evidence("is a bot", False, (("is a bot", False, None),), "bots"),  # noqa: FBT003
            ),
        )

    def test_the_strongest_rule_decides(self) -> None:
        """Nothing stands against it, so nothing else is shown."""
        contact = attrs.evolve(self.friend, is_a_bot=True, position="Editor")

        assert told(self.policy.explain(contact)) == [("bots", [("is a bot", True)])]

    def test_two_rules_decide(self) -> None:
        """Each is shown with its own; what stood against both comes last."""
        contact = attrs.evolve(self.friend, country="UK")
        explanation = self.policy.explain(contact)

        assert told(explanation) == [
            ("friends", [("met in person", True), ("would recommend", True)]),
            (
                "locals",
                [
                    ('country is "UK"', True),
                    ('position mentions "editor"', False),
                    ("is a bot", False),
                ],
            ),
        ]
        assert [each.names for each in explanation.why.bases] == [
            ("country", "is a bot", "position"),
            ("is a bot", "met in person", "position", "would recommend"),
        ]

    def test_the_default_decides(self) -> None:
        """It is shown with what kept each rule that decides otherwise from holding."""
        contact = attrs.evolve(self.friend, would_recommend=False)
        (reason,) = self.policy.explain(contact).why

        assert (reason.rule, reason.because) == ("otherwise", "numbers mean nothing")
        assert [(each.sentence, each.holds, each.rule) for each in reason.conditions] == [
            ("would recommend", False, "friends"),
            ('country is "UK"', False, "locals"),
            ('position mentions "editor"', False, "press"),
        ]

    def test_undecided(self) -> None:
        """The rules that still may decide, with what is known and what is missing."""
        contact = attrs.evolve(self.friend, would_recommend=None, is_a_bot=UNSURE)
        explanation = self.policy.explain(contact)

        assert explanation.verdict.decision is Decision.UNDECIDED
        assert explanation.verdict.ask == ("would recommend",)
        assert explanation.verdict.unsure == ("is a bot",)
        assert told(explanation)[0] == (
            "friends",
            [("met in person", True), ("would recommend", None)],
        )


class TestValues:
    """What the facts were, and where they came from."""

    def test_where_values_come_from(self) -> None:
        """From the record, an answer, or an assumption."""
        policy = Policy.parse(
            "FACT is a recruiter: yes/no\nASSUME is a recruiter: no\n"
            "CONNECT WHEN followers >= 500 AND would recommend AND NOT is a recruiter\n"
            "AND met in person AND is loud\nFACT is loud: yes/no\nOTHERWISE DECLINE"
        )
        contact = Contact(
            key="ada",
            followers=501,
            met_in_person=True,
            other={"is_loud": True},
            origins={"followers": "contacts.csv:7", "is loud": "contacts.csv:8"},
        )
        answers = Answers({"would recommend": True}, {"would recommend": "answers.csv:2"})

        (reason,) = policy.explain(contact, answers=answers).why

        assert [each.values for each in reason.conditions] == [
            (("followers", 501, "contacts.csv:7"),),
            (("would recommend", True, "answers.csv:2"),),
            (("is a recruiter", False, "assumed"),),
            (("met in person", True, None),),
            (("is loud", True, "contacts.csv:8"),),
        ]
        (reason,) = policy.explain(contact, answers={"would recommend": True}).why
        assert reason.conditions[1].values == (("would recommend", True, "answers"),)

    @pytest.mark.parametrize("known", ["recruiter", "is a recruiter"])
    def test_where_values_of_a_field_come_from(self, known: str) -> None:
        """A field's origin is known by its own name, or as it is said."""

        @attrs.frozen
        class Lead:
            recruiter: bool = attrs.field(metadata=fact("is a recruiter"))
            origins: dict[str, str] = attrs.field(factory=dict)

        policy = Policy.parse("is a recruiter", vocabulary=Vocabulary.of(Lead))
        explanation = policy.explain(Lead(recruiter=True, origins={known: "leads.csv:3"}))

        assert explanation.why[0].conditions[0].values == (("is a recruiter", True, "leads.csv:3"),)

    def test_values_as_they_were_found(self) -> None:
        """A text keeps its capitals; two facts compared are both shown; so is the owner's."""
        policy = Policy.parse("followers is more than following AND country is my country")
        contact = Contact(key="ada", followers=5, following=3, country="IRELAND")

        (reason,) = policy.explain(contact, me=Contact(key="me", country="Ireland")).why

        assert [each.values for each in reason.conditions] == [
            (("followers", 5, None), ("following", 3, None)),
            (("country", "IRELAND", None), ("my country", "Ireland", None)),
        ]

    def test_values_are_no_part_of_the_contact(self) -> None:
        """What may change is copied, and what nobody could say is told apart from the unknown."""
        policy = Policy.parse(
            'values include "tea" AND labels include "x" AND is a bot AND met in person'
        )
        values, labels = ["Tea"], {"x"}
        contact = Contact(key="ada", values=values, labels=labels, is_a_bot=UNSURE)  # type: ignore[arg-type]
        explanation = policy.explain(contact)
        values.clear()
        labels.clear()

        (reason,) = explanation.why
        assert [each.values[0] for each in reason.conditions] == [
            ("values", ("Tea",), None),
            ("labels", frozenset({"x"}), None),
            ("is a bot", UNSURE, None),
            ("met in person", None, None),
        ]
        assert isinstance(hash(explanation), int)

    def test_names_and_questions(self) -> None:
        """A contact is called by its key, and by its name in the questions put about it."""
        text = (
            'ASK is kind: "Is {name} kind?"\nCONNECT WHEN is kind AND is a bot\nOTHERWISE DECLINE'
        )
        explanation = Policy.parse(text).explain(Contact(key="ada", name="Ada Example"))
        nameless = Policy.parse(text).explain(Contact(key="ada"))

        assert explanation.contact == "ada"
        assert dict(zip(explanation.verdict.ask, explanation.questions, strict=True)) == {
            "is kind": "Is Ada Example kind?",
            "is a bot": None,
        }
        assert "Is ada kind?" in nameless.questions


@phrase("answers {word:text}")
def answers(contact: Contact, word: str) -> bool | None:
    """Whether they do."""
    return None if contact.bio is None else contact.bio == word


_STAGES = """\
FACT stage: one of "new", "open"
CONNECT WHEN (stage is "new" AND posts > 5) OR (stage is "open" AND posts > 2)
OTHERWISE DECLINE
"""
_ENOUGH = [
    ("is a bot OR NOT is a bot", {}, []),
    ("followers < 500 OR followers >= 500", {"country": "UK"}, []),
    (
        "(is a bot AND met in person) OR (NOT is a bot AND met in person)",
        {"met_in_person": True},
        ["met in person"],
    ),
    (
        "(is a bot AND met in person) OR (NOT is a bot AND would recommend)",
        {"met_in_person": True, "would_recommend": True, "country": "UK"},
        ["met in person", "would recommend"],
    ),
    (
        _STAGES,
        {"posts": 6, "followers": 3},
        ["posts"],
    ),
    (
        "followers is more than following OR is a bot",
        {"followers": 5, "following": 3, "is_a_bot": False},
        ["followers", "following"],
    ),
    (
        "followers is more than following AND is a bot",
        {"followers": 5, "is_a_bot": False},
        ["is a bot"],
    ),
    ('answers "yes" OR is a bot', {"bio": "yes", "is_a_bot": False}, ['answers "yes"']),
    (
        "ASSUME is a bot: no\nCONNECT WHEN met in person AND NOT is a bot\nOTHERWISE DECLINE",
        {"met_in_person": True},
        ["is a bot", "met in person"],
    ),
    (
        "last active on is within the last 6 months OR is a bot",
        {"last_active_on": TODAY, "is_a_bot": False},
        ["last active on"],
    ),
    (
        "values include at least 2 of my values AND NOT is a bot",
        {"values": ("craft", "tea"), "is_a_bot": False, "posts": 3},
        ["is a bot", "my values", "values"],
    ),
]


@pytest.mark.parametrize(("text", "facts", "expected"), _ENOUGH)
def test_what_is_shown_is_enough(text: str, facts: dict[str, Any], expected: list[str]) -> None:
    """With only the facts shown known the decision is the same; and no other is shown."""
    policy = Policy.parse(text, vocabulary=Vocabulary.of(Contact, phrases=[answers]))
    me = Contact(key="me", values=("tea", "craft", "trees"))
    contact = Contact(key="ada", **facts)
    explanation = policy.explain(contact, me=me, today=TODAY)
    shown = {
        name
        for reason in explanation.why
        for each in reason.conditions
        for name, value, _ in each.values
        if value is not None
    }
    fields = {each.name: each.attribute for each in policy.facts if hasattr(each, "attribute")}
    hidden: dict[str, Any] = {
        field: None for name, field in fields.items() if field and name not in shown
    }

    assert explanation.verdict.decision is not Decision.UNDECIDED
    assert sorted(shown) == expected
    assert policy.decide(attrs.evolve(contact, **hidden), me=me, today=TODAY) is (
        explanation.verdict.decision
    )


def test_a_rule_that_may_hold_shows_what_it_hangs_on() -> None:
    """It and the default decide alike, whatever is unknown: what is unknown is told."""
    policy = Policy.parse('DECLINE "spam" WHEN is a bot OTHERWISE DECLINE BECAUSE "nobody"')
    explanation = policy.explain(Contact(key="ada"))

    assert explanation.verdict.rules == ("spam", "otherwise")
    assert told(explanation) == [("spam", [("is a bot", None)]), ("otherwise", [])]
