"""Laws of phrases in classes, of pytest and of unittest, and called by hand."""

import unittest
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.database import InMemoryExampleDatabase

from connectrules import phrase
from connectrules.testing import LawBroken, check_phrase, law, phrase_laws
from tests.testing.test_laws import ALIKE, FEW, PATTERN, Lead, follows, takes_gaps_for_no

pytest_plugins = ["pytester"]

COUNTED = phrase(PATTERN)(follows)
BARE = phrase("can be written to")(takes_gaps_for_no)
TAKES_GAPS_FOR_NO = (
    "`can be written to` breaks a law of phrases: it says unknown when the facts it needs are\n\n"
    "    record: Lead()\n\n"
    "it looked at `name` alone, of which nothing is known, and said no\n"
    "help: answer None where `name` is None"
)


class Held:
    """A class as pytest collects it, with what its laws are held against."""

    most = 3

    @law(COUNTED, settings=ALIKE)
    def with_self(self, lead: Lead, times: int) -> bool:
        """Nobody has more than some."""
        return times <= self.most or COUNTED(lead, times=times) is not True

    @law(COUNTED, settings=FEW)
    def without(lead: Lead, times: int) -> bool:  # noqa: N805 - as is allowed
        """It needs no instance."""
        return COUNTED(lead, times=times) in {True, False, None}

    @staticmethod
    @law(COUNTED, settings=FEW)
    def static(lead: Lead, times: int) -> bool:
        """Nor does this."""
        return COUNTED(lead, times=times) in {True, False, None}

    @classmethod
    @law(BARE, settings=FEW)
    def of_all(cls, lead: Lead) -> bool:
        """It takes its class."""
        return cls is Held and isinstance(lead, Lead)


def test_a_law_in_a_class_may_take_self() -> None:
    """It is the instance, as in any method, and the record comes after it."""
    held = Held()

    with pytest.raises(LawBroken) as caught:
        held.with_self()
    assert str(caught.value) == (
        "`has {times:count} followers at least` breaks a law: Nobody has more than some\n\n"
        "    record: Lead(followers=4)\n"
        "    said:   has 4 followers at least\n\n"
        "the law answered False"
    )

    held.most = 2**63
    held.with_self()
    held.without()
    Held.static()
    Held.of_all()


def test_what_a_law_asserts() -> None:
    """Where that fails, it is broken, and what was said is shown."""

    @law(BARE, settings=FEW)
    def own(lead: Lead) -> bool:
        """Everybody has a name."""
        msg = "no name"
        raise AssertionError(msg if lead.name is None else lead.name)

    with pytest.raises(LawBroken) as caught:
        own()

    assert str(caught.value) == (
        "`can be written to` breaks a law: Everybody has a name\n\n"
        "    record: Lead()\n\n"
        "the law raised AssertionError: no name"
    )


def test_self_is_an_instance() -> None:
    """Without one nothing is looked at."""
    with pytest.raises(TypeError) as caught:
        Held.with_self()

    assert str(caught.value) == (
        "the law `with_self` takes `self`: call it on an instance of its class"
    )


def test_self_is_never_the_record() -> None:
    """What a law in a class must take is told with it."""
    with pytest.raises(TypeError) as caught:

        class _Bare:
            @law(BARE)
            def test_bare(self) -> bool:
                return True

    assert str(caught.value) == (
        "the law `test_bare` of `can be written to` must take a record and what stands in its "
        "holes: write `def test_bare(self, record)`"
    )
    with pytest.raises(TypeError) as caught:

        class _Counted:
            @law(COUNTED)
            def test_counted(self, lead: Lead, time: int) -> bool:
                return COUNTED(lead, times=time) is True

    assert str(caught.value) == (
        "the law `test_counted` of `has {times:count} followers at least` must take a record and "
        "what stands in its holes: write `def test_counted(self, record, times)`"
    )


def test_self_is_a_name_like_others_outside_of_classes() -> None:
    """There it is the record."""
    seen = set()

    @law(BARE, settings=ALIKE)
    def own(self: Lead) -> bool:
        seen.add(type(self))
        return True

    own()

    assert seen == {Lead}


def test_what_is_static_takes_no_self() -> None:
    """Whichever of the two stands above the other."""
    with pytest.raises(TypeError) as caught:

        class _Static:
            @law(BARE)
            @staticmethod
            def test_static(one: object, lead: Lead) -> bool:
                return one is lead

    assert str(caught.value) == (
        "the law `test_static` of `can be written to` must take a record and what stands in its "
        "holes: write `def test_static(record)`"
    )


@pytest.mark.parametrize(
    ("given", "shown"), [(5, "5"), ("Everybody has some", "Everybody has some"), (None, "None")]
)
def test_a_law_is_a_function(given: Callable[..., bool], shown: str) -> None:
    """Nothing else can be asked."""
    with pytest.raises(TypeError) as caught:
        law(BARE)(given)

    assert str(caught.value) == (
        f"a law is a function that answers whether it holds, and `{shown}` is none"
    )


def test_what_does_not_tell_what_it_takes_is_no_law() -> None:
    """As some functions that are built in."""
    with pytest.raises(TypeError) as caught:
        law(COUNTED)(max)

    assert str(caught.value) == (
        "the law `max` of `has {times:count} followers at least` must take a record and what "
        "stands in its holes: write `def max(record, times)`"
    )


# All laws at once


def test_laws_by_hand_are_all_looked_at() -> None:
    """The first that is broken is told."""
    phrase_laws(COUNTED, settings=FEW)()
    with pytest.raises(LawBroken) as caught:
        phrase_laws(BARE, settings=ALIKE)()

    assert str(caught.value) == TAKES_GAPS_FOR_NO


@pytest.mark.once
def test_laws_in_a_test_case_are_all_looked_at() -> None:
    """As one test, since unittest knows no items."""

    class Case(unittest.TestCase):
        most = 3
        test_counted = phrase_laws(COUNTED, settings=FEW)
        test_bare = phrase_laws(BARE, settings=ALIKE)
        test_own = Held.with_self

    result = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromTestCase(Case).run(result)

    told = {case.id().rpartition(".")[2]: text for case, text in result.failures}
    assert (result.testsRun, result.errors, [*told]) == (3, [], ["test_bare", "test_own"])
    assert TAKES_GAPS_FOR_NO in told["test_bare"]


IN_CLASSES = """\
from unittest import TestCase
from connectrules.testing import law, phrase_laws
from tests.testing.test_laws_in_classes import ALIKE, BARE, COUNTED

class TestPhrases:
    test_counted = phrase_laws(COUNTED, settings=ALIKE)

    @law(COUNTED, settings=ALIKE)
    def test_own(self, lead, times):
        return type(self) is TestPhrases

class TestCases(TestCase):
    test_counted = phrase_laws(COUNTED, settings=ALIKE)
    test_bare = phrase_laws(BARE, settings=ALIKE)
"""


@pytest.mark.once
def test_pytest_runs_both_kinds_of_classes(pytester: pytest.Pytester) -> None:
    """A class of its own has a test for each law, and a TestCase one for all."""
    pytester.makeini("[pytest]")
    pytester.makepyfile(test_phrases=IN_CLASSES)

    result = pytester.runpytest_inprocess("-v", "-p", "no:benchmark", "-p", "no:xdist")

    result.assert_outcomes(passed=9, failed=1)
    result.stdout.fnmatch_lines(
        [
            "test_phrases.py::TestPhrases::test_counted[[]monotone[]] *PASSED*",
            "test_phrases.py::TestPhrases::test_own *PASSED*",
            "test_phrases.py::TestCases::test_bare *FAILED*",
            "test_phrases.py::TestCases::test_counted *PASSED*",
            "`can be written to` breaks a law of phrases: it says unknown when*",
        ]
    )


# Without having looked


NOTHING_NEW = settings(ALIKE, phases=[Phase.reuse], database=None)
ALIKE_AND_KEPT = settings(ALIKE, derandomize=False)
NOTHING = settings(ALIKE, phases=[])


@pytest.mark.parametrize("chosen", [NOTHING, NOTHING_NEW], ids=["nothing", "nothing new"])
def test_nothing_passes_that_was_not_looked_at(chosen: settings) -> None:
    """Each law is skipped, as hypothesis's own tests are."""

    @law(BARE, settings=chosen)
    def own(_lead: Lead) -> bool:
        return False

    bare: Any = phrase_laws(BARE, settings=chosen)
    laws = bare.pytestmark[0].args[1]

    assert len(laws) == 7
    tests: list[Callable[[], None]] = [own, *(partial(bare, law=its) for its in laws)]
    for each in tests:
        with pytest.raises(unittest.SkipTest, match="told to run no test cases"):
            each()


def test_what_is_kept_is_enough() -> None:
    """Where nothing is drawn anew for a smaller record, the one that was kept is shown."""
    kept = InMemoryExampleDatabase()
    wrong: st.SearchStrategy[object] = st.sampled_from([5, 6])
    right = st.sampled_from([Lead(), Lead(seen_on=date.max)])
    with pytest.raises(TypeError, match="`records=` drew `5`"):
        check_phrase(BARE, records=wrong, settings=settings(ALIKE_AND_KEPT, database=kept))

    with pytest.raises((LawBroken, unittest.SkipTest)) as caught:
        check_phrase(
            BARE,
            records=right,
            settings=settings(ALIKE_AND_KEPT, database=kept, phases=[Phase.reuse]),
        )

    assert str(caught.value) == TAKES_GAPS_FOR_NO
