"""Warnings: what is allowed and probably not meant."""

from pathlib import Path

import pytest

from connectrules.policy import check_file
from tests.lint.told import warned

ROOT = Path(__file__).parent.parent.parent
END = "\nOTHERWISE DECLINE\n"
COUNT = "help: `followers` is a count; compare it with a value that some reach and others do not"
CONSTANT = {
    "followers is at least -5": "always holds",
    "followers is more than -1": "always holds",
    "followers is less than 0": "can never hold",
    "followers is at most -1": "can never hold",
    "followers is 2.5": "can never hold",
    "followers is not 2.5": "always holds",
    "followers is between 5 and 4": "can never hold",
    "has at least 0 followers": "always holds",
    "has fewer than 0 followers": "can never hold",
}


@pytest.mark.parametrize("sentence", CONSTANT)
def test_constant(sentence: str) -> None:
    """A sentence that no value makes come out otherwise, said the right way round."""
    assert warned(sentence) == [
        f"1:1 to 1:{len(sentence) + 1} CR402 `{sentence}` {CONSTANT[sentence]}",
        COUNT,
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "has at least 0 values",
        'relationship is one of "client", "peer"',
        'relationship is not one of "client", "peer"',
    ],
)
def test_constant_of_other_types(sentence: str) -> None:
    """Lists, choices and texts too."""
    (line, _) = warned(sentence)

    assert line.split(" CR402 ")[1].startswith(f"`{sentence}` ")


@pytest.mark.parametrize(
    "sentence",
    [
        "followers is at least 1",
        "followers is at most 0",
        "score is at least -5",
        "has at least 1 values",
        "has more than 2 values",
        "has no values",
        "followers is more than my followers",
        "followers is more than following",
        "followers is at least 2 times following",
        "country is one of my values",
        "country is my country",
        "values include at least 2 of my values",
        "values include my country",
        'values include at least 1 of "a", "b"',
        'relationship is "client"',
        "met on is within the last 6 months",
        "met on is within the last 9000 years",
        "met on is after my met on",
        "is not a recruiter",
        'country mentions all of "a", "b"',
        'knows "Ada"',
    ],
)
def test_not_constant(sentence: str) -> None:
    """Sentences that come out both ways, or hang on another fact or on the owner's."""
    assert warned(sentence) == []


def test_constant_in_another_file() -> None:
    """Its own check warns of it."""
    files = {"lib.policy": "DEFINE good AS followers is at least -5\n"}

    assert warned(f'USE "lib.policy"\nCONNECT WHEN good{END}', files) == []


REPEATED = {
    "keen AND witty AND keen": ["1:20 to 1:24 CR403 `keen` stands here a second time"],
    "AT LEAST 2 OF (keen; NOT witty; NOT witty)": [
        "1:33 to 1:42 CR403 `NOT witty` stands here a second time"
    ],
    "ANY OF (keen AND witty; (witty AND keen))": [
        "1:25 to 1:41 CR403 `(witty AND keen)` stands here a second time"
    ],
    "followers is at least 5 OR followers >= 5": [
        "1:28 to 1:42 CR403 `followers >= 5` stands here a second time"
    ],
    "AT LEAST 3 POINTS FROM (2 FOR keen; 1 FOR keen)": [
        "1:43 to 1:47 CR403 `keen` stands here a second time"
    ],
    'country is one of "UK", "uk"': [
        '1:1 to 1:29 CR403 `country is one of "UK", "uk"` names a text twice'
    ],
    "keen OR NOT keen": [],
    "keen AND (keen OR witty)": [],
    "ANY OF (keen AND witty; keen OR witty)": [],
    "ANY OF (AT LEAST 1 POINTS FROM (2 FOR keen; 1 FOR witty); keen OR witty)": [],
}


@pytest.mark.parametrize("text", REPEATED)
def test_repeated(text: str) -> None:
    """The same condition twice side by side, however it is put, and a text twice."""
    help_line = "help: leave one of the two out"

    assert warned(text) == [line for each in REPEATED[text] for line in (each, help_line)]


def test_a_repeated_definition() -> None:
    """It is named where it stands, and each list is looked at by itself."""
    text = f"DEFINE good AS keen OR witty\nCONNECT WHEN good AND good\nREVIEW WHEN NOT good{END}"

    assert warned(text) == [
        "2:23 to 2:27 CR403 `good` stands here a second time",
        "help: leave one of the two out",
    ]


def test_unused() -> None:
    """Lines that no rule, definition, assumption or example speaks of, and idle assumptions."""
    text = (
        'FACT tall: text\nASK is fun: "Fun?"\nDEFINE good AS keen\nASSUME witty: no\n'
        f"CONNECT WHEN follows me{END}"
    )

    assert warned(text) == [
        line
        for place, name, word in [
            ("1:6 to 1:10", "tall", "FACT"),
            ("2:5 to 2:11", "is fun", "ASK"),
            ("3:8 to 3:12", "good", "DEFINE"),
            ("4:8 to 4:13", "witty", "ASSUME"),
        ]
        for line in (
            f"{place} CR404 nothing uses `{name}`",
            f"help: speak of it in a rule, or leave the {word} line out",
        )
    ]


def test_used() -> None:
    """In a rule, an exception, a definition, an example, of one's own, or denied."""
    text = (
        'FACT One: yes/no\nFACT is two: yes/no\nFACT three: count\nFACT four: text\nASK five: "?"\n'
        "DEFINE is six AS five\nASSUME five: no\nASSUME has manners: no\n"
        "CONNECT WHEN one UNLESS is not two OR is not six\n"
        f"REVIEW WHEN followers is more than my three OR has manners{END}"
        'EXAMPLE "e" EXPECT DECLINE\n  - four: "x"\n  - one: no\n'
    )

    assert warned(text) == []


def test_an_assumption_that_nothing_tests_is_warned_of_once() -> None:
    """The fact's own line is needed by it."""
    text = f"FACT tall: yes/no\nASSUME tall: no\nCONNECT WHEN keen{END}"

    assert warned(text) == [
        "2:8 to 2:12 CR404 nothing uses `tall`",
        "help: speak of it in a rule, or leave the ASSUME line out",
    ]


def test_a_definition_that_another_uses() -> None:
    """Only the last of them is without use."""
    text = f"DEFINE good AS keen\nDEFINE fine AS NOT good\nCONNECT WHEN keen{END}"

    assert warned(text) == [
        "2:8 to 2:12 CR404 nothing uses `fine`",
        "help: speak of it in a rule, or leave the DEFINE line out",
    ]


def test_a_library_is_used_elsewhere() -> None:
    """Its lines are not warned of, nor are those of a file that is used."""
    library = "FACT tall: text\nDEFINE good AS keen\nASSUME witty: no\n"

    assert warned(library) == []
    assert warned(f'USE "lib.policy"\nCONNECT WHEN keen{END}', {"lib.policy": library}) == []


def test_inexact() -> None:
    """It says how many fillings there are, and of which facts."""
    facts = [f"fact {number}" for number in range(17)]
    text = (
        "".join(f"FACT {fact}: yes/no\n" for fact in facts)
        + f"CONNECT WHEN {' AND '.join(facts)}\nREVIEW WHEN {' OR '.join(facts)}{END}"
    )

    assert warned(text) == [
        (
            "18:14 to 18:20 CR405 facts tested more than once can be filled in in 131,072 ways, "
            "and 65,536 are tried"
        ),
        "help: these are `fact 0`, `fact 1`, `fact 2`, `fact 3`, `fact 4` and 12 more",
        "help: a contact of whom most of them are unknown may stay undecided: test each once",
    ]


def test_a_few_facts_that_come_out_in_many_ways() -> None:
    """All are named."""
    bounds = " OR ".join(f"{fact} is {n}" for fact in ("followers", "score") for n in range(300))

    (line, named, _) = warned(bounds)

    assert line.startswith("1:1 to 1:15 CR405 facts tested more than once can be filled in in ")
    assert named == "help: these are `followers`, `score`"


def test_far_too_many_ways() -> None:
    """Beyond a million million the number says nothing."""
    facts = [f"fact {number}" for number in range(50)]
    text = (
        "".join(f"FACT {fact}: yes/no\n" for fact in facts)
        + f"CONNECT WHEN {' AND '.join(facts)}\nREVIEW WHEN {' OR '.join(facts)}{END}"
    )

    assert "in over a million million ways" in warned(text)[0]


def test_the_example_that_is_shipped() -> None:
    """There is nothing to warn of in it."""
    assert check_file(ROOT / "examples" / "three-rules.policy") == ()


THOUSANDS = {
    "followers is at least 1.000": ["1:23 to 1:28 CR301 `1.000` reads as 1", "1,000", "1"],
    "followers is at least 2.500": ["1:23 to 1:28 CR301 `2.500` reads as 2.5", "2,500", "2.5"],
    "followers is at least 1,000": [],
    "followers is at least 2.5": [],
    "followers is at least 0.500": [],
    "score is at least 1.000": [],
    'country is "1.000"': [],
}


@pytest.mark.parametrize("text", THOUSANDS)
def test_thousands(text: str) -> None:
    """A count with a point before three digits may have been meant as thousands."""
    found = [line for line in warned(text) if "CR402" not in line and "help: " not in line]

    if not THOUSANDS[text]:
        assert found == []
        return
    message, *meant = THOUSANDS[text]
    assert found == [
        f"{message}: a point stands before decimals, and a count has none",
        *(line for each in meant for line in _written(each)),
    ]


def _written(number: str) -> list[str]:
    return [f"fix: write `{number}`", f"     followers is at least {number}"]


PLACEHOLDERS = {
    "Is {name} tall?": [],
    "Is {nome} tall?": ["1:15 to 1:21 CR101 `{nome}`", "fix: write `{name}`", "{name}"],
    "Is {Name} tall?": ["1:15 to 1:21 CR101 `{Name}`", "fix: write `{name}`", "{name}"],
    "Is {} tall?": ["1:15 to 1:17 CR101 `{}`", "", ""],
    "Is {company} tall?": ["1:15 to 1:24 CR101 `{company}`", "", ""],
}


@pytest.mark.parametrize("question", PLACEHOLDERS)
def test_placeholders(question: str) -> None:
    """A question knows the contact's name alone."""
    text = f'ASK tall: "{question}" # {{x}}\nCONNECT WHEN tall\nOTHERWISE DECLINE # ASK a: "{{b}}"'

    found = warned(text)

    if not PLACEHOLDERS[question]:
        assert found == []
        return
    begin, fix, _ = PLACEHOLDERS[question]
    assert found[0] == f"{begin} stands for nothing: a question knows `{{name}}` alone"
    assert found[1] == (fix or "help: leave it out, or say it in the question's own words")
