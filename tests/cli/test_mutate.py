"""`test --mutate` says whether EXAMPLEs notice small changes, for people and for programs."""

import json
from pathlib import Path

import pytest

from connectrules.cli import progress
from tests.cli.conftest import Run
from tests.testing.test_mutation import POLICY, REPORT

GOOD = (
    POLICY
    + """
EXAMPLE "almost" EXPECT DECLINE
    - followers: 499
    - met in person: yes

EXAMPLE "a stranger" EXPECT DECLINE
    - met in person: no
"""
)


@pytest.fixture(autouse=True)
def policies(folder: Path) -> None:
    """A policy whose EXAMPLEs notice all, and one whose EXAMPLEs don't."""
    (folder / "all.policy").write_text(GOOD, encoding="utf-8")
    (folder / "some.policy").write_text(POLICY, encoding="utf-8")


def test_what_is_not_noticed_is_shown(run: Run) -> None:
    """With EXAMPLEs to paste; it is no failure where no score was asked for."""
    result = run("test", "some.policy", "--mutate")

    assert result.stdout == REPORT.replace("policy: 83.3 %", "some.policy: 83.3 %") + "\n"
    assert result.stderr == (
        "2 examples passed, 0 failed in 1 policy\n"
        "2 EXAMPLEs proposed: add those that say what you mean, "
        "and mend the rules where they don't\n"
    )
    assert result.exit_code == 0


def test_where_all_is_noticed_little_is_said(run: Run) -> None:
    """The score, of each policy."""
    result = run("test", "all.policy", "all.policy", "--mutate", "--minimum", "100")

    once = (
        "all.policy: 100 %\n"
        "12 small changes were made, one at a time: 12 are noticed by an EXAMPLE, 0 are not\n"
    )
    assert (result.stdout, result.stderr, result.exit_code) == (
        f"{once}\n{once}",
        "8 examples passed, 0 failed in 2 policies\n",
        0,
    )


def test_a_score_below_the_minimum_fails(run: Run) -> None:
    """The policies that fall short are named; a score is never rounded up to the minimum."""
    result = run("test", "all.policy", "some.policy", "--mutate", "--minimum", "83.4")

    assert result.stderr.endswith("`some.policy` scores 83.3 %, and 83.4 % was asked for\n")
    assert "`all.policy`" not in result.stderr
    assert result.exit_code == 1
    assert run("test", "some.policy", "--mutate", "--minimum", "83.3").exit_code == 0


def test_json_has_a_line_for_each_policy(run: Run) -> None:
    """With the same content."""
    result = run("test", "all.policy", "some.policy", "--mutate", "--format", "json")
    first, second = map(json.loads, result.stdout.splitlines())

    assert first == {
        "file": "all.policy",
        "score": 100.0,
        "killed": 12,
        "survived": 0,
        "equivalent": 0,
        "survivors": [],
        "proposals": [],
    }
    assert second["score"] == 83.3333
    assert second["survivors"][0] == {
        "kind": "threshold",
        "line": 1,
        "removed": ['CONNECT "known" WHEN followers is at least 500 AND met in person'],
        "added": ['CONNECT "known" WHEN followers is at least 499 AND met in person'],
        "proposal": 1,
        "tries": 2,
    }
    assert second["proposals"][0] == {
        "name": "no rule applies",
        "expected": {"decision": "decline", "rules": ["otherwise"]},
        "text": 'EXAMPLE "no rule applies" EXPECT DECLINE BECAUSE OF "otherwise"\n'
        "    - followers: 499",
    }


def test_coverage_and_changes_are_one_line_of_json(run: Run, folder: Path) -> None:
    """With what comes of the EXAMPLEs, for each file."""
    alone = run("test", "some.policy", "--mutate", "--format", "json")
    covered = run("test", "some.policy", "--coverage", "--format", "json")
    (folder / "facts.policy").write_text("FACT is a dog: yes/no\n", encoding="utf-8")
    both = run("test", "some.policy", "facts.policy", "--coverage", "--mutate", "--format", "json")
    lines = {each["file"]: each for each in map(json.loads, both.stdout.splitlines())}

    assert lines.keys() == {"some.policy", "facts.policy"}
    mutation = json.loads(alone.stdout)
    del mutation["file"]
    assert lines["some.policy"] == {**json.loads(covered.stdout), "mutation": mutation}
    assert both.exit_code == 0


def test_where_examples_fail_nothing_is_changed(run: Run, folder: Path) -> None:
    """What fails is shown, as without --mutate."""
    (folder / "bad.policy").write_text(
        POLICY.replace("EXPECT DECLINE", "EXPECT REVIEW"), encoding="utf-8"
    )
    result, plain = run("test", "bad.policy", "--mutate"), run("test", "bad.policy")

    assert result.stdout == plain.stdout
    assert result.stderr == plain.stderr + (
        "small changes are tried once all EXAMPLEs come out as they should\n"
    )
    assert (result.exit_code, plain.exit_code) == (1, 1)


def test_a_policy_without_examples_is_told_how_to_get_some(run: Run) -> None:
    """Nothing is noticed, and nothing is proposed here."""
    result = run("test", "two.policy", "--mutate", "--minimum", "1")

    assert result.stdout.startswith("two.policy: 0 %\n")
    assert result.stdout.count("\n") == 2
    assert (
        "`two.policy` has no EXAMPLE, so nothing is noticed\n"
        "write some with `connectrules examples two.policy`\n"
        "`two.policy` scores 0 %, and 1 % was asked for\n"
    ) in result.stderr
    assert result.exit_code == 1


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        (("--minimum", "90"), "--minimum is for --mutate: give both"),
        (("--mutate", "--minimum", "nan"), "--minimum takes a number from 0 to 100"),
        (
            ("--mutate", "--format", "junit"),
            "what --mutate finds is shown as text or json; --junit FILE writes the EXAMPLEs too",
        ),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    run: Run, typed: tuple[str, ...], error: str
) -> None:
    """With what to do."""
    result = run("test", "all.policy", *typed)

    assert f"error: {error}\n" in result.stderr
    assert (result.stdout, result.exit_code) == ("", 2)


def test_the_examples_can_still_be_written_as_xml(run: Run, folder: Path) -> None:
    """The report of changes is printed, and the EXAMPLEs are in the file."""
    result = run("test", "all.policy", "--mutate", "--junit", "report.xml")

    assert result.stdout.startswith("all.policy: 100 %\n")
    assert "almost" in (folder / "report.xml").read_text(encoding="utf-8")


def test_it_says_how_far_it_is(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of changes, not of contacts."""
    told: list[tuple[str, int, int]] = []
    monkeypatch.setattr(
        progress.Working, "tell", lambda _, what, done, of: told.append((what, done, of))
    )

    run("test", "some.policy", "--mutate")

    assert {what for what, _, _ in told} == {"tried", "looked into"}


def test_a_bare_condition(run: Run, folder: Path) -> None:
    """It is said what to write first, since no EXAMPLE can stand beside it."""
    (folder / "bare.policy").write_text("would recommend AND met in person\n", encoding="utf-8")

    result = run("test", "--mutate", "bare.policy")

    assert (
        "`bare.policy` has no EXAMPLE, so nothing is noticed\n"
        "beside a bare condition none can stand: write `CONNECT WHEN` before it, and\n"
        "the line `OTHERWISE DECLINE`\n"
    ) in result.stderr


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        ("would recommend", "can be made"),
        ("would recommend AND would recommend", "changes anything for anybody"),
    ],
)
def test_where_there_is_nothing_to_try(run: Run, folder: Path, condition: str, why: str) -> None:
    """No change that could be noticed is no reason to say that all are: a minimum is missed."""
    (folder / "bare.policy").write_text(f"{condition}\n", encoding="utf-8")

    asked = run("test", "--mutate", "--minimum", "90", "bare.policy")
    plain = run("test", "--mutate", "bare.policy")

    assert (
        asked.stdout
        == plain.stdout
        == f"bare.policy: nothing to try\nno small change of its conditions {why}\n"
    )
    assert asked.stderr == (
        f"{plain.stderr}`bare.policy` has nothing to try, and 90 % was asked for\n"
    )
    assert "`bare.policy` has no EXAMPLE; write down somebody you know" in plain.stderr
    assert (asked.exit_code, plain.exit_code) == (1, 0)
    as_json = run("test", "--mutate", "--format", "json", "bare.policy")
    assert json.loads(as_json.stdout)["score"] == 0
