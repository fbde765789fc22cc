"""EXAMPLEs are judged by what they say, and by nothing else."""

import pickle
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from connectrules import Contact, ContactError, Decision, Policy, Verdict, Vocabulary, phrase
from connectrules.program import Program
from connectrules.testing import (
    Difference,
    ExampleResult,
    Expected,
    measure_coverage,
    mutate,
    run_examples,
)
from tests.examples import ROOT

RULES = """\
FACT is a recruiter: yes/no
ASSUME is a recruiter: no
CONNECT "friends" WHEN would recommend AND met in person UNLESS is a recruiter
CONNECT "peers" WHEN values include any of my values
REVIEW "new" WHEN connected on is within the last month
OTHERWISE DECLINE
"""


def tried(*examples: str, rules: str = RULES) -> tuple[ExampleResult, ...]:
    """What comes of *examples* in a policy of *rules*."""
    text = rules + "".join(f"EXAMPLE {each}\n" for each in examples)
    return run_examples(Policy.parse(text, vocabulary=VOCABULARY))


def refuse(_contact: Contact, company: str) -> bool | None:
    """No phrase is called for an EXAMPLE."""
    raise AssertionError(company)


VOCABULARY = Vocabulary.of(Contact, phrases=[phrase("worked at {company:text}")(refuse)])


def decided(result: ExampleResult) -> tuple[Decision, tuple[str, ...]]:
    """The decision, and what is asked for."""
    assert isinstance(result.actual, Verdict)
    return result.actual.decision, result.actual.ask


def test_a_policy_without_examples_has_no_results() -> None:
    """There is nothing to try."""
    assert tried() == ()


def test_a_result_says_where_and_what() -> None:
    """It is plain data: the name, the place, what was expected and what came of it."""
    (result,) = tried(
        '"a friend" TODAY 2026-11-22 EXPECT CONNECT BECAUSE OF "friends"\n'
        "  - would recommend: yes\n  - met in person: yes\n  - connected on: 2020-01-01"
    )

    assert (result.name, result.line) == ("a friend", 7)
    assert result.source.text[result.span.start :].startswith('EXAMPLE "a friend"')
    assert result.expected == Expected(Decision.CONNECT, ("friends",), None)
    assert result.actual == Verdict(
        Decision.CONNECT, rules=("friends",), assumed=("is a recruiter",)
    )
    assert (result.passed, result.differences) == (True, ())
    assert result.explanation is not None
    assert result.explanation.contact == "a friend"
    assert pickle.loads(pickle.dumps(result)) == result  # noqa: S301 - our own


def test_what_is_not_named_is_unknown() -> None:
    """Of the contact and of the owner; nobody is asked for a record of the owner's."""
    (result,) = tried('"a" TODAY 2026-11-22 EXPECT UNDECIDED')

    assert decided(result) == (
        Decision.UNDECIDED,
        ("connected on", "my values", "values", "met in person", "would recommend"),
    )


def test_assumptions_apply_and_can_be_overruled() -> None:
    """As they do for contacts."""
    friend = "would recommend: yes\n  - met in person: yes\n  - connected on: 2020-01-01"

    plain, recruiter, unsure = tried(
        f'"a" TODAY 2026-11-22 EXPECT CONNECT\n  - {friend}',
        f'"b" TODAY 2026-11-22 EXPECT DECLINE\n  - is a recruiter: yes\n  - my values: none\n'
        f"  - {friend}",
        f'"c" TODAY 2026-11-22 EXPECT CONNECT\n  - is a recruiter: unsure\n  - {friend}',
    )

    assert (plain.passed, recruiter.passed, unsure.passed) == (True, True, True)


def test_each_example_has_its_own_day_and_owner() -> None:
    """What one says is forgotten for the next."""
    shared = '- values: "craft"\n  - would recommend: no\n  - connected on: 2026-11-01'

    results = tried(
        f'"a" TODAY 2026-11-22 EXPECT REVIEW\n  {shared}\n  - my values: "craft"',
        f'"b" TODAY 2027-11-22 EXPECT CONNECT\n  {shared}\n  - my values: "craft"',
        f'"c" TODAY 2027-11-22 EXPECT DECLINE\n  {shared}\n  - my values: "care"',
        f'"d" TODAY 2027-11-22 EXPECT UNDECIDED ASKING my values\n  {shared}',
        f'"e" TODAY 2027-11-22 EXPECT UNDECIDED ASKING would recommend\n  {shared}\n'
        "  - my values: unsure",
    )

    assert [each.passed for each in results] == [True, True, True, True, False]
    assert isinstance(results[-1].actual, Verdict)
    assert (results[-1].actual.ask, results[-1].actual.unsure) == ((), ("my values",))


def test_unsure_reads_as_unknown_and_is_not_asked() -> None:
    """ASKING names what is to be asked alone."""
    rules = "CONNECT WHEN would recommend AND met in person\nOTHERWISE DECLINE\n"

    (result,) = tried(
        '"a" EXPECT UNDECIDED ASKING met in person\n  - would recommend: unsure', rules=rules
    )

    assert result.passed


PHRASES = """\
CONNECT WHEN worked at "Acme"
REVIEW WHEN worked at "Bolt" AND met in person
OTHERWISE DECLINE
"""


def test_phrases_are_answered_and_never_called() -> None:
    """Those that are not answered are unknown; case and space between words don't matter."""
    results = tried(
        '"a" EXPECT CONNECT\n  - Worked  At "Acme": yes\n  - worked at "Bolt": no',
        '"b" EXPECT UNDECIDED ASKING worked At "Acme"; met in person\n  - worked at "Bolt": yes',
        '"c" EXPECT UNDECIDED ASKING worked at "Bolt"\n'
        '  - worked at "Acme": unsure\n  - met in person: yes',
        rules=PHRASES,
    )

    assert [each.passed for each in results] == [True, True, True]


def test_phrases_that_differ_in_the_case_of_a_text_are_two() -> None:
    """What is answered is the phrase with just its literals."""
    (result,) = tried(
        '"a" EXPECT DECLINE\n  - worked at "ACME": yes\n  - worked at "acme": no\n'
        '  - worked at "Acme": no\n  - met in person: no',
        rules=PHRASES,
    )

    assert result.passed


def test_sets_are_compared_whole_in_any_order() -> None:
    """What is missing is told, and what is there beside it."""
    both = 'values: "craft"\n  - my values: "craft"\n  - connected on: 2020-01-01'
    friend = "would recommend: yes\n  - met in person: yes\n  - is a recruiter: no"

    alike, lacking, other = tried(
        f'"a" TODAY 2026-11-22 EXPECT CONNECT BECAUSE OF "Peers", "friends"\n'
        f"  - {both}\n  - {friend}",
        f'"b" TODAY 2026-11-22 EXPECT CONNECT BECAUSE OF "friends"\n  - {both}\n  - {friend}',
        f'"c" TODAY 2026-11-22 EXPECT CONNECT BECAUSE OF "new", "peers", "otherwise"\n  - {both}',
    )

    assert alike.differences == ()
    assert lacking.differences == (Difference("rules", (), ("peers",)),)
    assert other.differences == (Difference("rules", ("new", "otherwise"), ()),)
    assert (alike.passed, lacking.passed, other.passed) == (True, False, False)


def test_a_decision_asks_nothing_and_a_question_has_no_rules() -> None:
    """An EXAMPLE that expects both does not pass."""
    asking, because, neither = tried(
        '"a" EXPECT CONNECT ASKING met in person\n  - would recommend: yes',
        '"b" EXPECT UNDECIDED BECAUSE OF "otherwise" ASKING would recommend; met in person',
        '"c" EXPECT DECLINE BECAUSE OF "otherwise" ASKING met in person',
        rules="CONNECT WHEN would recommend OR met in person\nOTHERWISE DECLINE\n",
    )

    assert asking.differences == (Difference("ask", ("met in person",), ()),)
    assert because.differences == (Difference("rules", ("otherwise",), ()),)
    assert neither.differences == (
        Difference("decision", ("decline",), ("undecided",)),
        Difference("rules", ("otherwise",), ()),
        Difference("ask", (), ("would recommend",)),
    )


def test_a_record_of_ones_own_is_never_made() -> None:
    """Its class may need whatever it likes."""

    @attrs.frozen
    class Lead:
        employer: str
        score: float
        likes_tea: bool

        def __attrs_post_init__(self) -> None:
            msg = "no EXAMPLE makes one"
            raise AssertionError(msg)

    policy = Policy.parse(
        'CONNECT WHEN employer is "Acme" AND score is over my score AND likes tea\n'
        "OTHERWISE DECLINE\n"
        'EXAMPLE "a" EXPECT CONNECT\n'
        '  - employer: "acme"\n  - score: 2.5\n  - my score: 2\n  - likes tea: yes\n',
        vocabulary=Vocabulary.of(Lead),
    )

    assert [each.passed for each in run_examples(policy)] == [True]


def test_what_cannot_be_judged_has_not_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error is never taken for a verdict."""
    error = ContactError("no", contact="a", code="CR501", fact="x")

    def settle(*_: object) -> None:
        raise error

    monkeypatch.setattr(Program, "settle", settle)
    (result,) = tried('"a" TODAY 2026-11-22 EXPECT UNDECIDED')

    assert (result.actual, result.passed) == (error, False)
    assert (result.differences, result.explanation) == ((), None)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "examples").glob("*.policy")), ids=lambda path: path.name
)
def test_shipped_policies_pass(path: Path) -> None:
    """Their EXAMPLEs hold, and each rule and the default decides one of them."""
    policy: Policy[Contact] = Policy.load(path)
    results = run_examples(policy)
    deciding = {
        name for each in results if isinstance(each.actual, Verdict) for name in each.actual.rules
    }

    assert [each.name for each in results if not each.passed] == []
    assert deciding == {*(rule.name for rule in policy.rules), "otherwise"}
    assert policy.warnings == ()


@pytest.mark.parametrize("function", [run_examples, measure_coverage, mutate])
def test_what_is_no_policy(function: Callable[..., object]) -> None:
    """A text in place of a policy is told, with how a policy is made of it."""
    with pytest.raises(TypeError) as raised:
        function("would recommend")

    assert str(raised.value) == "a Policy is wanted, and this is a `str`: see `Policy.parse`"
