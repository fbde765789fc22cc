"""`test` runs the EXAMPLEs, for people, for programs and for build servers."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from connectrules import ContactError
from connectrules.program import Program
from tests.cli.conftest import Run

GOOD = """\
CONNECT "friends" WHEN would recommend
OTHERWISE DECLINE

EXAMPLE "a friend" EXPECT CONNECT
    - would recommend: yes

EXAMPLE "somebody" EXPECT UNDECIDED
"""
BAD = GOOD.replace("EXPECT CONNECT", "EXPECT REVIEW")
FAILURE = """\
failed: `a friend` should come out as REVIEW, and comes out as CONNECT
 --> bad.policy:4:20
  |
4 | EXAMPLE "a friend" EXPECT REVIEW
  |                    ^~~~~~~~~~~~~
CONNECT  a friend
└─ friends
   └─ would recommend: yes
help: mend the rules; or write this, where they are right:
      EXPECT CONNECT BECAUSE OF "friends"
"""


@pytest.fixture(autouse=True)
def policies(folder: Path) -> None:
    """Policies of all kinds beside `two.policy`, which has no EXAMPLE."""
    (folder / "good.policy").write_text(GOOD, encoding="utf-8")
    (folder / "bad.policy").write_text(BAD, encoding="utf-8")
    (folder / "wrong.policy").write_text("would recomend", encoding="utf-8")
    (folder / "words.policy").write_text("FACT is kind: yes/no\n", encoding="utf-8")


def test_what_passes_is_counted(run: Run) -> None:
    """And nothing else is said."""
    result = run("test", "good.policy")

    assert (result.stdout, result.stderr, result.exit_code) == (
        "",
        "2 examples passed, 0 failed in 1 policy\n",
        0,
    )


def test_what_fails_is_shown(run: Run) -> None:
    """In the order of the files and the text."""
    result = run("test", "bad.policy", "good.policy")

    assert (result.stdout, result.stderr, result.exit_code) == (
        FAILURE,
        "3 examples passed, 1 failed in 2 policies\n",
        1,
    )


def test_a_policy_without_an_example_is_told_how_to_write_one(run: Run) -> None:
    """Nothing failed, so it is fine."""
    result = run("test", "two.policy")

    assert (result.stdout, result.exit_code) == ("", 0)
    assert result.stderr == (
        "`two.policy` has no EXAMPLE; write down somebody you know, as in\n"
        '    EXAMPLE "an old friend" EXPECT CONNECT\n'
        "        - would have a drink with: yes\n"
        "0 examples passed, 0 failed in 1 policy\n"
    )


def test_a_library_has_nothing_to_test(run: Run, folder: Path) -> None:
    """So all files of a folder can be named; on standard input, too."""
    (folder / "more.policy").write_text('USE "words.policy"\n', encoding="utf-8")

    result = run("test", "words.policy", "more.policy", "good.policy")
    piped = run("test", "-", given="FACT is kind: yes/no\n")

    assert (result.stdout, result.exit_code) == ("", 0)
    assert result.stderr == (
        "`words.policy` has no rules, and so nothing to test\n"
        "`more.policy` has no rules, and so nothing to test\n"
        "2 examples passed, 0 failed in 3 policies\n"
    )
    assert piped.exit_code == 0
    assert piped.stderr.startswith("`standard input` has no rules, ")


@pytest.mark.parametrize("text", ["", 'EXAMPLE "a" EXPECT CONNECT\n'])
def test_an_empty_policy_is_no_library(run: Run, folder: Path, text: str) -> None:
    """Nor is one whose rules were forgotten."""
    (folder / "empty.policy").write_text(text, encoding="utf-8")

    result = run("test", "empty.policy")

    assert result.exit_code == 2
    assert result.stdout.startswith("error[CR204]: ")
    assert result.stderr == "0 examples passed, 0 failed in 1 policy; 1 policy has mistakes\n"


def test_a_policy_with_mistakes_is_told_and_others_are_tried(run: Run) -> None:
    """Its mistakes weigh more than a failure."""
    result = run("test", "wrong.policy", "bad.policy")

    assert result.stdout.startswith("error[CR102]: no fact or phrase reads like `would recomend`")
    assert result.stdout.endswith(f"\n\n{FAILURE}")
    assert result.stderr == "1 example passed, 1 failed in 2 policies; 1 policy has mistakes\n"
    assert result.exit_code == 2


def test_an_example_that_speaks_of_no_fact_is_a_mistake(run: Run, folder: Path) -> None:
    """With its own code, at its place."""
    (folder / "a.policy").write_text(
        "CONNECT WHEN would recommend\nOTHERWISE DECLINE\n"
        'EXAMPLE "a" EXPECT CONNECT\n  - would recomend: yes\n',
        encoding="utf-8",
    )

    result = run("test", "a.policy")

    assert result.stdout.startswith("error[CR205]: no fact is called `would recomend`\n --> a.pol")
    assert result.exit_code == 2


def test_warnings_do_not_matter(run: Run, folder: Path) -> None:
    """`check` shows those."""
    text = f"DEFINE a fan AS follows me\n{GOOD}"
    (folder / "warn.policy").write_text(text, encoding="utf-8")

    assert run("test", "warn.policy").exit_code == 0


def test_standard_input(run: Run) -> None:
    """It is called so."""
    result = run("test", "-", "good.policy", given=BAD)

    assert result.stdout == FAILURE.replace("bad.policy", "standard input")
    assert result.stderr == "3 examples passed, 1 failed in 2 policies\n"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["absent.policy"], "error: there is no file `absent.policy`\n"),
        (["good.policy", "."], "error: `.` is a folder, and a policy is a file\n"),
    ],
)
def test_a_file_that_cannot_be_read(run: Run, typed: list[str], told: str) -> None:
    """Nothing is tried before all files are read."""
    result = run("test", *typed)

    assert (result.stdout, result.stderr, result.exit_code) == ("", told, 2)


def test_what_cannot_be_judged_is_counted_apart(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has not passed, and not failed either."""
    error = ContactError("`followers`: no", contact="a", code="CR501", fact="followers")

    def settle(*_: object) -> None:
        raise error

    monkeypatch.setattr(Program, "settle", settle)
    result = run("test", "good.policy")

    assert result.stdout.startswith("failed: `a friend` cannot be judged: `followers`: no\n")
    assert (result.stderr, result.exit_code) == (
        "0 examples passed, 0 failed, 2 could not be judged in 1 policy\n",
        1,
    )


def test_no_policy_at_all(run: Run) -> None:
    """A mistake in the arguments."""
    result = run("test")

    assert result.exit_code == 2
    assert "name a POLICY" in result.stderr


def test_json_is_a_line_a_file(run: Run) -> None:
    """For one with mistakes it is the line that `check` prints."""
    result = run("test", "good.policy", "wrong.policy", "two.policy", "--format", "json")
    checked = run("check", "wrong.policy", "--format", "json")

    first, second, third = result.stdout.splitlines()
    good = json.loads(first)
    assert good["file"] == "good.policy"
    assert [(each["name"], each["passed"]) for each in good["examples"]] == [
        ("a friend", True),
        ("somebody", True),
    ]
    assert second == checked.stdout.rstrip("\n")
    assert json.loads(third) == {"file": "two.policy", "examples": []}
    assert result.exit_code == 2


def test_junit_on_standard_output(run: Run) -> None:
    """All policies in one report."""
    result = run("test", "good.policy", "bad.policy", "wrong.policy", "--format", "junit")

    root = ET.fromstring(result.stdout)  # noqa: S314 - our own
    assert {name: root.get(name) for name in ("tests", "failures", "errors")} == {
        "tests": "5",
        "failures": "1",
        "errors": "1",
    }
    assert [suite.get("name") for suite in root] == ["good.policy", "bad.policy", "wrong.policy"]
    assert result.exit_code == 2


def test_junit_in_a_file_beside_the_text(run: Run, folder: Path) -> None:
    """The file is what `--format junit` prints; the rest is as without it."""
    result = run("test", "bad.policy", "--junit", "report.xml")
    printed = run("test", "bad.policy", "--format", "junit")

    assert (result.stdout, result.exit_code) == (FAILURE, 1)
    assert (folder / "report.xml").read_text(encoding="utf-8") == printed.stdout


@pytest.mark.parametrize("report", ["bad.policy", "./bad.policy", "another.policy"])
def test_a_report_takes_the_place_of_no_policy(run: Run, folder: Path, report: str) -> None:
    """A policy is named by mistake, and nothing is written over it."""
    result = run("test", "bad.policy", "--junit", report)

    assert (result.stdout, result.exit_code) == ("", 2)
    assert result.stderr == (
        f"error: `{Path(report)}` is a policy, and the JUnit XML would take its place\n"
        "help: give the report another name, such as `--junit report.xml`\n"
    )
    assert (folder / "bad.policy").read_text(encoding="utf-8") == BAD
    assert not (folder / "another.policy").exists()


def test_a_report_that_cannot_be_written(run: Run) -> None:
    """What was found is shown all the same."""
    result = run("test", "bad.policy", "--junit", "absent/report.xml")

    assert (result.stdout, result.exit_code) == (FAILURE, 2)
    assert result.stderr.startswith("error: `absent/report.xml` cannot be written: ")


def test_the_same_policies_give_the_same_output(run: Run) -> None:
    """Whatever the form."""
    for form in ("text", "json", "junit"):
        typed = ("test", "bad.policy", "two.policy", "--format", form)
        assert run(*typed).output == run(*typed).output
