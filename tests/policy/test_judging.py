"""Deciding and judging: what is given beside a contact, and what is wrong with it."""

import datetime
import gc
import math
import weakref
from collections.abc import Iterator
from datetime import date
from typing import Any

import attrs
import pytest

from connectrules import (
    UNSURE,
    AnswerError,
    Contact,
    ContactError,
    ContextError,
    Count,
    Decision,
    Duration,
    Policy,
    Verdict,
    Vocabulary,
    phrase,
)
from connectrules.verdict import Fault

TODAY = date(2026, 11, 22)

_THREE = """\
FACT is a recruiter: yes/no
ASSUME is a recruiter: no
CONNECT "three rules" WHEN would recommend AND met in person
UNLESS is a recruiter
BECAUSE "they stood the test"
REVIEW WHEN followers is more than 5,000
OTHERWISE DECLINE BECAUSE "numbers mean nothing"
"""


@phrase("worked at {company:text} for {time:duration}")
def worked_at(contact: Contact, company: str, time: Duration) -> Any:  # noqa: ANN401 - or not
    """Whether they did; where the contact says so, an error or no answer at all."""
    if contact.company == "raise":
        raise LookupError(contact.bio)
    if contact.company == "odd":
        return "perhaps"
    return None if contact.company is None else (contact.company, time.unit) == (company, "year")


SPOKEN = Vocabulary.of(Contact, phrases=[worked_at])


class TestDecisions:
    """What comes of what is known."""

    policy = Policy.parse(_THREE)

    @pytest.mark.parametrize(
        ("facts", "expected"),
        [
            (
                {"would_recommend": True, "met_in_person": True, "followers": 5},
                Verdict(
                    Decision.CONNECT,
                    rules=("three rules",),
                    because=("they stood the test",),
                    assumed=("is a recruiter",),
                ),
            ),
            ({"followers": 5_001}, Verdict(Decision.REVIEW, rules=("review 1",))),
            (
                {"followers": 5, "would_recommend": False},
                Verdict(Decision.DECLINE, rules=("otherwise",), because=("numbers mean nothing",)),
            ),
            (
                {"followers": 5, "other": {"is a recruiter": True}},
                Verdict(Decision.DECLINE, rules=("otherwise",), because=("numbers mean nothing",)),
            ),
            (
                {"followers": 5, "would_recommend": UNSURE, "met_in_person": True},
                Verdict(Decision.UNDECIDED, unsure=("would recommend",)),
            ),
            (
                {},
                Verdict(Decision.UNDECIDED, ask=("followers", "met in person", "would recommend")),
            ),
        ],
    )
    def test_verdicts(self, facts: dict[str, Any], expected: Verdict) -> None:
        """A verdict says what decided, or what could."""
        contact = Contact(key="ada", **facts)

        assert self.policy.judge(contact) == expected
        assert self.policy.decide(contact) is expected.decision
        assert self.policy.decider()(contact) is expected.decision
        assert self.policy.explain(contact).verdict == expected
        assert [*self.policy.judge_all([contact])] == [expected]

    def test_neither_true_nor_false(self) -> None:
        """A decision and a verdict refuse to be a condition."""
        verdict = self.policy.judge(Contact(key="ada"))

        for each, what in ((verdict, "verdict"), (verdict.decision, "decision")):
            with pytest.raises(TypeError) as raised:
                bool(each)
            assert str(raised.value) == (
                f"a {what} is neither true nor false: compare it, as in "
                "`policy.decide(contact) is Decision.CONNECT`"
            )

    @pytest.mark.parametrize("given", [None, 5, "ada", {"key": "ada"}, object()])
    def test_what_is_no_contact(self, given: Any) -> None:  # noqa: ANN401 - anything but a contact
        """It is refused by every way to ask, with what was expected."""
        message = (
            f"this policy judges records of `Contact`, and was given a `{type(given).__name__}`"
        )
        for ask in (
            self.policy.judge,
            self.policy.decide,
            self.policy.explain,
            self.policy.decider(),
            lambda each: [*self.policy.judge_all([each])],
        ):
            with pytest.raises(TypeError) as raised:
                ask(given)
            assert str(raised.value) == message

    def test_a_contact_with_no_value_that_the_policy_asks_for(self) -> None:
        """A policy that asks for nothing still wants contacts."""
        policy = Policy.parse("followers >= 0 OR followers < 0")

        assert policy.decide(Contact(key="ada")) is Decision.CONNECT
        with pytest.raises(TypeError):
            policy.decide(5)  # type: ignore[arg-type]


class TestAnswers:
    """Answers fill what a record leaves unknown."""

    policy = Policy.parse(_THREE)
    ada = Contact(key="ada", followers=5, met_in_person=True)

    def test_filling(self) -> None:
        """An answer is as good as a value; names ignore case, and may be attributes."""
        for said in ("would recommend", "Would  Recommend", "would_recommend"):
            verdict = self.policy.judge(self.ada, answers={said: True, "is a recruiter": False})
            assert verdict.decision is Decision.CONNECT
            assert verdict.assumed == ()
            assert self.policy.decide(self.ada, answers={said: False}) is Decision.DECLINE

    def test_none_answers_nothing(self) -> None:
        """No value leaves things as they are."""
        assert self.policy.judge(self.ada, answers={"would recommend": None}).ask == (
            "would recommend",
        )

    def test_unsure(self) -> None:
        """Who was asked and cannot say is not asked again."""
        verdict = self.policy.judge(self.ada, answers={"would recommend": UNSURE})

        assert (verdict.ask, verdict.unsure) == ((), ("would recommend",))

    def test_an_answer_after_all(self) -> None:
        """An answer fills what was unsure in the record; to be unsure takes nothing away."""
        unsure = attrs.evolve(self.ada, would_recommend=UNSURE)
        sure = attrs.evolve(self.ada, would_recommend=True)

        assert self.policy.decide(unsure, answers={"would recommend": True}) is Decision.CONNECT
        assert self.policy.decide(sure, answers={"would recommend": UNSURE}) is Decision.CONNECT

    @pytest.mark.parametrize(
        ("known", "name", "answer", "message"),
        [
            (
                {"met_in_person": True},
                "met in person",
                False,
                "the answer to `met in person` is `no`, and the contact says `yes`",
            ),
            (
                {"followers": 5},
                "followers",
                6,
                "the answer to `followers` is `6`, and the contact says `5`",
            ),
        ],
    )
    def test_contradictions(
        self, known: dict[str, Any], name: str, answer: object, message: str
    ) -> None:
        """An answer that contradicts a known value is an error of the contact."""
        contact = Contact(key="ada", **known)
        with pytest.raises(ContactError) as raised:
            self.policy.judge(contact, answers={name: answer})
        (given,) = self.policy.judge_all([contact], answers={"ada": {name: answer}})

        assert isinstance(given, ContactError)
        for error in (raised.value, given):
            assert str(error) == message
            assert (error.code, error.contact, error.fact, error.where) == (
                *("CR506", "ada", name),
                "answers",
            )

    def test_agreement(self) -> None:
        """The same value again, as tests compare it, is no contradiction."""
        policy = Policy.parse('country is "Ireland"')
        ada = Contact(key="ada", country="Ireland")

        assert policy.decide(ada, answers={"country": "IRELAND"}) is Decision.CONNECT

    def test_an_answer_that_does_not_fit(self) -> None:
        """It is an error where it matters, and a fault beside the verdict where it does not."""
        fault = Fault(
            "met in person", "CR501", "`met in person`: `often` is neither yes nor no", "answers"
        )
        with pytest.raises(ContactError) as raised:
            self.policy.judge(Contact(key="ada", followers=5), answers={"met in person": "often"})
        known = self.policy.judge(self.ada, answers={"met in person": "often"})
        settled = self.policy.judge(
            Contact(key="ada", followers=6_000), answers={"met in person": "often"}
        )

        assert (str(raised.value), raised.value.code) == (fault.message, "CR501")
        assert (known.decision, known.faults) == (Decision.UNDECIDED, (fault,))
        assert (settled.decision, settled.faults) == (Decision.REVIEW, (fault,))

    def test_an_answer_mends_a_faulty_value(self) -> None:
        """The value stays a fault, and the answer decides."""
        broken = attrs.evolve(self.ada, would_recommend="yes")  # type: ignore[arg-type]
        verdict = self.policy.judge(broken, answers={"would recommend": True})

        assert verdict.decision is Decision.CONNECT
        assert [fault.fact for fault in verdict.faults] == ["would recommend"]
        with pytest.raises(ContactError):
            self.policy.judge(broken, answers={"would recommend": UNSURE})

    @pytest.mark.parametrize(
        ("said", "message"),
        [
            (
                "would recomend",
                "no fact is called `would recomend`; did you mean `would recommend`?",
            ),
            ("likes tea", "no fact is called `likes tea`"),
            ("", "no fact is called ``"),
            ("followers is 5", "no fact is called `followers is 5`"),
            ("my", "no fact is called `my`"),
            ('"', 'no fact is called `"`'),
        ],
    )
    def test_no_such_fact(self, said: str, message: str) -> None:
        """An answer that names no fact is an error of its own, before any contact is judged."""
        with pytest.raises(AnswerError) as raised:
            self.policy.judge(self.ada, answers={said: True})
        assert (str(raised.value), raised.value.sentence) == (message, said)

        with pytest.raises(AnswerError) as raised:
            self.policy.judge_all([self.ada], answers={"bob": {said: True}})
        assert str(raised.value) == message

    def test_facts_that_the_policy_does_not_ask_for(self) -> None:
        """An answer about another fact changes nothing."""
        answers = {"is a bot": True, "my country": "Ireland"}

        assert self.policy.judge(self.ada, answers=answers) == self.policy.judge(self.ada)

    def test_phrases(self) -> None:
        """A phrase with its literals may be answered, in any case and spacing."""
        text = 'worked at "Acme" for 3 years'
        policy = Policy.parse(text, vocabulary=SPOKEN)
        bare = Contact(key="ada")

        assert policy.judge(bare).ask == (text,)
        assert policy.decide(bare, answers={text: True}) is Decision.CONNECT
        assert policy.decide(bare, answers={'Worked at  "Acme" for 3 years': False}) is (
            Decision.DECLINE
        )
        assert policy.judge(bare, answers={'worked at "Acme" for 4 years': True}).ask == (text,)

    def test_the_owner(self) -> None:
        """`my G` is answered as well."""
        policy = Policy.parse("country is my country")
        ada, me = Contact(key="ada", country="Ireland"), Contact(key="me")

        assert policy.judge(ada, me=me).ask == ("my country",)
        assert policy.decide(ada, me=me, answers={"my country": "Ireland"}) is Decision.CONNECT
        assert policy.decide(ada, me=me, answers={"my_country": "UK"}) is Decision.DECLINE
        with pytest.raises(ContactError) as raised:
            policy.decide(ada, me=ada, answers={"my country": "UK"})
        assert raised.value.code == "CR506"

    def test_by_key(self) -> None:
        """judge_all takes answers for each contact, by its key."""
        bob = attrs.evolve(self.ada, key="bob")
        found = self.policy.judge_all(
            iter([self.ada, bob]), answers={"bob": {"would recommend": True}}
        )

        assert [isinstance(each, Verdict) and each.decision for each in found] == [
            Decision.UNDECIDED,
            Decision.CONNECT,
        ]


_LENGTH = "a length of time, so it needs today=date(2026, 1, 31)"
_OWN = "a fact of your own, so it needs me=…, your own record"


class TestContext:
    """What a policy needs beside the contact."""

    @pytest.mark.parametrize(
        ("text", "needs", "message"),
        [
            (
                "is a bot\nOR last active on is within the last 6 months",
                "today",
                f"club.policy:2: `last active on is within the last 6 months` speaks of {_LENGTH}",
            ),
            (
                "is a bot OR\n\ncountry is my country",
                "me",
                f"club.policy:3: `country is my country` speaks of {_OWN}",
            ),
        ],
    )
    def test_missing(self, text: str, needs: str, message: str) -> None:
        """Every way to ask says which line needs it."""
        policy = Policy.parse(text, name="club.policy")
        ada = Contact(key="ada", is_a_bot=True)
        for ask in (
            lambda: policy.judge(ada),
            lambda: policy.decide(ada),
            lambda: policy.explain(ada),
            policy.decider,
            lambda: policy.judge_all([ada]),
        ):
            with pytest.raises(ContextError) as raised:
                ask()
            assert str(raised.value) == message
            assert (raised.value.code, raised.value.needs) == ("CR504", needs)
            assert raised.value.where == message.split(": ", maxsplit=1)[0]

    def test_what_is_not_needed_is_ignored(self) -> None:
        """A policy that speaks of neither takes both."""
        policy = Policy.parse("is a bot")
        ada = Contact(key="ada", is_a_bot=True)

        assert policy.decide(ada, me=ada, today=TODAY) is Decision.CONNECT

    def test_days(self) -> None:
        """A time of day is its day; anything else is no day."""
        policy = Policy.parse("last active on is within the last day")
        ada = Contact(key="ada", last_active_on=TODAY)
        late = datetime.datetime(2026, 11, 22, 23, 59, tzinfo=datetime.UTC)

        assert policy.decide(ada, today=late) is Decision.CONNECT
        assert policy.decide(ada, today=date(2026, 11, 23)) is Decision.DECLINE
        with pytest.raises(TypeError) as raised:
            policy.decide(ada, today="2026-11-22")  # type: ignore[arg-type]
        assert str(raised.value) == "`today` must be a date, and is `'2026-11-22'`"

    def test_another_record_as_owner(self) -> None:
        """The owner's record is of the same class."""
        with pytest.raises(TypeError) as raised:
            Policy.parse("country is my country").judge(Contact(key="ada"), me=5)  # type: ignore[arg-type]

        assert str(raised.value) == "this policy judges records of `Contact`, and was given a `int`"


class TestFaults:
    """Values that do not fit, and phrases that raise."""

    @pytest.mark.parametrize(
        ("sentence", "facts", "message"),
        [
            (
                "is a bot",
                {"is_a_bot": "yes"},
                '`is a bot`: the text `"yes"` is neither yes nor no: write `True`, without quotes',
            ),
            (
                "followers > 5",
                {"followers": "7"},
                (
                    '`followers`: the text `"7"` is not a whole number, 0 or more: '
                    "write `7`, without quotes"
                ),
            ),
            (
                "followers > 5",
                {"followers": -1},
                "`followers`: `-1` is not a whole number, 0 or more",
            ),
            ('country is "x"', {"country": 5}, "`country`: `5` is not a text"),
            (
                "connected on is before 2026-01-01",
                {"connected_on": "2025"},
                "`connected on`: `2025` is not a date of the form `2026-01-31`",
            ),
            ('values include "x"', {"values": "x"}, "`values`: `x` is not a list of texts"),
            (
                "rate > 1",
                {"other": {"rate": "1"}},
                '`rate`: the text `"1"` is not a number: write `1`, without quotes',
            ),
            (
                'stage is "new"',
                {"other": {"stage": "old"}},
                '`stage`: `old` is not one of "new", "open"',
            ),
        ],
    )
    def test_of_each_type(self, sentence: str, facts: dict[str, Any], message: str) -> None:
        """A fault that matters is the contact's error; one that does not stands beside."""
        declared = 'FACT rate: number\nFACT stage: one of "new", "open"\n'
        fact = message.split("`")[1]
        origins = {fact: "contacts.csv:7"}
        alone = Policy.parse(f"{declared}CONNECT WHEN {sentence}\nOTHERWISE DECLINE")
        beside = Policy.parse(f"{declared}CONNECT WHEN {sentence} OR posts is 1\nOTHERWISE DECLINE")
        contact = Contact(key="ada", posts=1, origins=origins, **facts)

        with pytest.raises(ContactError) as raised:
            alone.judge(contact)
        error = raised.value
        with pytest.raises(ContactError, match="^" + message.split(":", maxsplit=1)[0]):
            alone.decide(contact)

        assert str(error) == message
        assert (error.code, error.contact, error.fact, error.where) == (
            *("CR501", "ada"),
            *(fact, "contacts.csv:7"),
        )
        assert beside.judge(contact) == Verdict(
            Decision.CONNECT,
            rules=("policy",) if not beside.rules[0].name else (beside.rules[0].name,),
            faults=(Fault(fact, "CR501", message, "contacts.csv:7"),),
        )
        assert beside.decide(contact) is Decision.CONNECT

    @pytest.mark.parametrize(
        ("company", "bio", "code", "message"),
        [
            (
                "raise",
                "no file",
                "CR502",
                'the phrase `worked at "Acme" for 3 years` raised an error (LookupError: no file)',
            ),
            (
                "odd",
                None,
                "CR501",
                '`worked at "Acme" for 3 years`: `perhaps` is neither yes nor no',
            ),
        ],
    )
    def test_of_phrases(self, company: str, bio: str | None, code: str, message: str) -> None:
        """A phrase may raise anything, or answer anything."""
        policy = Policy.parse('worked at "Acme" for 3 years OR posts is 1', vocabulary=SPOKEN)
        ada = Contact(key="ada", company=company, bio=bio)

        with pytest.raises(ContactError) as raised:
            policy.judge(ada)
        verdict = policy.judge(attrs.evolve(ada, posts=1))

        assert (str(raised.value), raised.value.code, raised.value.where) == (message, code, None)
        assert (verdict.decision, [each.message for each in verdict.faults]) == (
            Decision.CONNECT,
            [message],
        )

    def test_an_error_without_words(self) -> None:
        """An error that says nothing, or cannot even be shown, is told by its kind."""

        class MuteError(Exception):
            def __str__(self) -> str:
                raise ValueError

        errors: Iterator[Exception] = iter([KeyError(), MuteError()])

        @phrase("is odd")
        def is_odd(_contact: Contact) -> bool:
            raise next(errors)

        policy = Policy.parse("is odd", vocabulary=Vocabulary.of(Contact, phrases=[is_odd]))
        found = []
        for _ in range(2):
            with pytest.raises(ContactError) as raised:
                policy.explain(Contact(key="ada"))
            found.append(str(raised.value))

        assert found == [
            "the phrase `is odd` raised an error (KeyError)",
            "the phrase `is odd` raised an error (MuteError)",
        ]

    def test_of_the_owner(self) -> None:
        """A faulty value of the owner's is an error of each contact it matters for."""
        policy = Policy.parse("country is my country OR posts is 1")
        me = Contact(key="me", country=5)  # type: ignore[arg-type]
        ada, bob = Contact(key="ada", posts=2), Contact(key="bob", posts=1)

        error, verdict = policy.judge_all([ada, bob], me=me)

        assert isinstance(error, ContactError)
        assert isinstance(verdict, Verdict)
        assert (str(error), error.fact) == ("`my country`: `5` is not a text", "my country")
        assert verdict.decision is Decision.CONNECT
        assert verdict.faults == (Fault("my country", "CR501", "`my country`: `5` is not a text"),)
        assert policy.decide(bob, me=me) is Decision.CONNECT
        with pytest.raises(ContactError):
            policy.decide(ada, me=me)

    def test_an_assumption_does_not_hide_a_fault(self) -> None:
        """What is assumed fills gaps, and a faulty value is none."""
        policy = Policy.parse("ASSUME is a bot: no\nCONNECT WHEN NOT is a bot\nOTHERWISE DECLINE")

        assert policy.judge(Contact(key="ada")).assumed == ("is a bot",)
        assert policy.judge(Contact(key="ada", is_a_bot=UNSURE)).assumed == ("is a bot",)
        assert policy.judge(Contact(key="ada", is_a_bot=False)).assumed == ()
        with pytest.raises(ContactError):
            policy.judge(Contact(key="ada", is_a_bot="no"))  # type: ignore[arg-type]

    def test_nan_is_plainly_unknown(self) -> None:
        """It is asked for, and assumed, like any gap."""
        nan: Any = math.nan
        asked = Policy.parse("followers > 5")
        assumed = Policy.parse("ASSUME followers: 6\nCONNECT WHEN followers > 5\nOTHERWISE DECLINE")

        assert asked.judge(Contact(key="ada", followers=nan)) == Verdict(
            Decision.UNDECIDED, ask=("followers",)
        )
        assert assumed.judge(Contact(key="ada", followers=nan)).assumed == ("followers",)
        assert assumed.decide(Contact(key="ada", followers=nan)) is Decision.CONNECT


class TestManyContacts:
    """judge_all takes contacts as they come."""

    policy = Policy.parse("is a bot")

    def test_streaming(self) -> None:
        """Contacts are taken one by one, and errors stand in their place."""
        taken = []

        def arriving() -> Iterator[Contact]:
            for value in (True, "no", False):
                taken.append(value)
                yield Contact(key="ada", is_a_bot=value)  # type: ignore[arg-type]

        found = self.policy.judge_all(arriving())
        kinds = []
        for place, each in enumerate(found, 1):
            assert len(taken) == place
            kinds.append(each.decision if isinstance(each, Verdict) else each.code)

        assert kinds == [Decision.CONNECT, "CR501", Decision.DECLINE]

    def test_a_contact_without_a_name(self) -> None:
        """A record of one's own is called by its key, its name, or just a contact."""

        @attrs.frozen
        class Lead:
            name: str | None = None
            size: Count | None = None

        policy = Policy.parse("size > 5", vocabulary=Vocabulary.of(Lead))
        found = policy.judge_all([Lead("Ada", -1), Lead(None, -1)])

        assert [isinstance(each, ContactError) and each.contact for each in found] == [
            "Ada",
            "contact",
        ]

    def test_no_contact_is_kept(self) -> None:
        """After judging, nothing of a contact, nor of the owner, stays with the policy."""

        @attrs.frozen(slots=True, weakref_slot=True)
        class Lead:
            country: str | None = None
            size: object = None

        policy = Policy.parse("country is my country", vocabulary=Vocabulary.of(Lead))
        lead, me = Lead("UK"), Lead("UK")
        kept = [weakref.ref(lead), weakref.ref(me)]
        policy.explain(lead, me=me)
        policy.judge(lead, me=me)
        policy.decide(lead, me=me, answers={"country": "UK"})
        list(policy.judge_all([lead], me=me))
        del lead, me
        gc.collect()

        assert [each() for each in kept] == [None, None]
