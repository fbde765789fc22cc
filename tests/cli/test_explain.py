"""`explain` says why one contact is decided about as it is."""

import json
from pathlib import Path

from tests.cli.conftest import Run, shown


def test_a_contact_is_found_by_its_key(run: Run) -> None:
    """The tree names it by name and key."""
    result = run("explain", "two.policy", "contacts.csv", "--contact", "ada")

    assert result.stdout == shown("""
        CONNECT  Ada Example (ada)
        ├─ two rules: I link only with people I would meet and recommend
        │  ├─ would have a drink with: yes  (contacts.csv:2)
        │  ├─ would recommend: yes  (contacts.csv:2)
        │  ├─ is a recruiter: no  (assumed)
        │  ├─ press does not apply
        │  │  └─ position mentions any of "editor", "journalist": no, "Consultant"
        │  │       (contacts.csv:2)
        │  └─ mass followers does not apply
        │     └─ following is more than 5,000: no, 120  (contacts.csv:2)
        ├─ resting on assumptions: is a recruiter
        └─ what would change it
           ├─ would review if `position mentions any of "editor", "journalist"` held
           ├─ would decline if `would have a drink with` were no
           ├─ would decline if `would recommend` were no
           └─ would decline if `following` were 5,001 (4,881 more)
    """)
    assert result.exit_code == 0


def test_all_that_would_bring_a_decision(run: Run) -> None:
    """The nearest way first; of what is unsettled it is told when asked."""
    result = run("explain", "two.policy", "contacts.csv", "--contact", "cy", "--why-not", "decline")

    assert result.stdout == shown("""
        UNDECIDED  Cy Example (cy)
        ├─ what to ask
        │  └─ would recommend: Would you recommend Cy Example to your clients?
        │     ├─ yes: connect
        │     └─ no: decline
        ├─ what may decide it
        │  └─ two rules: I link only with people I would meet and recommend
        │     ├─ would have a drink with: yes  (contacts.csv:4)
        │     ├─ would recommend: not known
        │     └─ is a recruiter: no  (assumed)
        └─ why not decline
           ├─ would decline if `would recommend` were no
           ├─ would decline if `would have a drink with` were no
           ├─ would decline if `following` were 5,001 (4,991 more)
           └─ would decline if `is a recruiter` were yes
    """)


def test_a_decision_that_no_rule_can_bring(run: Run, folder: Path) -> None:
    """The policy cannot say review."""
    (folder / "bare.csv").write_text("key,would recommend\na,yes\n", encoding="utf-8")
    asked = ("explain", "-c", "would recommend", "bare.csv", "--contact", "a")

    result = run(*asked, "--why-not", "review")
    line = run(*asked, "--why-not", "review", "--format", "json")

    assert result.stdout == shown("""
        CONNECT  a
        ├─ policy
        │  └─ would recommend: yes  (bare.csv:2)
        └─ why not review
           └─ no rule says review
    """)
    assert json.loads(line.stdout)["why_not"]["review"] == {"changes": None}


def test_what_else_would_settle_it(run: Run, folder: Path) -> None:
    """Each set of facts is a line, or a list."""
    (folder / "three.csv").write_text(
        "key,would recommend,met in person,is a bot\na,yes,yes,no\n", encoding="utf-8"
    )
    condition = "would recommend OR (met in person AND NOT is a bot)"
    asked = ("explain", "-c", condition, "three.csv", "--contact", "a", "--all")

    text, line = run(*asked), run(*asked, "--format", "json")

    assert text.stdout == shown("""
        CONNECT  a
        ├─ policy
        │  └─ would recommend: yes  (three.csv:2)
        ├─ what would settle it alone as well
        │  └─ is a bot, met in person
        └─ what would change it
           ├─ would decline if `met in person` and `would recommend` were no
           └─ would decline if `would recommend` were no and `is a bot` were yes
    """)
    assert json.loads(line.stdout)["bases"] == [
        ["would recommend"],
        ["is a bot", "met in person"],
    ]


def test_nothing_else_would_settle_it(run: Run) -> None:
    """That there is no other set is said, not left out."""
    result = run("explain", "two.policy", "contacts.csv", "--contact", "ada", "--all")

    assert "├─ nothing else that is known would settle it alone\n" in result.stdout


def test_why_not_what_it_is(run: Run) -> None:
    """The decision may be written as in a policy; one that the contact has needs nothing."""
    result = run(
        "explain", "two.policy", "contacts.csv", "--contact", "ada", "--why-not", "CONNECT"
    )

    assert result.stdout.endswith("└─ why not connect\n   └─ it is connect already\n")


def test_a_contact_is_found_by_its_name(run: Run) -> None:
    """In any case; what is asked stands with its question."""
    result = run("explain", "two.policy", "contacts.csv", "--contact", "cy example")

    assert result.stdout == shown("""
        UNDECIDED  Cy Example (cy)
        ├─ what to ask
        │  └─ would recommend: Would you recommend Cy Example to your clients?
        │     ├─ yes: connect
        │     └─ no: decline
        └─ what may decide it
           └─ two rules: I link only with people I would meet and recommend
              ├─ would have a drink with: yes  (contacts.csv:4)
              ├─ would recommend: not known
              └─ is a recruiter: no  (assumed)
    """)


def test_two_of_a_name_are_told_apart_by_key(run: Run, folder: Path) -> None:
    """Neither is chosen."""
    (folder / "same.csv").write_text("key,name\na,Ada\nb,Ada\n", encoding="utf-8")

    result = run("explain", "-c", "would recommend", "same.csv", "--contact", "ada")

    assert (result.stdout, result.exit_code) == ("", 2)
    assert result.stderr == shown("""
        error: 2 contacts are called `ada`: `a`, `b`
        help: name it by its key
    """)


def test_a_contact_without_a_name_is_its_key(run: Run, folder: Path) -> None:
    """It is not said twice."""
    (folder / "bare.csv").write_text("key,would recommend\na,yes\n", encoding="utf-8")

    result = run("explain", "-c", "would recommend", "bare.csv", "--contact", "a")

    assert result.stdout == shown("""
        CONNECT  a
        ├─ policy
        │  └─ would recommend: yes  (bare.csv:2)
        └─ what would change it
           └─ would decline if `would recommend` were no
    """)


def test_a_contact_that_cannot_be_judged_is_told(run: Run) -> None:
    """Exit status 1, as when judging."""
    text = run("explain", "two.policy", "contacts.csv", "--contact", "eve")
    line = run("explain", "two.policy", "contacts.csv", "--contact", "eve", "--format", "json")

    assert text.stdout == shown("""
        ERROR  Eve Example (eve)
        └─ `following`: `many` is not a whole number, 0 or more  (contacts.csv:6)
    """)
    assert json.loads(line.stdout) == {
        "contact": "eve",
        "error": {
            "code": "CR501",
            "fact": "following",
            "message": "`following`: `many` is not a whole number, 0 or more",
            "where": "contacts.csv:6",
        },
    }
    assert (text.exit_code, line.exit_code) == (1, 1)


def test_json_has_the_verdict_and_why(run: Run, folder: Path) -> None:
    """Answers are values with their place."""
    (folder / "answers.csv").write_text("key,would recommend\ncy,no\n", encoding="utf-8")
    condition = "would have a drink with AND would recommend"

    result = run(
        "explain",
        *("-c", condition, "contacts.csv", "--contact", "cy"),
        *("--answers", "answers.csv", "--format", "json"),
    )

    assert json.loads(result.stdout) == {
        "contact": "cy",
        "decision": "decline",
        "rules": ["otherwise"],
        "because": [],
        "ask": [],
        "unsure": [],
        "assumed": [],
        "exact": True,
        "faults": [],
        "why": [
            {
                "rule": "otherwise",
                "because": None,
                "conditions": [
                    {
                        "sentence": "would recommend",
                        "holds": False,
                        "value": False,
                        "where": "answers.csv:2",
                        "rule": "policy",
                    }
                ],
            }
        ],
        "why_not": {
            "connect": {"changes": [{"fact": "would recommend", "from": False, "to": True}]}
        },
        "what_next": [],
        "cannot_matter": [],
    }


def test_nobody_is_named(run: Run, folder: Path) -> None:
    """Names to choose from are given, as they can be pasted."""
    (folder / "none.csv").write_text("key\n", encoding="utf-8")

    some = run("explain", "two.policy", "contacts.csv")
    nobody = run("explain", "two.policy", "none.csv")

    assert (some.stdout, some.exit_code, nobody.exit_code) == ("", 2, 2)
    assert some.stderr == shown("""
        error: say which contact to explain, by name or key
        help: write `--contact 'Ada Example'`, `--contact 'Bob Example'` or `--contact 'Cy Example'`
    """)
    assert nobody.stderr == "error: there is nobody here to explain\n"


def test_what_is_asked_of_me_is_told_to_be_mine(run: Run, folder: Path) -> None:
    """It is no question about the contact."""
    (folder / "me.json").write_text("{}", encoding="utf-8")

    result = run(
        "explain",
        *("-c", "country is my country", "contacts.csv"),
        *("--contact", "ada", "--me", "me.json"),
    )

    assert result.stdout == shown("""
        UNDECIDED  Ada Example (ada)
        ├─ what to ask
        │  ├─ country
        │  │  └─ anything: ask `my country`
        │  └─ my country: put it in your own record, which `--me FILE` gives
        └─ what may decide it
           └─ policy
              └─ country is my country: not known, country not known, my country not
                   known
    """)
