"""`test --coverage` shows what EXAMPLEs, or contacts, show of a policy."""

import json
from pathlib import Path

import pytest

from connectrules.cli import progress
from tests.cli.conftest import Run, shown

RULES = """\
CONNECT "friends" WHEN would recommend UNLESS is a bot
OTHERWISE DECLINE
"""
FRIEND = """
EXAMPLE "a friend" EXPECT CONNECT
    - would recommend: yes
    - is a bot: no
"""
OTHERS = """
EXAMPLE "a bot" EXPECT DECLINE
    - would recommend: yes
    - is a bot: yes

EXAMPLE "a stranger" EXPECT DECLINE
    - would recommend: no
    - is a bot: no

EXAMPLE "somebody" EXPECT UNDECIDED
"""
REPORT = """
half.policy: coverage by 1 EXAMPLE: 0% (MC/DC)

   yes    no     ?
         decides 1 ✓ 1 | CONNECT "friends" WHEN would recommend UNLESS is a bot
     1     0     0 ✗   |   └ would recommend
     0     1     0 ✗   |   └ is a bot
         decides 0 ✗ 2 | OTHERWISE DECLINE

yes, no, ?: how many EXAMPLEs have a condition so, not so, or do not say
✓ they show that it decides its rule by itself; ✗ they do not yet; - nobody
  can

1 of 2  rules seen to decide, with OTHERWISE
1 of 2  conditions seen to hold
1 of 2  conditions seen not to hold
0 of 2  conditions seen not known
0 of 2  conditions shown to decide their rule by themselves

not shown yet, and which EXAMPLE below would show it
  line 1: would recommend
      does not hold: `almost friends (would recommend: no)`
      is not known: `nothing is known`
      decides `friends` by itself: `almost friends (would recommend: no)`,
        beside `a friend`
  line 1: is a bot
      holds: `almost friends (is a bot: yes)`
      is not known: `nothing is known`
      decides `friends` by itself: `almost friends (is a bot: yes)`, beside `a
        friend`
  line 2: OTHERWISE decides: `almost friends (would recommend: no)`
"""


@pytest.fixture(autouse=True)
def policies(folder: Path) -> None:
    """Policies of which all, half and nothing is shown."""
    for name, text in (
        ("none", RULES),
        ("half", RULES + FRIEND),
        ("whole", RULES + FRIEND + OTHERS),
        ("bad", RULES + FRIEND.replace("CONNECT", "REVIEW")),
        ("wrong", "would recomend"),
        ("words", "FACT is kind: yes/no\n"),
        ("mine", 'CONNECT "same" WHEN country is my country\nOTHERWISE DECLINE\n'),
    ):
        (folder / f"{name}.policy").write_text(text, encoding="utf-8")


def test_the_report(run: Run) -> None:
    """The policy's lines, what is missing, and EXAMPLEs to paste; the summary stands beside it."""
    result = run("test", "half.policy", "--coverage")

    report, _, proposed = f"\n{result.stdout}".partition("\nproposed: ")
    assert report == REPORT
    assert proposed.startswith("3 EXAMPLEs\nThey expect what the policy says now.")
    assert (result.stderr, result.exit_code) == ("1 example passed, 0 failed in 1 policy\n", 0)


def test_what_is_proposed_can_be_pasted(run: Run, folder: Path) -> None:
    """Then all is shown."""
    before = run("test", "none.policy", "--coverage").stdout
    _, _, proposed = before.partition("below your rules.\n")

    (folder / "none.policy").write_text(RULES + proposed, encoding="utf-8")

    after = run("test", "none.policy", "--coverage", "--minimum-coverage", "100")
    assert after.exit_code == 0
    assert "not shown yet" not in after.stdout
    assert after.stdout.startswith("none.policy: coverage by 4 EXAMPLEs: 100% (MC/DC)\n")


def test_what_fails_comes_first(run: Run) -> None:
    """And the exit status says so."""
    result = run("test", "bad.policy", "--coverage")

    failed, found, _ = result.stdout.partition(
        "\n\nbad.policy: coverage by 1 EXAMPLE, of which 1 fails: 0% (MC/DC)\n"
    )
    assert failed.startswith("failed: `a friend` should come out as REVIEW")
    assert found
    assert result.exit_code == 1


@pytest.mark.parametrize(
    ("name", "minimum", "code"),
    [
        ("whole", "100", 0),
        ("half", "0", 0),
        ("half", "0.1", 1),
    ],
)
def test_the_minimum(run: Run, name: str, minimum: str, code: int) -> None:
    """Where less is shown, that is said, and the exit status is 1."""
    result = run("test", f"{name}.policy", "--coverage", "--minimum-coverage", minimum)

    said = "coverage of `half.policy` is 0%, and 0.1% was asked for\n"
    assert (said in result.stderr, result.exit_code) == (bool(code), code)


def test_json(run: Run) -> None:
    """Beside what comes of the EXAMPLEs, a line a file."""
    result = run("test", "half.policy", "whole.policy", "--coverage", "--format", "json")

    half, whole = map(json.loads, result.stdout.splitlines())
    assert [each["file"] for each in (half, whole)] == ["half.policy", "whole.policy"]
    assert [len(each["examples"]) for each in (half, whole)] == [1, 4]
    assert [each["coverage"]["percent"] for each in (half, whole)] == [0, 100]
    assert [len(each["coverage"]["proposals"]) for each in (half, whole)] == [3, 0]


def test_contacts(run: Run) -> None:
    """They are read, and called, as in `judge`; who cannot be judged is counted, and it is 1."""
    result = run("test", "two.policy", "--coverage", "--contacts", "contacts.csv")

    assert "two.policy: coverage by 6 contacts: " in result.stdout
    assert (
        "`two rules`: `Ada Example`, where it holds, and `Bob Example`, where it does not"
        in " ".join(result.stdout.split())
    )
    assert result.stderr == shown(
        """
        `contacts.csv` is read as CSV
        `contacts.csv`: 7 rows read
        1 contact could not be judged, and left out: `connectrules judge` says why
        0 examples passed, 0 failed in 1 policy
        """
    )
    assert result.exit_code == 1


def test_json_over_contacts(run: Run, folder: Path) -> None:
    """How many could not be judged is told; where that is nobody, the exit status is 0."""
    (folder / "fine.csv").write_text("key,would recommend\nada,yes\n", encoding="utf-8")
    typed = ("test", "two.policy", "--coverage", "--format", "json", "--contacts")

    some, nobody = run(*typed, "contacts.csv"), run(*typed, "fine.csv")

    found = [json.loads(each.stdout)["coverage"] for each in (some, nobody)]
    assert [(each["cases"], each["unjudged"]) for each in found] == [(6, 1), (1, 0)]
    assert (some.exit_code, nobody.exit_code) == (1, 0)


def test_a_policy_in_which_nothing_can_decide(run: Run, folder: Path) -> None:
    """It is not taken for covered: 0 of 0 conditions are 0%."""
    text = "CONNECT WHEN has at least 0 followers\nOTHERWISE DECLINE\n"
    (folder / "idle.policy").write_text(text, encoding="utf-8")

    result = run("test", "idle.policy", "--coverage", "--minimum-coverage", "1")

    assert result.stdout.startswith("idle.policy: coverage by 0 EXAMPLEs: 0% (MC/DC)\n")
    assert "coverage of `idle.policy` is 0%, and 1% was asked for\n" in result.stderr
    assert result.exit_code == 1


def test_several_files_of_contacts_and_answers(run: Run, folder: Path) -> None:
    """Answers fill what the contacts leave open."""
    (folder / "more.csv").write_text("key,would recommend\nhal,\n", encoding="utf-8")
    (folder / "answers.csv").write_text("key,would recommend\nhal,no\n", encoding="utf-8")
    typed = ["test", "none.policy", "--coverage", "--format", "json"]
    typed += ["--contacts", "contacts.csv", "--contacts", "more.csv"]

    before, after = run(*typed), run(*typed, "--answers", "answers.csv")

    found = [json.loads(each.stdout)["coverage"] for each in (before, after)]
    assert [(each["over"], each["cases"]) for each in found] == [("contacts", 8)] * 2
    fails = [
        [goal["cases"] for goal in each["goals"] if goal["aspect"] == "fails"] for each in found
    ]
    assert fails == [[[0], [0]], [[1], [0]]]


def test_the_owner(run: Run, folder: Path) -> None:
    """Their record is needed where the policy speaks of them."""
    (folder / "me.json").write_text('{"name": "Me", "country": "UK"}', encoding="utf-8")
    (folder / "uk.csv").write_text("key,country\nada,UK\nbob,Ireland\n", encoding="utf-8")
    typed = ("test", "mine.policy", "--coverage", "--contacts", "uk.csv")

    without, given = run(*typed), run(*typed, "--me", "me.json")

    assert (without.stdout, without.exit_code) == ("", 2)
    assert "speaks of you, and your own record is not given" in without.stderr
    assert "`same`: `ada`, where it holds, and `bob`, where it does not" in " ".join(
        given.stdout.split()
    )


def test_the_page(run: Run, folder: Path) -> None:
    """It is written beside the report, and takes the place of no other file."""
    result = run("test", "half.policy", "--coverage", "--html", "page.html")
    again = run("test", "half.policy", "--coverage", "--html", "page.html")
    other = run("test", "half.policy", "--coverage", "--html", "half.policy")

    assert "<h1>Coverage of half.policy</h1>" in (folder / "page.html").read_text(encoding="utf-8")
    assert result.stderr == (
        "`page.html` is written: open it in a browser\n1 example passed, 0 failed in 1 policy\n"
    )
    assert again.exit_code == 0
    assert "`half.policy` is there already, and is no page of connectrules" in other.stderr
    assert other.exit_code == 2


def test_policies_that_have_nothing_to_show(run: Run) -> None:
    """Mistakes are shown, and a library has no rules."""
    wrong, words = (
        run("test", "wrong.policy", "--coverage"),
        run("test", "words.policy", "--coverage"),
    )

    assert wrong.stdout.startswith("error[")
    assert (words.stdout, words.exit_code) == ("", 0)
    assert words.stderr.startswith("`words.policy` has no rules, and so nothing to test\n")
    assert wrong.exit_code == 2


def test_a_bare_condition(run: Run, folder: Path) -> None:
    """It is told how it can have EXAMPLEs."""
    (folder / "bare.policy").write_text("would recommend\n", encoding="utf-8")

    result = run("test", "bare.policy", "--coverage")

    assert "Beside a bare condition no EXAMPLE can stand" in " ".join(result.stdout.split())
    assert result.stderr == "0 examples passed, 0 failed in 1 policy\n"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (["--html", "x.html"], "--html is for --coverage: give both"),
        (["--minimum-coverage", "9"], "--minimum-coverage is for --coverage: give both"),
        (["--contacts", "contacts.csv"], "--contacts is for --coverage: give both"),
        (["--coverage", "--me", "me.json"], "--me is for --contacts: give both"),
        (["--coverage", "--today", "2026-11-22"], "--today is for --contacts: give both"),
        (["--coverage", "--answers"], "--answers is for --contacts: give both"),
        (
            ["--coverage", "--format", "junit"],
            "--coverage is shown as text or json; --junit FILE writes the EXAMPLEs too",
        ),
        (
            ["--coverage", "--minimum-coverage", "nan"],
            "--minimum-coverage takes a number from 0 to 100",
        ),
        (
            ["--coverage", "--html", "x.html", "whole.policy"],
            "--html writes a page about one POLICY: name one",
        ),
    ],
)
def test_options_that_do_not_go_together(run: Run, typed: list[str], message: str) -> None:
    """Nothing is left out in silence."""
    result = run("test", "half.policy", *typed)

    assert (result.stdout, result.exit_code) == ("", 2)
    assert result.stderr.startswith(f"error: {message}\n")


@pytest.mark.parametrize("command", [("test", "--coverage"), ("examples", "--no-ask")])
def test_it_says_how_far_it_is(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, str]
) -> None:
    """Of the gaps: first somebody is looked for who fills each, then few are chosen."""
    told: list[tuple[str, int, int]] = []
    monkeypatch.setattr(
        progress.Working, "tell", lambda _, what, done, of: told.append((what, done, of))
    )

    run(*command, "none.policy")

    assert [*dict.fromkeys(what for what, _, _ in told)] == ["looked into", "filled"]
    assert all(done <= of for _, done, of in told)
    what, done, of = told[-1]
    assert (what, done) == ("filled", of)
