"""What is left of a failing case: the smallest policy, and whom least is known of."""

import importlib
import sys
from typing import Any

import pytest
from hypothesis import Phase, example, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NonInteractiveExampleWarning
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, rule

from connectrules import UNSURE, Contact, Decision, Policy
from connectrules.testing.strategies import answers, contacts, me_and_today, policies
from tests.property.running import tried

pytestmark = pytest.mark.once
SEARCH = settings(
    max_examples=500,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate, Phase.shrink],
)

POLICY = Policy.parse(
    """
    CONNECT "known" WHEN followers is at least 500 OR met in person
    REVIEW WHEN country is one of "Éire", "UK" AND NOT is a bot
    OTHERWISE DECLINE
    """
)


def test_the_smallest_policy() -> None:
    """It is one bare sentence where that is enough, about the first of the simplest facts."""
    assert find(policies(), lambda _: True, settings=SEARCH).source.text == "follows me"


def test_the_smallest_policy_with_a_list() -> None:
    """Only what is needed stays."""
    found = find(policies(), lambda each: "EXACTLY" in each.source.text, settings=SEARCH)

    assert found.source.text == "EXACTLY 0 OF (follows me; follows me)"


def test_the_smallest_policy_with_an_exception() -> None:
    """Rules, names, reasons and declarations go."""
    found = find(policies(), lambda each: "UNLESS" in each.source.text, settings=SEARCH)

    assert found.source.text == ("CONNECT WHEN follows me\nUNLESS follows me\nOTHERWISE DECLINE")


def test_the_smallest_contact() -> None:
    """Of whom nothing is known where that is enough; else what matters, the simplest that does."""
    assert find(contacts(POLICY), lambda _: True, settings=SEARCH) == Contact(key="contact")

    assert _smallest(Decision.REVIEW) == Contact(key="contact", country="Éire", is_a_bot=False)
    assert _smallest(Decision.CONNECT) == Contact(key="contact", met_in_person=True, is_a_bot=True)
    assert _smallest(Decision.DECLINE) == Contact(
        key="contact", followers=0, met_in_person=False, is_a_bot=True
    )


def _smallest(decision: Decision) -> Contact:
    return find(contacts(POLICY), lambda each: POLICY.decide(each) is decision, settings=SEARCH)


def test_the_simplest_gap() -> None:
    """What is not known is simpler than what is unsure."""
    found = find(contacts(POLICY), lambda each: each.followers is not None, settings=SEARCH)

    assert found == Contact(key="contact", followers=UNSURE)


def test_what_is_shown() -> None:
    """A failing test shows the policy's text and the contact as an EXAMPLE."""

    @SEARCH
    @given(st.data())
    def fails(data: st.DataObject) -> None:
        policy = data.draw(policies())
        beside = data.draw(me_and_today(policy))
        contact = data.draw(contacts(policy, **beside))
        assert policy.decide(contact, **beside) is not Decision.CONNECT

    with pytest.raises(AssertionError) as caught:
        fails()

    shown = "\n".join(caught.value.__notes__)
    assert "\nDraw 1: <Policy 'policy': 1 rule>\n" in f"\n{shown}\n"
    assert "CONNECT" in shown
    assert 'EXAMPLE "found by a test"' in shown
    assert "Contact(key='contact'" in shown
    assert "note=" not in shown


def test_nothing_is_shown_elsewhere() -> None:
    """Outside of a test there is nowhere to show anything."""
    with pytest.warns(NonInteractiveExampleWarning):
        contact = contacts(POLICY).example()

    assert isinstance(contact, Contact)


def test_examples_beside_draws() -> None:
    """Cases of one's own stand beside those drawn, under a profile of one's own."""
    seen: list[Any] = []
    settings.register_profile("a few", max_examples=5, database=None, deadline=None)

    @settings(settings.get_profile("a few"))
    @example(Contact(key="ada"), POLICY)
    @given(contacts(POLICY), st.just(POLICY))
    def holds(contact: Contact, policy: Policy[Contact]) -> None:
        seen.append(contact.key)
        assert isinstance(policy.decide(contact), Decision)

    holds()

    assert seen[0] == "ada"
    assert set(seen[1:]) == {"contact"}
    assert len(seen) == 6


class Asking(RuleBasedStateMachine):
    """Somebody of whom more and more is told."""

    told = Bundle("told")

    @initialize(contact=contacts(POLICY, unknown=0.8, unsure=0))
    def meet(self, contact: Contact) -> None:
        """Begin with what is known."""
        self.contact = contact
        self.answers: dict[str, Any] = {}
        self.decided: Decision | None = None

    @rule(target=told, data=st.data())
    def tell(self, data: st.DataObject) -> dict[str, Any]:
        """Answer what is not answered yet."""
        more = data.draw(answers(POLICY, self.contact, unsure=0))
        self.answers = {**more, **self.answers}
        return more

    @rule(_=told)
    def judge(self, _: dict[str, Any]) -> None:
        """More facts never change a decision."""
        decision = POLICY.decide(self.contact, answers=self.answers)
        assert self.decided in {None, decision}
        if decision is not Decision.UNDECIDED:
            self.decided = decision


Asking.TestCase.settings = settings(tried(15), stateful_step_count=6)
TestAsking = Asking.TestCase


def test_without_hypothesis(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has not installed it is told which extra has it."""
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    monkeypatch.delitem(sys.modules, "connectrules.testing.strategies")

    with pytest.raises(ModuleNotFoundError) as caught:
        importlib.import_module("connectrules.testing.strategies")

    assert str(caught.value) == (
        '`hypothesis` is not installed: pip install "connectrules[testing]"'
    )
