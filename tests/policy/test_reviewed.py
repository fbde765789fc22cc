"""What a demanding review found, so that it stays mended."""

import pytest

from connectrules import (
    AnswerError,
    Contact,
    ContactError,
    Decision,
    Policy,
    PolicyError,
    Verdict,
    program,
)
from connectrules.exact import analysis


def test_an_explanation_shows_its_own_owner() -> None:
    """Another owner of whom the same is known leaves nothing behind."""
    policy = Policy.parse("country is my country")
    contact = Contact(key="ada", country="UK")
    first = Contact(key="me", country="UK", origins={"country": "first.csv:1"})
    second = Contact(key="me", country="uk", origins={"country": "second.csv:2"})

    policy.explain(contact, me=first)
    explanation = policy.explain(contact, me=second)

    ((evidence,),) = [reason.conditions for reason in explanation.why]
    assert evidence.values == (
        ("country", "UK", None),
        ("my country", "uk", "second.csv:2"),
    )


def test_a_multiple_past_every_number() -> None:
    """No count reaches it, so nothing is missing."""
    policy = Policy.parse(f"followers is at least {'9' * 308} times my followers")

    verdict = policy.judge(Contact(key="ada"), me=Contact(key="me", followers=10))

    assert verdict.decision is Decision.DECLINE


@pytest.mark.parametrize(
    "condition",
    [
        "followers is at least 0 times following",
        "followers is at least -1 times following",
        "only is my only",
    ],
)
def test_exact_is_not_claimed(condition: str) -> None:
    """A comparison that a perfect reasoner settles is not called exact."""
    policy = Policy.parse(f'FACT only: one of "x"\nCONNECT WHEN {condition}\nOTHERWISE DECLINE')

    verdict = policy.judge(Contact(key="ada"), me=Contact(key="me"))

    assert (verdict.decision, verdict.exact) == (Decision.UNDECIDED, False)


def test_large_points_are_no_many_sums() -> None:
    """Two items make four sums, whatever they weigh."""
    policy = Policy.parse("AT LEAST 100,001 POINTS FROM (100,001 FOR is a bot; 1 FOR follows me)")

    verdict = policy.judge(Contact(key="ada"))

    assert (verdict.ask, verdict.exact) == (("is a bot",), True)


def test_many_points_beside_many_fillings() -> None:
    """What would take too long is taken together, and said to be."""
    points = "".join(f"    - {1 + n % 2} FOR q{n}x\n" for n in range(200))
    policy = Policy.parse(
        "".join(f'ASK q{n}x: "?"\n' for n in range(200))
        + f"CONNECT WHEN AT LEAST 150 POINTS FROM\n{points}"
        + "REVIEW WHEN ALL OF\n"
        + "".join(f"    - q{n}x\n" for n in range(16))
        + "OTHERWISE DECLINE\n"
    )

    verdict = policy.judge(Contact(key="ada"))

    assert verdict.decision is Decision.UNDECIDED
    assert len(verdict.ask) == 200


def test_answers_that_differ() -> None:
    """One fact answered twice, and not alike, is refused in either order."""
    policy = Policy.parse("is a bot")
    contact = Contact(key="ada")

    for answers in (
        {"is_a_bot": True, "is a bot": False},
        {"is a bot": False, "is_a_bot": True},
    ):
        with pytest.raises(AnswerError) as raised:
            policy.judge(contact, answers=answers)
        assert str(raised.value) == "`is a bot` is answered twice, and not alike"


def test_an_answer_that_contradicts_the_owner() -> None:
    """It is told of the owner's fact and record."""
    policy = Policy.parse("country is my country")

    with pytest.raises(ContactError) as raised:
        policy.judge(
            Contact(key="ada", country="x"),
            me=Contact(key="me", country="y"),
            answers={"my country": "x"},
        )

    error = raised.value
    assert (error.code, error.fact, error.contact) == ("CR506", "my country", "me")
    assert str(error) == ("the answer to `my country` is `x`, and your own record says `y`")


class Lazy(list[str]):
    """A list that is no longer to be had."""

    def __iter__(self):  # type: ignore[no-untyped-def]  # noqa: ANN204 - it never gets there
        """Raise, as a list would whose session is closed."""
        msg = "the session is closed"
        raise OSError(msg)


def test_a_value_that_raises() -> None:
    """It is a fault of that contact, and the others are judged."""
    policy = Policy.parse('values include "craft"')
    contacts = [Contact(key="eve", values=Lazy()), Contact(key="ada", values=["craft"])]

    first, second = policy.judge_all(contacts)

    assert isinstance(first, ContactError)
    assert (first.code, str(first)) == (
        "CR501",
        "`values`: the value cannot be read (OSError: the session is closed)",
    )
    assert isinstance(second, Verdict)
    assert second.decision is Decision.CONNECT


def test_a_long_list_of_texts() -> None:
    """A list of texts is a list, and has at most 1,000."""
    texts = ", ".join(f'"{n}"' for n in range(1_001))

    with pytest.raises(PolicyError) as raised:
        Policy.parse(f"country is one of {texts}")

    (diagnostic,) = raised.value.diagnostics
    assert (diagnostic.code, diagnostic.start.column, diagnostic.message) == (
        "CR110",
        19,
        "this list has 1,001 texts, and 1,000 is the most",
    )


def test_a_known_list_beside_an_unknown_length() -> None:
    """It is asked how long the list must be, and nothing more is claimed."""
    policy = Policy.parse("has at least posts values")

    verdict = policy.judge(Contact(key="ada", values=()))

    assert (verdict.ask, verdict.exact) == (("posts",), False)


def test_what_is_kept_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many different contacts are judged, few verdicts are kept of them."""
    monkeypatch.setattr(program, "_MOST_OUTCOMES", 6)
    monkeypatch.setattr(analysis, "_MOST_OUTCOMES", 6)
    policy = Policy.parse("is a bot AND follows me AND met in person")
    answers = (True, False, None)
    contacts = [
        Contact(key="ada", is_a_bot=a, follows_me=b, met_in_person=c)
        for a in answers
        for b in answers
        for c in answers
    ]

    first = list(policy.judge_all(contacts))
    again = list(policy.judge_all(contacts))

    bound = policy._binding.plain
    assert again == first
    assert bound is not None
    assert len(bound._known) <= 3
    assert len(bound.analyser._known) <= 3
