"""Four answers make a policy that is without fault, or are refused."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from connectrules import Contact, Decision, Policy, Verdict
from connectrules.cli import answered
from connectrules.cli.answered import Unfit
from connectrules.cli.scaffold import Plan
from connectrules.syntax.formatter import format_policy
from connectrules.syntax.reserved import RESERVED
from connectrules.testing import run_examples
from tests.property.running import tried

SENTENCES = (
    "would recommend",
    "would have a drink with",
    "I would meet again",
    "Is kind.",
    "is a bot",
    "is not a bot",
    "follows me",
    "followers",
    "has at least 500 followers",
    "values",
    "my values",
    "my own friend",
    "don't care",
    "met in person",
    "would recommend AND follows me",
    "has a posts",
    "is \u200b odd",
    "yes",
    "x is 5",
    "- a bullet",
    "otherwise",
    "policy",
    "café owner",
)
ODD = st.text() | st.text(alphabet="aA x,.;:'\"\\()[]{}<>=!#-–•\t\r\x00\u2028’5", max_size=20)
LISTS = st.lists(st.sampled_from(SENTENCES) | ODD | st.sampled_from(sorted(RESERVED)), max_size=4)
ANSWERS = LISTS.map(", ".join) | ODD
RESTS = st.sampled_from(("", "decline", "Review.", "look myself", "connect")) | ODD


def made(title: str, wanted: str, unwanted: str, rest: str) -> str:
    """The policy of these answers; `Unfit` where one is refused."""
    sentences = answered.wanted(wanted)
    plan = Plan(
        answered.title(title),
        sentences,
        answered.unwanted(unwanted, sentences),
        answered.rest(rest),
    )
    return answered.checked_text(plan)


@pytest.mark.once
def test_whatever_is_answered() -> None:
    """A policy passes check and test without a warning; else a message says what to do."""
    seen = set()

    @tried(100)
    @given(ANSWERS, ANSWERS, ANSWERS, RESTS)
    @example('say "hi" \\', "would recommend", "is a recruiter", "review")
    @example("x" * 80, "a" * 80, "", "")
    @example("", ",".join(f"is {word}" for word in "abcdefghijkl"), "is m", "d")
    def hold(title: str, wanted: str, unwanted: str, rest: str) -> None:
        try:
            text = made(title, wanted, unwanted, rest)
        except Unfit as unfit:
            seen.add("refused")
            assert_told(unfit)
        else:
            seen.add("made")
            assert_faultless(text)

    hold()

    assert seen == {"made", "refused"}


def assert_told(unfit: Unfit) -> None:
    """It says what is wrong, and what to do; on a line each."""
    assert str(unfit)
    assert unfit.help
    assert "\n" not in f"{unfit}{unfit.help}"


def assert_faultless(text: str) -> None:
    """No warning, nothing to lay out otherwise; each rule decides an EXAMPLE, and one asks."""
    policy: Policy[Contact] = Policy.parse(text)
    results = run_examples(policy)
    verdicts = [each.actual for each in results if isinstance(each.actual, Verdict)]

    assert policy.warnings == ()
    assert format_policy(text) == text
    assert [each.name for each in results if not each.passed] == []
    assert {name for each in verdicts for name in each.rules} == {
        *(rule.name for rule in policy.rules),
        "otherwise",
    }
    assert Decision.UNDECIDED in {each.decision for each in verdicts}


def test_enter_four_times() -> None:
    """The usual answers make a policy worth keeping."""
    assert (
        made("", "", "", "")
        == """\
# Whom do you connect with? Change this file as you like: `connectrules check` tells what
# is wrong in it, and `connectrules test` whether the EXAMPLEs below still hold.
LANGUAGE 1
POLICY "My rules"

# What only you can say of somebody. {name} stands for the name.
ASK would have a drink with: "Would you have a drink with {name}?"
ASK would recommend: "Would you recommend {name}?"

CONNECT "all I ask for" WHEN ALL OF
    - would have a drink with
    - would recommend
BECAUSE "all that I ask of a contact is so"

OTHERWISE DECLINE BECAUSE "not all that I ask for is so"

# What should come of people like these.
EXAMPLE "somebody I connect with" EXPECT CONNECT BECAUSE OF "all I ask for"
    - would have a drink with: yes
    - would recommend: yes

EXAMPLE "somebody of whom one thing is not so" EXPECT DECLINE BECAUSE OF "otherwise"
    - would have a drink with: yes
    - would recommend: no

EXAMPLE "somebody I have not made up my mind about" EXPECT UNDECIDED ASKING would recommend
    - would have a drink with: yes
"""
    )


def test_all_four_answers_are_in_it() -> None:
    """The title, both kinds of rule, and what becomes of everybody else."""
    text = made('Ada\'s "own"', "is kind", "Is a recruiter, is a bot", "Look myself")

    assert 'POLICY "Ada\'s \\"own\\""\n' in text
    assert 'ASK is a bot: "Is {name} a bot?"\n' in text
    assert '\nCONNECT "all I ask for" WHEN is kind\n' in text
    assert '\nDECLINE "never" WHEN ANY OF\n    - is a recruiter\n    - is a bot\n' in text
    assert '\nOTHERWISE REVIEW BECAUSE "I look at everybody else myself"\n' in text


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("would recommend", "Would you recommend {name}?"),
        ("would do business with", "Would you do business with {name}?"),
        ("I would have a drink with", "Would you have a drink with {name}?"),
        ("would be a good client", "Is this so of {name}: would be a good client?"),
        ("Is a recruiter.", "Is {name} a recruiter?"),
        ("has written to me", "Has {name} written to me?"),
        ("met in person", "Is this so of {name}: met in person?"),
        ("Is a friend?", "Is {name} a friend?"),
        ("follows me!", "Is this so of {name}: follows me?"),
        ("taught me to bake", "Is this so of {name}: taught me to bake?"),
        ("are kind", "Is this so of {name}: are kind?"),
    ],
)
def test_questions_read_well(said: str, question: str) -> None:
    """Where it is not sure that they would, the sentence stands as it is."""
    assert f'"{question}"\n' in made("", said, "", "")


@pytest.mark.parametrize("nobody", ["", "  ", "nobody", "Nobody.", "none", "no one", "-", "no"])
def test_nobody_is_an_answer(nobody: str) -> None:
    """Then there is no such rule."""
    assert answered.unwanted(nobody, ["is kind"]) == ()


def test_sentences_are_taken_as_people_type_them() -> None:
    """With capitals, full stops, bullets, `I`, and twice."""
    said = answered.wanted(
        "- I would recommend, • Is kind.,is KIND,,  met  in person ,is UK based?"
    )

    assert said == ("would recommend", "is kind", "met in person", "is UK based")


TOLD = "is something that a file tells of a contact, and no question to you"
REFUSED = {
    "would recommend AND is kind": (
        "`AND` in capitals is a word of the language",
        "write `and`, or put a comma between two conditions",
    ),
    'is "kind"': (
        '`is "kind"` is not in words alone',
        "leave out quotes, brackets, numbers and signs, and put commas between conditions",
    ),
    "is kind; is fair": (
        "`is kind; is fair` is not in words alone",
        "leave out quotes, brackets, numbers and signs, and put commas between conditions",
    ),
    "Is not a bot.": (
        "`is not a bot` says what is not so",
        "say `is a bot` where you are asked {}",
    ),
    "isn't rude": ("`isn't rude` says what is not so", "say `is rude` where you are asked {}"),
    "never rude": ("`never rude` says what is not so", "say what is so where you are asked {}"),
    "recruiters": (
        "`recruiters` does not say what is so of one person",
        "begin with a verb, as in `is a recruiter`",
    ),
    "Investors?": (
        "`investors` does not say what is so of one person",
        "begin with a verb, as in `is an investor`",
    ),
    "nice people": (
        "`nice people` does not say what is so of one person",
        "begin with a verb, as in `is a recruiter`, `met me at work` or `would recommend`",
    ),
    "is": (
        "`is` does not say what is so of one person",
        "begin with a verb, as in `is a recruiter`, `met me at work` or `would recommend`",
    ),
    "UK based": (
        "`UK based` does not say what is so of one person",
        "begin with a verb, as in `is UK based`, `is a recruiter` or `would recommend`",
    ),
    "has at least 500 followers": (
        f"`has at least 500 followers` {TOLD}",
        "add it to the rules later: `connectrules facts` shows how such things are said",
    ),
    "followers": (
        f"`followers` {TOLD}",
        "add it to the rules later: `connectrules facts` shows how such things are said",
    ),
    "my values": (
        "`my values` says something else in a policy",
        "say it in other words",
    ),
    "yes": (
        "`yes` alone says nothing of anybody",
        "answer in a few words, such as `would have a drink with, would recommend`",
    ),
    ", ,": (
        "there are no words in this",
        "answer in plain words, such as `would have a drink with, would recommend`",
    ),
    "a" * 81: ("a condition of 81 characters is long", "say it in 80 at most"),
    ",".join(f"is {word}" for word in "abcdefghijklm"): (
        "these are 13 conditions, and a first policy takes 12 at most",
        "begin with those that matter most; you can add others to the file",
    ),
}


@pytest.mark.parametrize("answer", REFUSED)
def test_conditions_that_will_not_do(answer: str) -> None:
    """Each is told why, and what to answer."""
    for read, opposite in (
        (answered.wanted, "whom you never connect with"),
        (lambda said: answered.unwanted(said, ()), "what must be so"),
    ):
        with pytest.raises(Unfit) as refusal:
            read(answer)

        message, help_ = REFUSED[answer]
        assert (str(refusal.value), refusal.value.help) == (message, help_.format(opposite))


def test_nobody_is_wanted_and_unwanted_at_once() -> None:
    """However it is written."""
    with pytest.raises(Unfit) as refusal:
        answered.unwanted("Is  KIND", ["is kind"])

    assert str(refusal.value) == "`is kind` is what you ask of those you connect with"
    assert refusal.value.help == "leave it out here, or press Enter for nobody"


def test_titles_that_will_not_do() -> None:
    """Long ones, and such as hold what nobody sees."""
    with pytest.raises(Unfit, match="a title of 81 characters is long"):
        answered.title("x" * 81)
    with pytest.raises(Unfit, match="an invisible character stands here"):
        answered.title("my\u200brules")


def test_everybody_else_is_declined_or_reviewed() -> None:
    """Nothing else."""
    assert answered.rest(" Decline. ") is Decision.DECLINE
    with pytest.raises(Unfit) as refusal:
        answered.rest(" connect ")

    assert str(refusal.value) == "`connect` is none of the two"
    assert refusal.value.help == "answer `decline`, or `review` to look yourself"
