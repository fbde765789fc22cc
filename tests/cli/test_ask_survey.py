"""The order of asking is worked out in a moment, and the sum of all contacts is right."""

import itertools
from collections.abc import Iterator

import pytest

from connectrules import Contact, Explanation, Policy
from connectrules.cli import ask
from connectrules.cli.asking.session import Done
from connectrules.cli.asking.survey import Survey, Surveyor, in_order
from connectrules.cli.asking.telling import after
from connectrules.errors import ContactError

POLICY = Policy.parse(
    'ASK a: "A?" ASK b: "B?" ASK c: "C?" CONNECT WHEN EXACTLY 2 OF (a; b; c) OTHERWISE DECLINE'
)
CONTACTS = (
    Contact(key="odd", other={"c": True}),
    Contact(key="all"),
    Contact(key="one", other={"a": True, "b": False}),
    Contact(key="and", other={"a": False}),
)


def surveyed() -> Survey:
    """What is to be asked about the contacts."""
    surveyor = Surveyor(POLICY, lasts=lambda _: True, forgotten=lambda _: ())
    for contact in CONTACTS:
        surveyor.add(contact, POLICY.judge(contact))
    return surveyor.end()


def test_who_is_settled_soonest_comes_first() -> None:
    """With ties in the order of the contacts."""
    found = in_order(surveyed(), POLICY.explain)

    assert [each.key for each in found] == ["one", "and", "odd", "all"]


def test_nobody_waits_long_for_a_better_order() -> None:
    """Those not looked at in time count with a question for each fact."""
    ticks: Iterator[float] = itertools.count(0.0, 0.7)
    looked: list[str] = []

    def explain(contact: Contact) -> Explanation:
        looked.append(contact.key)
        return POLICY.explain(contact)

    found = in_order(surveyed(), explain, clock=lambda: next(ticks))

    assert looked == ["odd"]
    assert [each.key for each in found] == ["one", "odd", "and", "all"]


def test_who_cannot_be_explained_comes_last_of_those_alike() -> None:
    """And is told about when their turn comes."""

    def explain(contact: Contact) -> Explanation:
        raise ContactError("no", contact=contact.key, code="CR501", fact="a")  # noqa: EM101

    assert [each.key for each in in_order(surveyed(), explain)] == ["one", "odd", "and", "all"]


@pytest.mark.parametrize("error", [KeyError, OSError, ImportError])
def test_nobody_knows_who_answers_on_some_systems(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    """Then it is not kept."""

    def nobody() -> str:
        raise error

    monkeypatch.setattr("getpass.getuser", nobody)

    assert ask.who(None) is None
    assert ask.who(Contact(key="me", name="Ada")) == "Ada"


def test_what_can_no_longer_be_judged_is_told() -> None:
    """It is neither settled nor undecided; facts that many wait for are named up to six."""
    error = ContactError("no", contact="ada", code="CR501", fact="followers")
    survey = Survey(total=9, settled=2, waiting={"bob": tuple(f"my {each}" for each in "abcdefgh")})
    done = Done(
        answered=1,
        settled=(),
        reopened=1,
        wrong=(error,),
        seen=frozenset({"ada"}),
        waiting={},
        unsure=frozenset(),
    )

    assert [*after(survey, done)] == [
        "asked 1 question: 0 contacts settled, 7 still undecided",
        "1 can no longer be judged: `followers` (1)",
        (
            "1 contact waits for `my a`, `my b`, `my c`, `my d`, `my e`, `my f` and 2 more: put "
            "it in your own record, which `--me FILE` gives"
        ),
    ]
