"""Laws of phrases are tests of pytest, and so are laws of one's own."""

import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from connectrules import phrase
from connectrules.testing import LawBroken, check_phrase, law, phrase_laws
from tests.children import environment
from tests.testing.test_laws import ALIKE, PATTERN, Lead, follows

pytest_plugins = ["pytester"]

TESTS = """\
from connectrules.testing import phrase_laws
from tests.testing.test_laws import ALIKE, follows, phrase, takes_gaps_for_no

test_follows = phrase_laws(phrase("has {times:count} followers")(follows), settings=ALIKE)
test_gaps = phrase_laws(phrase("can be written to")(takes_gaps_for_no), settings=ALIKE)
"""


@pytest.mark.once
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
    with pytest.raises(LawBroken) as caught:
        test_everybody_has_some()

    assert test_everybody_has_some.__name__ == "test_everybody_has_some"
    assert type(pickle.loads(pickle.dumps(caught.value))) is LawBroken  # noqa: S301 - as below
    assert (
        str(caught.value)
        == """\
`has {times:count} followers at least` breaks a law: Everybody has followers

    record: Lead(followers=0)
    said:   has 1 followers at least

the law answered False"""
    )


IN_A_CLASS = (
    TESTS.replace("\ntest_", "\n    test_").replace(
        "    test_",
        """\
class TestPhrases:
    test_""",
        1,
    )
    + """
    @law(phrase("has {times:count} followers")(follows), settings=ALIKE)
    def test_own(lead, times):
        return times != 0
"""
)


@pytest.mark.once
def test_laws_stand_in_a_class_too(pytester: pytest.Pytester) -> None:
    """As tests of its own; a law of one's own shows its words alone as well."""
    pytester.makeini("[pytest]")
    pytester.makepyfile(
        test_phrases=IN_A_CLASS.replace("import phrase_laws", "import law, phrase_laws")
    )

    result = pytester.runpytest_inprocess("-v", "-p", "no:benchmark", "-p", "no:xdist")

    result.assert_outcomes(passed=12, failed=3)
    result.stdout.fnmatch_lines(
        [
            "test_phrases.py::TestPhrases::test_follows[[]monotone[]] *PASSED*",
            "test_phrases.py::TestPhrases::test_own *FAILED*",
            "*_ TestPhrases.test_own _*",
            "`has {times:count} followers` breaks a law: test_own",
        ]
    )
    assert "laws.py:" not in str(result.stdout)


def test_a_law_called_by_hand_raises_what_is_broken() -> None:
    """Where there is no pytest, an AssertionError, as `check_phrase` has it."""
    code = (
        "import sys\n"
        "from connectrules import Contact, phrase\n"
        "from connectrules.testing import law\n"
        "@law(phrase('is odd')(lambda contact: None))\n"
        "def never(contact): return False\n"
        "assert 'pytest' not in sys.modules\n"
        "never()\n"
    )

    done = _python(code)

    assert "\nconnectrules.testing.law_broken.LawBroken: `is odd` breaks a law: never\n" in done


# What is said wrongly


@pytest.mark.parametrize("names", ["lead", "lead, time", "lead, times, more", "self, lead, times"])
def test_a_law_takes_what_its_phrase_takes(names: str) -> None:
    """That is seen where it is written, before anything is drawn."""
    scope: dict[str, Any] = {}
    exec(f"def holds({names}): return True", scope)  # noqa: S102 - of our own making

    with pytest.raises(TypeError) as caught:
        law(phrase(PATTERN)(follows))(scope["holds"])

    assert str(caught.value) == (
        "the law `holds` of `has {times:count} followers at least` must take a record and what "
        "stands in its holes: write `def holds(record, times)`"
    )


WRONG: Any = {"max_examples": 10}
FOLLOWS = phrase(PATTERN)(follows)


@pytest.mark.parametrize("make", [check_phrase, phrase_laws, law])
@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            {"settings": WRONG},
            (
                "`settings=` are those of hypothesis, such as `settings(max_examples=1000)`, and "
                "this is a `dict`"
            ),
        ),
        (
            {"records": [WRONG]},
            (
                "`records=` is a strategy of hypothesis that draws records, such as "
                "`contacts(policy)`, and this is a `list`"
            ),
        ),
        (
            {"vocabulary": Lead},
            "`vocabulary=` is a Vocabulary, and this is a `type`: see `Vocabulary.of`",
        ),
    ],
    ids=["settings", "records", "vocabulary"],
)
def test_what_is_handed_over_is_looked_at(
    make: Callable[..., object], given: dict[str, Any], message: str
) -> None:
    """At once, and not where a test runs."""
    with pytest.raises(TypeError) as caught:
        make(FOLLOWS, **given)

    assert str(caught.value) == message


def test_a_law_is_of_a_phrase() -> None:
    """Which one has to be said."""
    wrong: Any = follows
    with pytest.raises(
        TypeError, match=r"a law is of a phrase, as in `@law\(my_phrase\)`, and `<f"
    ):
        law(wrong)


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
    assert _python(code).rstrip().splitlines()[-1] == (
        'ModuleNotFoundError: `hypothesis` is not installed: pip install "connectrules[testing]"'
    )


def _python(code: str) -> str:
    """What a process of its own says on standard error."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(),
        check=False,
    )
    return done.stderr
