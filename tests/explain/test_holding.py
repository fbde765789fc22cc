"""What an explanation holds: all that it was told, through a pickle too, and no contact."""

import gc
import pickle
import sys
from collections import deque
from datetime import date
from itertools import product
from types import FrameType, ModuleType
from typing import Any

import pytest

from connectrules import Contact, Decision, Explanation, Policy, Vocabulary, phrase
from connectrules.explanation import WhyNot
from connectrules.verdict import Verdict


def again(explanation: Explanation) -> Explanation:
    """*explanation* through a pickle."""
    copy = pickle.loads(pickle.dumps(explanation))  # noqa: S301 - our own
    assert isinstance(copy, Explanation)
    return copy


class TestPickled:
    """An explanation in another process."""

    def test_it_still_answers(self) -> None:
        """It pickles with the policy's texts, and says all that it said before."""
        policy = Policy.parse(
            "CONNECT WHEN (country is my country OR met in person) AND NOT is a bot\n"
            "AND last active on is within the last 6 months\nOTHERWISE DECLINE"
        )
        ada = Contact(key="ada", country="UK", met_in_person=True, last_active_on=date(2026, 11, 1))
        told = policy.explain(
            ada,
            me=Contact(key="me", country="UK"),
            today=date(2026, 11, 22),
            answers={"is a bot": False},
        )
        copy = again(told)

        assert copy == told
        assert list(copy.why.bases) == list(told.why.bases)
        assert len(list(copy.why.bases)) == 2
        assert copy.possible == told.possible
        assert copy.why_not(Decision.DECLINE) == told.why_not(Decision.DECLINE)
        assert again(copy).why_not(Decision.DECLINE) == told.why_not(Decision.DECLINE)

    def test_it_keeps_its_why_whatever_the_vocabulary(self) -> None:
        """Where a phrase cannot be pickled, what was said is kept, and no more can be asked."""

        @phrase("is keen")
        def is_keen(_contact: Contact) -> bool:
            return True

        policy = Policy.parse("is keen", vocabulary=Vocabulary.of(Contact, phrases=[is_keen]))
        told = policy.explain(Contact(key="ada"))
        copy = again(told)

        assert copy == told
        assert len(list(told.why.bases)) == 1
        assert list(copy.why.bases) == []
        assert copy.possible == ()
        assert copy.why_not(Decision.DECLINE) == WhyNot(Decision.DECLINE, (), fewest=False)

    def test_one_that_is_made_by_hand(self) -> None:
        """It knows of no other decision, and does not claim that nothing would bring one."""
        made = Explanation("ada", Verdict(Decision.UNDECIDED, ask=("is a bot",)), ())

        assert made.why_not(Decision.CONNECT) == WhyNot(Decision.CONNECT, (), fewest=False)
        assert (made.what_next, made.cannot_matter, made.possible) == ((), (), ())


def reaches(start: object, *aims: object) -> bool:
    """Whether *start* holds one of *aims*, however far away, but for what other libraries hold."""
    seen, left, sought = {id(start)}, [start], {id(aim) for aim in aims}
    seen.update(
        id(getattr(module, "__dict__", None))
        for name, module in sys.modules.items()
        if not name.startswith("connectrules")
    )
    while left:
        for each in gc.get_referents(left.pop()):
            if id(each) in sought:
                return True
            if id(each) not in seen and not isinstance(each, (ModuleType, FrameType)):
                seen.add(id(each))
                left.append(each)
    return False


@pytest.mark.once
class TestKeepsNoContact:
    """What an explanation holds of a contact: nothing that can change."""

    policy = Policy.parse(
        "FACT size: count\nFACT pastimes: list of text\nCONNECT WHEN size >= 5 AND is a bot\n"
        "REVIEW WHEN pastimes include any of my values\nOTHERWISE DECLINE"
    )

    def test_lists(self) -> None:
        """The contact's lists and the owner's are copied, on every way to an explanation."""
        told: list[Explanation] = []
        theirs: list[Any] = []
        ways = [
            (9, True, None),
            (9, None, None),
            (9, None, {"is a bot": False}),
            ("bad", False, None),
        ]
        for kind, (size, bot, answers) in product([list, deque], ways):
            pastimes, values = kind(["clay"]), kind(["craft"])
            ada = Contact(key="ada", is_a_bot=bot, other={"size": size, "pastimes": pastimes})
            me = Contact(key="me", values=values)
            found = self.policy.explain(ada, me=me, answers=answers, today=date(2026, 11, 22))
            before = list(found.why.bases)
            pastimes.append("craft")
            told.append(found)
            theirs += (pastimes, values, ada, ada.other)

            assert list(found.why.bases) == before

        assert not reaches(told, *theirs)

    def test_a_value_that_does_not_fit(self) -> None:
        """It may be anything, and is let go."""
        wrong = {"any": "thing"}
        told = self.policy.explain(
            Contact(key="ada", is_a_bot=False, other={"size": wrong, "pastimes": ()}),
            me=Contact(key="me", values=("craft",)),
        )

        assert told.verdict.faults
        assert not reaches(told, wrong)

    def test_a_known_value_with_a_faulty_answer_pickled(self) -> None:
        """The value is told in another process as in this one."""
        policy = Policy.parse("followers > 3")
        told = policy.explain(Contact(key="ada", followers=5), answers={"followers": "many"})

        assert list(again(told).why.bases) == list(told.why.bases)
