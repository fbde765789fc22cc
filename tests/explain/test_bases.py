"""The smallest sets of facts that settle a decision alone: which, in what order, how told."""

from itertools import combinations, islice
from math import comb
from random import Random
from typing import Any

import attrs
import pytest

from connectrules import Contact, Decision, Policy
from connectrules.exact.analysis import Analyser
from connectrules.explanation import Basis, Evidence, Reason

NAMES = [f"fact {chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(60)]
"""Names whose order is that of the alphabet."""


def declared(text: str) -> Policy[Contact]:
    """A policy of rules, or of a condition, that may speak of yes/no facts called `NAMES`."""
    text = text if "OTHERWISE" in text else f"CONNECT WHEN {text}\nOTHERWISE DECLINE"
    spoken = [f"FACT {name}: yes/no" for name in NAMES if name in text]
    return Policy.parse("\n".join([*spoken, text]))


def contact(yes: int, no: int = 0) -> Contact:
    """Of whom the first *yes* facts hold, and the next *no* do not."""
    return Contact(key="ada", other={name: n < yes for n, name in enumerate(NAMES[: yes + no])})


def listed(words: str, names: list[str]) -> str:
    """A list of facts."""
    return f"{words} ({'; '.join(names)})"


def names(text: str, **facts: Any) -> list[tuple[str, ...]]:  # noqa: ANN401 - as a record has them
    """The bases of the decision that *text* makes of a contact."""
    explanation = Policy.parse(text).explain(Contact(key="ada", **facts))
    return [each.names for each in explanation.why.bases]


_POINTS = (
    "AT LEAST 4 POINTS FROM (3 FOR is a bot; 2 FOR met in person; 2 FOR follows me;"
    " 1 FOR would recommend)"
)


_COMPARED = (
    "AT LEAST 2 OF (followers is more than following; followers > 3;"
    " ALL OF (is a bot; met in person))"
)


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("is a bot OR NOT is a bot", {"is_a_bot": True}, [()]),
        ("followers < 500 OR followers >= 500", {}, [()]),
        ("is a bot AND NOT is a bot", {"is_a_bot": True}, [()]),
        ("is a bot AND is a bot", {"is_a_bot": True}, [("is a bot",)]),
        (
            "(is a bot AND met in person) OR (NOT is a bot AND met in person)",
            {"is_a_bot": False, "met_in_person": True},
            [("met in person",)],
        ),
        (
            "(is a bot AND met in person) OR (NOT is a bot AND would recommend)",
            {"is_a_bot": True, "met_in_person": True, "would_recommend": True},
            [("is a bot", "met in person"), ("met in person", "would recommend")],
        ),
        (
            "(is a bot AND met in person) OR would recommend OR (is a bot AND follows me)",
            {"is_a_bot": True, "met_in_person": True, "would_recommend": True, "follows_me": True},
            [("would recommend",), ("follows me", "is a bot"), ("is a bot", "met in person")],
        ),
        (
            "EXACTLY 1 OF (is a bot; met in person; would recommend; followers < 0)",
            {"is_a_bot": True, "met_in_person": False, "would_recommend": False, "followers": 3},
            [("is a bot", "met in person", "would recommend")],
        ),
        (
            "EXACTLY 1 OF (is a bot; met in person; would recommend)",
            {"is_a_bot": True, "met_in_person": True, "would_recommend": True},
            [
                ("is a bot", "met in person"),
                ("is a bot", "would recommend"),
                ("met in person", "would recommend"),
            ],
        ),
        (
            _POINTS,
            {"is_a_bot": True, "met_in_person": True, "would_recommend": True, "follows_me": True},
            [
                ("follows me", "is a bot"),
                ("follows me", "met in person"),
                ("is a bot", "met in person"),
                ("is a bot", "would recommend"),
            ],
        ),
        (
            "followers is more than following OR (is a bot AND followers > 3)",
            {"followers": 5, "following": 3, "is_a_bot": True},
            [("followers", "following"), ("followers", "is a bot")],
        ),
        (
            _COMPARED,
            {"followers": 5, "following": 3, "is_a_bot": True, "met_in_person": True},
            [("followers", "following"), ("followers", "is a bot", "met in person")],
        ),
        (
            "(followers > 300 AND is a bot) OR (followers < 500 AND is a bot)",
            {"followers": 400, "is_a_bot": True},
            [("is a bot",)],
        ),
        (
            "AT LEAST 2 OF (is a bot; met in person; would recommend) OR (is a bot AND follows me)",
            {"is_a_bot": True, "met_in_person": True, "would_recommend": True, "follows_me": True},
            [
                ("follows me", "is a bot"),
                ("is a bot", "met in person"),
                ("is a bot", "would recommend"),
                ("met in person", "would recommend"),
            ],
        ),
        (
            "followers is between 5 and following",
            {"followers": 3, "following": 9},
            [("followers",)],
        ),
        (
            "followers is between 5 and following",
            {"followers": 12, "following": 9},
            [("followers", "following")],
        ),
    ],
)
def test_all_sets(text: str, facts: dict[str, Any], expected: list[tuple[str, ...]]) -> None:
    """Each set is enough, nothing can be left out of it, and none is missing."""
    assert names(text, **facts) == expected


def test_fewer_assumed_facts_come_first() -> None:
    """Of as many facts, those that are known are told before those that are assumed."""
    text = "ASSUME follows me: yes\nCONNECT WHEN follows me OR met in person\nOTHERWISE DECLINE"

    assert names(text, met_in_person=True) == [("met in person",), ("follows me",)]


def test_a_contact_that_is_undecided_has_none() -> None:
    """There is nothing to settle."""
    assert names("is a bot") == []


class TestTold:
    """What a basis tells."""

    policy = Policy.parse(
        'CONNECT "friends" WHEN met in person AND would recommend BECAUSE "they are friends"\n'
        'CONNECT "known" WHEN has at least 500 followers\nDECLINE "bots" WHEN is a bot\n'
        "OTHERWISE DECLINE"
    )
    ada = Contact(
        key="ada",
        met_in_person=True,
        would_recommend=True,
        followers=600,
        is_a_bot=False,
        origins={"followers": "contacts.csv:2"},
    )

    def test_the_facts_and_what_they_settle(self) -> None:
        """Its facts with their values and places; a rule they do not settle has its own."""
        first, second = self.policy.explain(self.ada).why.bases
        followers = ("followers", 600, "contacts.csv:2")
        bot = ("is a bot", False, None)
        no_bot = Evidence("is a bot", False, (bot,), "bots")  # noqa: FBT003
        met, recommended = (
            Evidence(name, True, ((name, True, None),))  # noqa: FBT003
            for name in ("met in person", "would recommend")
        )

        assert first == Basis(
            (followers, bot),
            (
                Reason("friends", "they are friends", (met, recommended)),
                Reason(
                    "known",
                    None,
                    (Evidence("has at least 500 followers", True, (followers,)), no_bot),  # noqa: FBT003
                ),
            ),
        )
        assert second.names == ("is a bot", "met in person", "would recommend")
        assert [[each.sentence for each in reason.conditions] for reason in second.reasons] == [
            ["met in person", "would recommend"],
            ["has at least 500 followers", "is a bot"],
        ]

    def test_the_first_is_what_the_explanation_shows(self) -> None:
        """`why` is the sequence of the first basis' reasons."""
        why = self.policy.explain(self.ada).why

        assert tuple(why) == next(why.bases).reasons == why[:]
        assert why[0].rule == "friends"
        assert len(why) == 2

    def test_rules_that_decide_together(self) -> None:
        """Facts that settle it whichever of two rules holds are shown under both."""
        policy = Policy.parse(
            'CONNECT "bots" WHEN is a bot AND met in person\n'
            'CONNECT "others" WHEN NOT is a bot AND would recommend\nOTHERWISE DECLINE'
        )
        contact = Contact(key="ada", is_a_bot=True, met_in_person=True, would_recommend=True)
        bases = list(policy.explain(contact).why.bases)

        assert [each.names for each in bases] == [
            ("is a bot", "met in person"),
            ("met in person", "would recommend"),
        ]
        assert [(reason.rule, len(reason.conditions)) for reason in bases[1].reasons] == [
            ("bots", 1),
            ("others", 1),
        ]

    def test_the_default_where_a_rule_of_its_kind_holds(self) -> None:
        """What keeps the others from holding is told under OTHERWISE."""
        policy = Policy.parse(
            'REVIEW "known" WHEN met in person AND would recommend\n'
            'CONNECT "bots" WHEN is a bot\nOTHERWISE REVIEW'
        )
        contact = Contact(key="ada", is_a_bot=False, met_in_person=True, would_recommend=True)
        first, second = policy.explain(contact).why.bases

        assert (first.names, second.names) == (
            ("is a bot",),
            ("met in person", "would recommend"),
        )
        assert [(reason.rule, len(reason.conditions)) for reason in first.reasons] == [
            ("known", 0),
            ("otherwise", 1),
        ]

    def test_sentences_of_one_meaning(self) -> None:
        """A sentence that rests on a fact of the owner's is not left out for one that does not."""
        policy = Policy.parse('country is "UK" AND (country is my country OR is a bot)')
        contact = Contact(key="ada", country="UK")
        (reason,) = policy.explain(contact, me=Contact(key="me", country="UK")).why

        assert [each.sentence for each in reason.conditions] == [
            'country is "UK"',
            "country is my country",
        ]


class TestLarge:
    """Policies in which not every set can be looked at."""

    def test_they_come_one_by_one(self) -> None:
        """Half of 50 facts settle it, in more ways than could be listed."""
        policy = declared(listed("AT LEAST 25 OF", NAMES[:50]))
        bases = policy.explain(contact(50)).why.bases

        first, second = islice(bases, 2)
        assert comb(50, 25) > 10**14
        assert first.names == tuple(NAMES[:25])
        assert second.names == (*NAMES[:24], NAMES[25])
        assert first.smallest

    def test_past_the_limit_of_fillings(self) -> None:
        """Where the facts of a set alone would leave it undecided, the set does not count."""
        split = [f"({name} OR NOT {name})" for name in NAMES[:17]]
        policy = declared(" AND ".join([*split, NAMES[17]]))
        found = [each.names for each in islice(policy.explain(contact(18)).why.bases, 3)]

        assert found == [(NAMES[n], NAMES[17]) for n in range(3)]

    def test_all_unknown_past_the_limit(self) -> None:
        """A contact of whom too little is known is judged by Kleene logic, and so are its sets."""
        split = [f"({name} OR NOT {name})" for name in NAMES[:20]]
        policy = declared(f"({' AND '.join(split)}) OR {NAMES[20]}")
        ada = Contact(key="ada", other={NAMES[20]: True, NAMES[0]: True})

        assert [each.names for each in policy.explain(ada).why.bases] == [(NAMES[20],)]

    def test_when_the_smallest_cannot_be_found(self) -> None:
        """The first is a set of which nothing can be left out, and says that it may not be it."""
        pairs = [*combinations(NAMES[:24], 3)]
        chosen = [pairs[n * 97 % len(pairs)] for n in range(300)]
        text = " AND ".join(f"({' OR '.join(each)})" for each in chosen)
        policy = declared(text)
        explanation = policy.explain(contact(24))
        (first,) = islice(explanation.why.bases, 1)

        assert not first.smallest
        assert _decides(policy, first.names)
        for name in first.names:
            assert not _decides(policy, [each for each in first.names if each != name])

    @pytest.mark.once
    def test_many_rules(self) -> None:
        """A thousand rules are explained, and only what decided is told."""
        rules = [f"DECLINE WHEN {NAMES[n % 50]} AND followers > {n}" for n in range(1_000)]
        policy = declared("\n".join([*rules, "OTHERWISE CONNECT"]))
        ada = attrs.evolve(contact(0, 50), followers=5_000)
        (first, *others) = islice(policy.explain(ada).why.bases, 3)

        assert first.names == tuple(NAMES[:50])
        assert others == []

    @pytest.mark.once
    def test_the_search_for_one_more_is_bounded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where the next is hard to find another is taken, and in the end there is an end."""
        draw = Random(3)  # noqa: S311 - no secret
        facts = [f"fact {chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(100)]
        rules = [
            f"{draw.choice(['CONNECT', 'DECLINE', 'REVIEW'])} WHEN {draw.choice(facts)}"
            f" AND NOT {draw.choice(facts)} AND NOT {draw.choice(facts)}"
            for _ in range(200)
        ]
        declarations = [f"FACT {name}: yes/no" for name in facts]
        policy = Policy.parse("\n".join([*declarations, *rules, "OTHERWISE DECLINE"]))
        other = {name: draw.random() < 0.05 for name in facts}
        explanation = policy.explain(Contact(key="ada", other=other))

        tried, analyse = [0], Analyser.analyse

        def counted(*given: Any) -> Any:  # noqa: ANN401 - passed on
            tried[0] += 1
            return analyse(*given)

        monkeypatch.setattr(Analyser, "analyse", counted)
        found = [basis.names for basis in islice(explanation.why.bases, 3)]

        assert len(set(found)) == len(found) > 1
        assert tried[0] < 3_000
        for names in found:
            alone = {name: other[name] for name in names}
            assert policy.decide(Contact(key="ada", other=alone)) is explanation.verdict.decision


def _decides(policy: Policy[Contact], names: Any) -> bool:  # noqa: ANN401 - some names
    other = dict.fromkeys(names, True)
    return policy.decide(Contact(key="ada", other=other)) is Decision.CONNECT
