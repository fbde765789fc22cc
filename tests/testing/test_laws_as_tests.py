"""Laws of phrases are tests of pytest, and so are laws of one's own."""

import pickle
import subprocess
import sys

import pytest

from connectrules import phrase
from connectrules.testing import LawBroken, law
from tests.children import environment
from tests.testing.test_laws import ALIKE, PATTERN, Lead, follows

pytest_plugins = ["pytester"]

TESTS = """\
from connectrules.testing import phrase_laws
from tests.testing.test_laws import ALIKE, follows, phrase, takes_gaps_for_no

test_follows = phrase_laws(phrase("has {times:count} followers")(follows), settings=ALIKE)
test_gaps = phrase_laws(phrase("can be written to")(takes_gaps_for_no), settings=ALIKE)
"""


def test_each_law_is_a_test(pytester: pytest.Pytester) -> None:
    """It has a node id, and a failure shows what `check_phrase` says, and nothing else."""
    pytester.makeini("[pytest]")
    pytester.makepyfile(test_phrases=TESTS)

    result = pytester.runpytest_inprocess("-v", "-p", "no:benchmark", "-p", "no:xdist")

    result.assert_outcomes(passed=12, failed=2)
    result.stdout.fnmatch_lines(
        [
            "test_phrases.py::test_follows[[]monotone[]] *PASSED*",
            "test_phrases.py::test_gaps[[]never-raises[]] *PASSED*",
            "test_phrases.py::test_gaps[[]unknown[]] *FAILED*",
            "test_phrases.py::test_gaps[[]monotone[]] *FAILED*",
            "*_ test_gaps[[]unknown[]] _*",
            "`can be written to` breaks a law of phrases: it says unknown when*",
        ]
    )
    assert "laws.py:" not in str(result.stdout)


def test_a_law_of_ones_own_is_a_test() -> None:
    """It takes what the phrase takes, and says whether the law holds."""
    counted = phrase(PATTERN)(follows)

    @law(counted, settings=ALIKE)
    def test_nobody_has_less_than_none(lead: Lead, times: int) -> bool:
        """More are harder to have."""
        return counted(lead, times=times) is not True or counted(lead, times=times - 1) is True

    @law(counted, settings=ALIKE)
    def test_everybody_has_some(lead: Lead, times: int) -> bool:
        """Everybody has followers."""
        return counted(lead, times=times) is not False

    test_nobody_has_less_than_none()
    with pytest.raises(pytest.fail.Exception) as caught:
        test_everybody_has_some()

    assert test_everybody_has_some.__name__ == "test_everybody_has_some"
    assert (
        str(caught.value)
        == """\
`has {times:count} followers at least` breaks a law: Everybody has followers

    record: Lead(followers=0)
    said:   has 1 followers at least

the law answered False"""
    )


def test_a_law_that_says_nothing_is_none() -> None:
    """A forgotten return would pass for ever."""

    @law(phrase(PATTERN)(follows), settings=ALIKE)
    def silent(lead: Lead, times: int) -> bool:  # type: ignore[empty-body]
        """It forgot to say."""

    with pytest.raises(TypeError, match="`silent` answered `None`"):
        silent()


def test_what_is_broken_can_be_sent_to_another_process() -> None:
    """So that tests may run anywhere."""
    error = LawBroken("it broke", "it holds")

    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - of our own making

    assert (str(again), again.law) == ("it broke", "it holds")
    assert isinstance(again, AssertionError)


def test_without_hypothesis_the_extra_is_named() -> None:
    """In a process that has none; what needs none works there."""
    code = (
        "import sys\n"
        "sys.modules['hypothesis'] = None\n"
        "from connectrules.testing import run_examples\n"
        "from connectrules.testing import check_phrase\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(),
        check=False,
    )

    assert done.stderr.rstrip().splitlines()[-1] == (
        'ModuleNotFoundError: `hypothesis` is not installed: pip install "connectrules[testing]"'
    )
