"""A failing EXAMPLE is shown at its line, with its verdict, why, and what helps."""

import json

import pytest

from connectrules import ContactError, Decision, Policy, Vocabulary
from connectrules.outcome import ExampleResult, Expected
from connectrules.render.examples import examples_json, examples_text, finding, how_to_begin
from connectrules.render.paint import Role
from connectrules.schema.contact import Contact
from connectrules.source import Source, Span
from connectrules.testing import run_examples

RULES = """\
CONNECT "friends" WHEN would recommend AND met in person
BECAUSE "I know them"
REVIEW "press" WHEN position mentions any of "editor", "journalist"
OTHERWISE DECLINE
"""


def tried(examples: str, rules: str = RULES) -> tuple[ExampleResult, ...]:
    """What comes of *examples* in a policy of *rules*."""
    return run_examples(Policy.parse(rules + examples, name="my.policy"))


def shown(examples: str, rules: str = RULES) -> str:
    """*examples* as they are shown, with a line break at each end."""
    return f"\n{examples_text(tried(examples, rules))}\n"


def test_what_passes_is_not_shown() -> None:
    """There is nothing to do about it."""
    text = examples_text(
        tried('EXAMPLE "a" EXPECT DECLINE\n  - would recommend: no\n  - position: ""')
    )

    assert text == ""


def test_another_decision() -> None:
    """What should have been, what is, and why."""
    text = shown(
        'EXAMPLE "an editor I like" EXPECT CONNECT BECAUSE OF "friends"\n'
        '  - would recommend: yes\n  - met in person: yes\n  - position: "Editor in chief"\n'
    )

    assert (
        text
        == """
failed: `an editor I like` should come out as CONNECT, and comes out as REVIEW
 --> my.policy:5:28
  |
5 | EXAMPLE "an editor I like" EXPECT CONNECT BECAUSE OF "friends"
  |                            ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
REVIEW  an editor I like
└─ press
   └─ position mentions any of "editor", "journalist": yes, "Editor in chief"
help: mend the rules; or write this, where they are right:
      EXPECT REVIEW BECAUSE OF "press"
"""
    )


def test_facts_that_it_does_not_say() -> None:
    """The commonest slip: they are unknown, and can change the decision."""
    text = shown(
        'EXAMPLE "half said"\n  TODAY 2026-11-22\n  EXPECT CONNECT\n  - would recommend: yes'
    )

    assert (
        text
        == """
failed: `half said` should come out as CONNECT, and comes out as UNDECIDED
 --> my.policy:5:1
  |
5 | EXAMPLE "half said"
  | ^~~~~~~~~~~~~~~~~~~
UNDECIDED  half said
├─ what to ask
│  ├─ position
│  └─ met in person
└─ what may decide it
   ├─ friends: I know them
   │  ├─ would recommend: yes
   │  └─ met in person: not known
   └─ press
      └─ position mentions any of "editor", "journalist": not known
help: what an EXAMPLE does not say is unknown: say more in it, first of `position`
help: mend the rules; or write this, where they are right:
      EXPECT UNDECIDED ASKING position; met in person
"""
    )


def test_an_unsure_fact_that_it_expects_to_be_asked() -> None:
    """It was asked already, and the help says so."""
    text = shown(
        'EXAMPLE "a" TODAY 2026-11-22 EXPECT UNDECIDED ASKING met in person; posts\n'
        '  - would recommend: yes\n  - met in person: unsure\n  - position: "Cooper"'
    )

    assert (
        text
        == """
failed: `a` comes out as UNDECIDED, as it should, but `met in person` and `posts` are not asked for
 --> my.policy:5:30
  |
5 | EXAMPLE "a" TODAY 2026-11-22 EXPECT UNDECIDED ASKING met in person; posts
  |                              ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
UNDECIDED  a
├─ what nobody could say: met in person
└─ what may decide it
   └─ friends: I know them
      ├─ would recommend: yes
      └─ met in person: unsure
help: `met in person`: it is unsure, and that is not asked for again
help: mend the rules; or write this, where they are right:
      EXPECT UNDECIDED
"""
    )


TWO = """\
CONNECT "a" WHEN would recommend
CONNECT "say \\"b\\"" WHEN met in person
CONNECT "c\\\\" WHEN follows me
OTHERWISE DECLINE
"""
KNOWN = "\n  - would recommend: yes\n  - met in person: yes\n  - follows me: no\n"


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        ('"a"', '`say "b"` decides as well'),
        ('"a", "say \\"b\\"", "c\\\\"', "`c\\` does not decide"),
        ('"a", "otherwise", "say \\"b\\"", "c\\\\"', "`otherwise` and `c\\` do not decide"),
        ('"c\\\\"', '`a` and `say "b"` decide, and not `c\\`'),
        ('"a", "c\\\\", "otherwise"', '`say "b"` decides, and not `c\\` or `otherwise`'),
    ],
)
def test_other_rules(expected: str, found: str) -> None:
    """What is missing, and what is there beside it; the line to write can be pasted."""
    (result,) = tried(f'EXAMPLE "x" EXPECT CONNECT BECAUSE OF {expected}{KNOWN}', TWO)
    right = 'EXPECT CONNECT BECAUSE OF "a", "say \\"b\\""'

    assert finding(result) == f"`x` comes out as CONNECT, as it should, but {found}"
    assert examples_text([result]).endswith(f":\n      {right}")
    assert tried(f'EXAMPLE "x" {right}{KNOWN}', TWO)[0].passed


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        ("met in person", "`position` is asked for as well"),
        ("position", "`met in person` is asked for as well"),
        (
            "would recommend",
            "`position` and `met in person` are asked for, and not `would recommend`",
        ),
    ],
)
def test_other_questions(expected: str, found: str) -> None:
    """Told in the same way."""
    (result,) = tried(f'EXAMPLE "x" EXPECT UNDECIDED ASKING {expected}\n  - would recommend: yes')

    assert finding(result) == f"`x` comes out as UNDECIDED, as it should, but {found}"
    assert "does not say is unknown" not in examples_text([result])


def test_rules_and_questions_at_once() -> None:
    """Both are told."""
    (result,) = tried(
        'EXAMPLE "x" EXPECT DECLINE BECAUSE OF "press" ASKING position\n'
        '  - would recommend: no\n  - position: "Cooper"'
    )

    assert finding(result) == (
        "`x` comes out as DECLINE, as it should, but `otherwise` decides, and not `press`; "
        "`position` is not asked for"
    )


def test_what_cannot_be_judged() -> None:
    """The error, at its line."""
    source = Source("my.policy", 'EXAMPLE "a" EXPECT CONNECT\n')
    error = ContactError("`followers`: no", contact="a", code="CR501", fact="followers")
    result = ExampleResult("a", source, Span(0, 26), Expected(Decision.CONNECT), error)

    assert examples_text([result]) == (
        "failed: `a` cannot be judged: `followers`: no\n"
        " --> my.policy:1:13\n"
        "  |\n"
        '1 | EXAMPLE "a" EXPECT CONNECT\n'
        "  |             ^~~~~~~~~~~~~~"
    )
    assert examples_json("my.policy", [result])["examples"][0]["actual"] == {
        "contact": "a",
        "error": {
            "code": "CR501",
            "fact": "followers",
            "message": "`followers`: no",
            "where": None,
        },
    }
    assert examples_json("my.policy", [result])["examples"][0]["why"] == []


def test_an_example_without_a_name_is_called_by_its_line() -> None:
    """A name may be empty, and two may be alike."""
    text = shown('EXAMPLE "" EXPECT CONNECT\n  - would recommend: no\n  - position: "Cooper"')

    assert text.startswith(
        "\nfailed: `line 5` should come out as CONNECT, and comes out as DECLINE\n"
    )
    assert "\nDECLINE  line 5\n" in text


def test_several_are_apart_and_painted() -> None:
    """Each part has its role, which a terminal may colour."""
    used: list[Role] = []

    def paint(role: Role, text: str) -> str:
        used.append(role)
        return text

    results = tried('EXAMPLE "a" EXPECT CONNECT\nEXAMPLE "b" EXPECT CONNECT\n')
    text = examples_text(results, paint=paint)

    assert text == examples_text(results)
    assert text.count("\n\nfailed: `b`") == 1
    assert {"error", "undecided", "help", "frame"} <= set(used)


def test_names_that_act_are_shown_harmless() -> None:
    """Nothing in a policy reaches the terminal as it is."""
    (result,) = tried('EXAMPLE "a" EXPECT CONNECT')
    odd = Source("my\x1b.policy", result.source.text)
    named = ExampleResult("a\x1b[2J", odd, result.span, result.expected, result.actual, (), None)

    assert "\x1b" not in examples_text([named])


def test_json() -> None:
    """A line a file; what is expected of rules and questions only where it is said."""
    results = tried(
        'EXAMPLE "a" EXPECT CONNECT BECAUSE OF "friends"\n'
        '  - would recommend: yes\n  - met in person: yes\n  - position: "Editor"\n'
        'EXAMPLE "b" EXPECT UNDECIDED ASKING met in person\n'
        '  - would recommend: yes\n  - position: "Cooper"\n'
    )

    line = json.loads(json.dumps(examples_json("my.policy", results)))

    assert line["file"] == "my.policy"
    first, second = line["examples"]
    assert first == {
        "name": "a",
        "line": 5,
        "passed": False,
        "expected": {"decision": "connect", "rules": ["friends"]},
        "actual": {
            "contact": "a",
            "decision": "review",
            "rules": ["press"],
            "because": [],
            "ask": [],
            "unsure": [],
            "assumed": [],
            "exact": True,
            "faults": [],
        },
        "why": [
            {
                "rule": "press",
                "because": None,
                "conditions": [
                    {
                        "sentence": 'position mentions any of "editor", "journalist"',
                        "holds": True,
                        "value": "Editor",
                        "where": None,
                    }
                ],
            }
        ],
    }
    assert (second["name"], second["line"], second["passed"]) == ("b", 9, True)
    assert second["expected"] == {"decision": "undecided", "ask": ["met in person"]}


@pytest.mark.parametrize(
    ("rules", "lines"),
    [
        (
            "CONNECT WHEN met in person\nOTHERWISE DECLINE",
            ['    EXAMPLE "an old friend" EXPECT CONNECT', "        - met in person: yes"],
        ),
        (
            "CONNECT WHEN connected on is within the last 2 years\nOTHERWISE DECLINE",
            [
                '    EXAMPLE "an old friend" TODAY 2026-01-31 EXPECT CONNECT',
                "        - connected on: 2026-01-31",
            ],
        ),
        (
            "followers is over 5",
            [
                "    CONNECT WHEN …",
                "    OTHERWISE DECLINE",
                '    EXAMPLE "an old friend" EXPECT CONNECT',
                "        - followers: 500",
            ],
        ),
        ("OTHERWISE REVIEW", ['    EXAMPLE "an old friend" EXPECT CONNECT']),
    ],
)
def test_how_to_begin(rules: str, lines: list[str]) -> None:
    """A policy without EXAMPLEs gets one to go on from, of its own facts."""
    assert list(how_to_begin(Policy.parse(rules))) == lines


@pytest.mark.parametrize(
    "kind",
    ["yes/no", "count", "number", "text", "date", "list of text", 'one of "a \\"b\\"", "c"'],
)
def test_how_to_begin_can_be_pasted(kind: str) -> None:
    """Whatever type the first fact has."""
    condition = {
        "yes/no": "thing",
        "text": 'thing is "x"',
        "date": "thing is after 2020-01-01",
        "list of text": 'thing include "x"',
        'one of "a \\"b\\"", "c"': 'thing is "c"',
    }.get(kind, "thing is over 5")
    rules = f"FACT thing: {kind}\nCONNECT WHEN {condition}\nOTHERWISE DECLINE\n"
    policy = Policy.parse(rules, vocabulary=Vocabulary.of(Contact))

    (example,) = Policy.parse(rules + "\n".join(how_to_begin(policy))).examples

    assert list(example.facts) == ["thing"]
