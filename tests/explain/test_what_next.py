"""What to ask next, what each answer leads to, and what nobody need be asked."""

import datetime
import pickle
from collections.abc import Mapping
from typing import Any

import pytest

from connectrules import UNSURE, Contact, Decision, Policy, Vocabulary, phrase
from connectrules.exact import analysis
from connectrules.explain import prospects
from connectrules.explain.leads import Leads
from connectrules.explain.prospects import Prospects
from connectrules.explanation import Explanation, Lead, Question

TODAY = datetime.date(2026, 11, 22)
FACTS = """
    FACT rate: number
    FACT met on: date
    FACT kind: one of "client", "journalist", "peer"
    FACT grade: one of "a", "b", "c", "d", "e", "f", "g"
"""


def explained(text: str, me: Mapping[str, Any] | None = None, **known: object) -> Explanation:
    """What is said of a contact of whom so much is *known*."""
    fields: dict[str, Any] = known
    policy = Policy.parse(text)
    return policy.explain(
        Contact(key="x", **fields), me=Contact(key="me", **(me or {})), today=TODAY
    )


def told(question: Question) -> list[tuple[str, Decision | str | None]]:
    """The leads of *question*: the decision, or what to ask."""
    return [
        (lead.answer, lead.ask if lead.decision is None else lead.decision)
        for lead in question.leads
    ]


CONNECT, DECLINE, UNDECIDED = Decision.CONNECT, Decision.DECLINE, Decision.UNDECIDED


def test_the_order_that_settles_soonest() -> None:
    """First what takes the fewest questions, with their number, their chance and their leads."""
    explanation = explained("would recommend AND (met in person OR follows me)")

    assert [(q.fact, q.expected, q.influence) for q in explanation.what_next] == [
        ("would recommend", 1.75, 0.75),
        ("follows me", 2.25, 0.25),
        ("met in person", 2.25, 0.25),
    ]
    assert [told(question) for question in explanation.what_next] == [
        [("yes", "follows me"), ("no", DECLINE)],
        [("yes", "would recommend"), ("no", "met in person")],
        [("yes", "would recommend"), ("no", "follows me")],
    ]


def test_a_question_in_the_policys_own_words() -> None:
    """It is the one of the ASK line, with the contact's name; without one there is none."""
    policy = Policy.parse(
        'ASK would recommend: "Would you recommend {name}?"\n'
        "CONNECT WHEN would recommend AND met in person OTHERWISE DECLINE"
    )
    explanation = policy.explain(Contact(key="x", name="Ada Example"))

    assert [(question.fact, question.question) for question in explanation.what_next] == [
        ("met in person", None),
        ("would recommend", "Would you recommend Ada Example?"),
    ]


def test_nothing_is_asked_of_the_decided() -> None:
    """What is settled needs no answer, and none could matter."""
    explanation = explained(
        "would recommend AND (met in person OR follows me)", would_recommend=False
    )

    assert explanation.what_next == ()
    assert explanation.cannot_matter == ("met in person", "follows me")


@pytest.mark.parametrize(
    ("condition", "leads"),
    [
        ("has at least 500 followers", ["at least 500", "less than 500"]),
        ("has at least 1,000 followers", ["at least 1,000", "less than 1,000"]),
        ("followers is between 20 and 50", ["20 to 50", "anything else"]),
        ("has exactly 5 followers", ["5", "anything else"]),
        ("has no followers", ["0", "at least 1"]),
        ("followers is 5 OR followers is at least 10", ["5 OR at least 10", "anything else"]),
        ("rate is at least 2.5", ["at least 2.5", "less than 2.5"]),
        ("rate is more than 5", ["more than 5", "at most 5"]),
        ("rate is 5", ["5", "anything else"]),
        ("rate is -5", ["-5", "anything else"]),
        ("rate > 0 AND rate < 1", ["more than 0 and less than 1", "anything else"]),
        (
            "rate >= 0 AND rate != 0.5",
            ["at least 0 and less than 0.5 OR more than 0.5", "anything else"],
        ),
        ("rate > -1 AND rate <= 1,000", ["more than -1 and at most 1,000", "anything else"]),
        ("rate >= 2 AND rate < 3", ["at least 2 and less than 3", "anything else"]),
        ("met on is before 2024-05-01", ["before 2024-05-01", "2024-05-01 or later"]),
        ("met on is after 2024-05-01", ["2024-05-02 or later", "before 2024-05-02"]),
        ("met on is on 2024-05-01", ["2024-05-01", "anything else"]),
        (
            "met on is between 2024-05-01 and 2024-06-01",
            ["2024-05-01 to 2024-06-01", "anything else"],
        ),
        ("met on is within the last 6 months", ["within the last 6 months", "anything else"]),
        ("met on is more than 2 years ago", ["more than 2 years ago", "2024-11-22 or later"]),
        ('kind is "peer"', ['"peer"', '"client" or "journalist"']),
        ('grade is "b"', ['"b"', "anything else"]),
        ('country is "UK"', ['"UK"', "anything else"]),
        ('country is not "France"', ["anything else", '"France"']),
        ('country is one of "UK", "Ireland"', ['"UK" or "Ireland"', "anything else"]),
        ('position mentions "Editor"', ['mentions "Editor"', "anything else"]),
        (
            'position mentions "Editor" AND NOT position mentions "junior"',
            ['mentions "Editor" AND NOT mentions "junior"', "anything else"],
        ),
        (
            'position starts with "head" OR position contains "chief"',
            ['starts with "head" OR contains "chief"', "anything else"],
        ),
        (
            'position mentions "a" AND position mentions none of "b", "c"',
            ['mentions "a" AND mentions none of "b", "c"', "anything else"],
        ),
        ('values include "craft"', ['include "craft"', "anything else"]),
        (
            'values include at least 2 of "a", "B", "c"',
            ['include at least 2 of "a", "B", "c"', "anything else"],
        ),
        ("has no values", ["has no values", "anything else"]),
        (
            'has at least 2 values AND values include "craft"',
            ['include "craft" AND has at least 2 values', "anything else"],
        ),
    ],
)
def test_answers_in_the_policys_words(condition: str, leads: list[str]) -> None:
    """What leads to the same is told as one answer: first what connects, then what declines."""
    (question,) = explained(f"{FACTS} CONNECT WHEN {condition} OTHERWISE DECLINE").what_next

    assert sorted(told(question)) == sorted(zip(leads, (CONNECT, DECLINE), strict=True))


def test_answers_that_lead_elsewhere() -> None:
    """Each kind of answer leads to its own decision or question, the larger number first."""
    questions = explained("""
        CONNECT WHEN has at least 500 followers OR (has at least 50 followers AND follows me)
        OTHERWISE DECLINE
    """).what_next

    assert [told(question) for question in questions] == [
        [("at least 500", CONNECT), ("50 to 499", "follows me"), ("less than 50", DECLINE)],
        [("yes", "followers"), ("no", "followers")],
    ]


def test_an_answer_that_settles_nothing_yet() -> None:
    """Where every answer leads to the same question, it is told once."""
    questions = explained('country is "UK" AND would recommend AND met in person').what_next

    assert told(questions[0]) == [('"UK"', "met in person"), ("anything else", DECLINE)]
    questions = explained("""
        CONNECT WHEN country is "UK" OTHERWISE DECLINE
        REVIEW WHEN would recommend AND NOT met in person
    """).what_next
    assert [question.fact for question in questions][-1] == "country"
    assert told(questions[-1]) == [("anything", "met in person")]


def test_a_comparison_of_two_unknown_facts() -> None:
    """The first of them settles nothing, the second does."""
    questions = explained("followers is more than following").what_next

    assert [(q.fact, q.expected, q.influence, told(q)) for q in questions] == [
        ("followers", 2.0, 1.0, [("anything", "following")]),
        ("following", 2.0, 1.0, [("anything", "followers")]),
    ]


def test_a_comparison_with_a_known_fact() -> None:
    """It comes out one way or the other, beside the tests of the fact itself."""
    (question,) = explained(
        """
        CONNECT WHEN followers is at least 2 times following AND has at least 10 followers
        OTHERWISE DECLINE
    """,
        following=3,
    ).what_next

    assert (question.expected, question.influence) == (1.0, 1.0)
    assert told(question) == [
        ("at least 10, followers is at least 2 times following", CONNECT),
        ("less than 10, followers is at least 2 times following", DECLINE),
        ("NOT followers is at least 2 times following", DECLINE),
    ]


def test_between_two_unknown_facts() -> None:
    """The last of three settles it."""
    questions = explained("posts is between following and followers").what_next

    assert [(q.fact, q.expected, told(q)) for q in questions] == [
        ("followers", 3.0, [("anything", "following")]),
        ("following", 3.0, [("anything", "followers")]),
        ("posts", 3.0, [("anything", "followers")]),
    ]


def test_the_owners_own_facts_are_told_but_not_relied_on() -> None:
    """What the owner has not said is a question too, and is asked of nobody on the way."""
    questions = explained("country is my country AND would recommend").what_next

    assert [(q.fact, q.expected, told(q)) for q in questions] == [
        ("would recommend", 1.5, [("yes", "country"), ("no", DECLINE)]),
        ("country", 2.0, [("anything", "would recommend")]),
        ("my country", 2.5, []),
    ]


def test_the_unsure_are_not_asked() -> None:
    """What nobody could say stays open: answers count for what they still settle."""
    explanation = explained("would recommend AND met in person", would_recommend=UNSURE)

    assert [(q.fact, q.expected, told(q)) for q in explanation.what_next] == [
        ("met in person", 1.0, [("yes", UNDECIDED), ("no", DECLINE)])
    ]
    assert explanation.cannot_matter == ()


def test_phrases_are_yes_or_no() -> None:
    """A phrase that cannot say is answered as a question is."""

    @phrase("is keen")
    def is_keen(_contact: Contact) -> bool | None:
        return None

    policy = Policy.parse("is keen", vocabulary=Vocabulary.of(Contact, phrases=[is_keen]))
    (question,) = policy.explain(Contact(key="x")).what_next

    assert question == Question("is keen", None, 1.0, 1.0, question.leads)
    assert told(question) == [("yes", CONNECT), ("no", DECLINE)]


def test_what_is_assumed_could_matter() -> None:
    """An assumed fact is not asked for; an answer to it could change the decision."""
    text = "ASSUME is a bot: no CONNECT WHEN would recommend AND NOT is a bot OTHERWISE DECLINE"
    explanation = explained(text)

    assert [question.fact for question in explanation.what_next] == ["would recommend"]
    assert explanation.cannot_matter == ()
    assert explained(text, would_recommend=True).cannot_matter == ()
    assert explained(text, would_recommend=False).cannot_matter == ("is a bot",)


def test_what_cannot_matter_as_the_policy_names_it() -> None:
    """Facts of the contact and of the owner, the first named first."""
    explanation = explained(
        """
        CONNECT WHEN would recommend
        AND (followers > my followers OR country is "UK" OR met in person)
        OTHERWISE DECLINE
    """,
        would_recommend=False,
        met_in_person=UNSURE,
    )

    assert explanation.cannot_matter == ("followers", "my followers", "country", "met in person")


MANY = [f"fact {letter}" for letter in "abcdefghijklmn"]
DECLARED = "".join(f"FACT {name}: yes/no\n" for name in MANY)


def test_many_unknown_facts() -> None:
    """Beyond twelve the order is that of influence; the leads are right all the same."""
    condition = " OR ".join(
        f"({one} AND {other})" for one, other in zip(MANY[::2], MANY[1::2], strict=True)
    )
    explanation = explained(f"{DECLARED} CONNECT WHEN {condition} OTHERWISE DECLINE")
    questions = explanation.what_next

    assert [question.fact for question in questions] == [*explanation.verdict.ask] == MANY
    assert {question.expected for question in questions} == {None}
    assert questions[0].influence == pytest.approx(0.5 * 0.75**6)
    assert told(questions[0]) == [("yes", "fact b"), ("no", "fact c")]


def test_as_many_as_are_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """Up to twelve facts the number is known, and with one more it is not."""
    text = f"{DECLARED} CONNECT WHEN {' AND '.join(MANY[:12])} OTHERWISE DECLINE"
    assert {question.expected for question in explained(text).what_next} == {2 - 2**-11}

    monkeypatch.setattr(prospects, "_FEW", 11)
    questions = explained(text).what_next

    assert {question.expected for question in questions} == {None}
    assert told(questions[0]) == [("yes", "fact b"), ("no", DECLINE)]


def test_too_many_answers_to_look_at() -> None:
    """What they lead to is left out; the question stays."""
    parts = " OR ".join(f'position mentions "word{n}"' for n in range(7))
    (question,) = explained(f"{parts}").what_next

    assert (question.fact, question.expected, [*question.leads]) == ("position", 1.0, [])


def test_leads_are_as_good_as_a_tuple() -> None:
    """They compare, hash, read and pickle as one."""
    (question,) = explained("would recommend").what_next
    wanted = (Lead("yes", CONNECT), Lead("no", DECLINE))

    assert isinstance(question.leads, Leads)
    assert question.leads == wanted
    assert question.leads == explained("would recommend").what_next[0].leads
    assert question.leads != wanted[:1]
    assert question == Question("would recommend", None, 1.0, 1.0, wanted)
    assert hash(question) == hash(Question("would recommend", None, 1.0, 1.0, wanted))
    assert (repr(question.leads), len(question.leads)) == (repr(wanted), 2)
    assert question.leads[0] == wanted[0]
    assert question.leads[:1] == wanted[:1]
    assert pickle.loads(pickle.dumps(question)) == question  # noqa: S301 - of our own making


def test_an_answer_is_looked_up_in_the_plan_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """What follows an answer is known from what was worked out before it."""
    policy = Policy.parse(
        f"{DECLARED} CONNECT WHEN AT LEAST 3 OF ({'; '.join(MANY[:8])}) OTHERWISE DECLINE"
    )
    contact = Contact(key="x")
    first = policy.explain(contact).what_next[0]
    monkeypatch.setattr(prospects, "questions", None)

    after = policy.explain(contact, answers={first.fact: True}).what_next

    assert {each.fact for each in after} == {*MANY[:8]} - {first.fact}
    assert after[0].expected is not None
    assert first.expected is not None
    without = policy.explain(contact, answers={first.fact: False}).what_next[0].expected
    assert without is not None
    assert 1 + (after[0].expected + without) / 2 == pytest.approx(first.expected)


def test_what_is_unsure_has_a_plan_of_its_own() -> None:
    """A plan in which it is asked is not for a contact of whom nobody could say."""
    policy = Policy.parse("would recommend AND (met in person OR follows me)")
    policy.explain(Contact(key="x")).what_next  # noqa: B018 - it is kept
    explanation = policy.explain(Contact(key="y", would_recommend=UNSURE))

    assert [(q.fact, q.expected) for q in explanation.what_next] == [
        ("follows me", 1.5),
        ("met in person", 1.5),
    ]
    answered = policy.explain(Contact(key="z", would_recommend=True))
    assert [(q.fact, q.expected) for q in answered.what_next] == [
        ("follows me", 1.5),
        ("met in person", 1.5),
    ]
    assert told(explanation.what_next[0]) == [("yes", UNDECIDED), ("no", "met in person")]
    assert told(answered.what_next[0]) == [("yes", CONNECT), ("no", "met in person")]


def test_what_is_kept_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plans and questions are thrown away where they become too many; the answers stay the same."""
    policy = Policy.parse("would recommend AND (met in person OR follows me)")
    contacts = [
        Contact(key="x", would_recommend=one, met_in_person=other)
        for one in (None, True)
        for other in (None, False)
    ]
    wanted = [policy.explain(each).what_next for each in contacts]
    program = policy._binding.plain
    assert program is not None
    kept = program.kept(Prospects)
    assert (len(kept._kept), len(kept._plans)) == (4, 1)

    monkeypatch.setattr(prospects, "_MOST_KEPT", 1)
    found = [policy.explain(each).what_next for each in (*contacts, *contacts)]
    other = Policy.parse("would recommend AND (met in person OR follows me)")
    anew = [other.explain(each).what_next for each in (*contacts, *contacts)]

    assert found == anew == wanted * 2
    assert other._binding.plain is not None
    kept = other._binding.plain.kept(Prospects)
    assert (len(kept._kept), len(kept._plans)) == (1, 1)


def test_more_ways_than_can_be_told_apart() -> None:
    """Very many parts of one text: a question without a number and without leads."""
    parts = "\n".join(f'    - position mentions "word{n}"' for n in range(30))
    questions = explained(f"""
        CONNECT WHEN would recommend AND ANY OF
{parts}
        OTHERWISE DECLINE
    """).what_next

    assert [(q.fact, q.expected, len(q.leads)) for q in questions] == [
        ("would recommend", None, 2),
        ("position", None, 0),
    ]
    assert told(questions[0]) == [("yes", "position"), ("no", DECLINE)]


def test_a_fact_that_cannot_matter_is_as_it_can_be() -> None:
    """A choice that is tested in all its ways is one of them."""
    questions = explained("""
        FACT kind: one of "client", "peer"
        CONNECT WHEN would recommend AND (kind is "client" OR kind is "peer") OTHERWISE DECLINE
    """).what_next

    assert [(q.fact, q.expected, told(q)) for q in questions] == [
        ("would recommend", 1.0, [("yes", CONNECT), ("no", DECLINE)])
    ]


def test_where_numbers_are_equal_the_chance_decides() -> None:
    """Of facts that take equally many questions, that comes first which is likelier to turn it."""
    questions = explained("""
        REVIEW WHEN would recommend
        DECLINE WHEN met in person AND follows me
        CONNECT WHEN is a bot
        OTHERWISE DECLINE
    """).what_next

    assert [(q.fact, q.expected, q.influence) for q in questions] == [
        ("would recommend", 2.625, 0.75),
        ("follows me", 2.625, 0.375),
        ("met in person", 2.625, 0.375),
        ("is a bot", 3.0, 0.375),
    ]


def test_past_the_limit_of_fillings(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked may be too much then, so no number is given; leads are what will be said."""
    monkeypatch.setattr(analysis, "LIMIT", 1)
    questions = explained("""
        CONNECT WHEN (would recommend AND met in person) OR (NOT would recommend AND met in person)
        OTHERWISE DECLINE
    """).what_next

    assert [(q.fact, q.expected, told(q)) for q in questions] == [
        ("met in person", None, [("yes", "would recommend"), ("no", DECLINE)]),
        ("would recommend", None, [("yes", "met in person"), ("no", "met in person")]),
    ]


def test_comparisons_among_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the order is that of influence, the first of two compared facts settles nothing."""
    monkeypatch.setattr(prospects, "_FEW", 0)
    questions = explained("followers is more than following AND would recommend").what_next

    assert [(q.fact, q.influence, told(q)) for q in questions] == [
        ("followers", 0.5, [("anything", "following")]),
        ("following", 0.5, [("anything", "followers")]),
        ("would recommend", 0.5, [("yes", "followers"), ("no", DECLINE)]),
    ]
    questions = explained("country is my country AND would recommend").what_next
    assert [(q.fact, told(q)) for q in questions] == [
        ("country", [("anything", "my country")]),
        ("my country", []),
        ("would recommend", [("yes", "country"), ("no", DECLINE)]),
    ]
