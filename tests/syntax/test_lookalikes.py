"""Policies that are right, and look like what people get wrong or paste."""

import pytest

from connectrules import Policy, PolicyError
from connectrules.source import Source
from connectrules.syntax.parser import parse
from tests.syntax.reading import mistakes, read

NAMES = [
    "default",
    "default decline rate",
    "else",
    "otherwise",
    "otherwise connected",
    "accept when asked",
    "allow if known",
    "review where needed",
    "define terms as agreed",
    "language 2",
    "about face",
    "use of tools",
    "ask price",
    "select from the best",
    "if met then connected",
    "while it lasts",
    "rock and roll",
    "* star",
    "– dash",
]
ON_A_LINE = """\
FACT {}: yes/no
FACT follows: yes/no
CONNECT "a" WHEN
    {}
DECLINE "b" WHEN follows AND
    {}
REVIEW "c" WHEN ANY OF (
    {};
    follows)
OTHERWISE DECLINE BECAUSE "https://example.org/ ** /* --"
"""


@pytest.mark.parametrize("name", NAMES)
def test_a_declared_name_is_no_slip(name: str) -> None:
    """It may begin a line, though it begins as a statement in small letters does."""
    policy = Policy.parse(ON_A_LINE.replace("{}", name))

    assert {fact.name for fact in policy.facts} == {"follows", name}


def test_a_declared_name_is_no_slip_beside_a_mistake() -> None:
    """What is told is the mistake, and nothing else."""
    text = ON_A_LINE.replace("{}", "default decline rate") + "POLICY here"

    assert mistakes(text) == ["11:8 CR107 the text after `POLICY` must stand in quotes"]


def test_a_slip_that_is_like_no_name() -> None:
    """A statement in small letters is one still, whatever is declared."""
    text = "FACT default decline rate: count\nCONNECT WHEN met in person\nDefault decline"

    assert mistakes(text) == ["3:1 CR101 `Default` is written `OTHERWISE` in a policy"]


@pytest.mark.parametrize(
    "text",
    [
        'CONNECT "a \\"b\\"" # why\nWHEN keen OTHERWISE DECLINE BECAUSE "https://a.example"',
        'CONNECT # why\nWHEN keen DECLINE\nWHEN odd OTHERWISE DECLINE BECAUSE "https://a.example"',
        'CONNECT WHEN (age >\n18) OTHERWISE DECLINE BECAUSE "**"',
        'CONNECT WHEN (age >\n18) DECLINE WHEN (age <\n5) OTHERWISE REVIEW BECAUSE "/* a */"',
        'CONNECT WHEN keen # SELECT a **c** /* d\n# --- \n#1. > x\nOTHERWISE REVIEW BECAUSE ""',
        'ASK keen: "// -- /* ``` <<<<<<< ** {name} IF a THEN CONNECT"\nCONNECT WHEN keen',
    ],
)
def test_marks_of_elsewhere_in_their_place(text: str) -> None:
    """Texts and comments hold what they like, and layout means nothing."""
    assert read(text).statements


def test_texts_and_facts_of_the_owner_in_a_list() -> None:
    """The commas between them part no items."""
    text = 'CONNECT WHEN ANY OF (country is one of "UK", my country; keen)'

    assert read(text).statements
    assert read(text.replace('"UK", my country', 'my country, my second, "UK"')).statements


def test_a_type_on_two_lines() -> None:
    """Layout means nothing: `list of text` may go over lines as all sentences may."""
    text = 'FACT skills: list\n  of text\nCONNECT WHEN skills include "a"\nOTHERWISE DECLINE'

    assert not Policy.parse(text).warnings


def test_a_condition_after_a_type_is_still_told() -> None:
    """No type goes on with it."""
    with pytest.raises(PolicyError) as error:
        Policy.parse("FACT keen: yes/no\nkeen")

    assert [each.message for each in error.value.diagnostics] == [
        "a rule was expected in place of `keen`"
    ]


@pytest.mark.parametrize("first", ['[ "x"', '{ "x"', "a:\n  - b", "|a|b|", "= f(x)", "if x:\n"])
def test_a_text_with_statements_is_no_other_kind_of_text(first: str) -> None:
    """It begins like data or code; what is wrong is told, and the rest is read."""
    document, told = parse(Source("x.policy", f'{first}\nPOLICY "mine"\nCONNECT WHEN keen'))

    assert len(document.statements) == len(("what is wrong", "POLICY", "CONNECT"))
    assert not any("a policy is written in words" in each.message for each in told)


EXAMPLE = '\nOTHERWISE DECLINE\nEXAMPLE "e" EXPECT CONNECT BECAUSE OF "{}"\n  - met in person: yes'


@pytest.mark.parametrize(
    ("rule", "name"),
    [
        ("CONNECT “old friends” WHEN met in person", "old friends"),
        ("CONNECT «old friends» WHEN met in person", "old friends"),
        ("CONNECT 'old friends' WHEN met in person", "old friends"),
        ("CONNECT ‘old friends’ WHEN met in person", "old friends"),
        ("CONNECT old friends WHEN met in person", "old friends"),
        ('CONNECT "old friends WHEN met in person', "old friends"),
        ('CONNECT "old “friends”" WHEN met in person AND', "old “friends”"),
        ('CONNECT "old \\"friends\\"" WHEN', 'old \\"friends\\"'),
        ("CONNECT WHEN met in person AND", "connect 1"),
        ("connect when met in person and", "connect 1"),
    ],
)
def test_a_faulty_rule_has_its_name(rule: str, name: str) -> None:
    """One mistake, one diagnostic: an EXAMPLE may speak of the rule all the same."""
    with pytest.raises(PolicyError) as error:
        Policy.parse(rule + EXAMPLE.format(name))

    assert [each.start.line for each in error.value.diagnostics] == [1]
