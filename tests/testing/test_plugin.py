"""pytest takes each EXAMPLE of a policy for a test, as somebody who runs it sees it."""

import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from connectrules import Policy
from connectrules.testing import files
from tests.test_import import loaded

pytest_plugins = ["pytester"]

Policy.parse("is a bot")  # what reads policies is loaded here, or each run would load it

FRIENDS = """\
CONNECT "friends" WHEN would recommend AND met in person
OTHERWISE DECLINE

EXAMPLE "an old friend" EXPECT CONNECT
    - would recommend: yes
    - met in person: yes

EXAMPLE "a stranger" EXPECT CONNECT
    - would recommend: no

EXAMPLE "nobody knows" EXPECT UNDECIDED
"""
FAILED = """\
failed: `a stranger` should come out as CONNECT, and comes out as DECLINE
 --> rules/friends.policy:8:22
  |
8 | EXAMPLE "a stranger" EXPECT CONNECT
  |                      ^~~~~~~~~~~~~~
DECLINE  a stranger
└─ otherwise
   └─ friends does not apply
      └─ would recommend: no
help: mend the rules; or write this, where they are right:
      EXPECT DECLINE BECAUSE OF "otherwise"
"""


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A folder with settings of its own: none of this project's hold there."""
    pytester.makeini("[pytest]")
    return pytester


def write(project: pytest.Pytester, **policies: str) -> None:
    """Policies in the folder ``rules``, by what they are called."""
    folder = project.path / "rules"
    folder.mkdir(exist_ok=True)
    for name, text in policies.items():
        (folder / f"{name}.policy").write_text(text, encoding="utf-8")


def run(project: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    """What pytest makes of the folder."""
    return project.runpytest_inprocess(*arguments, "-p", "no:benchmark", "-p", "no:xdist")


def ran(result: pytest.RunResult) -> dict[str, str]:
    """What came of each test, by its node id; of a run with ``-v``."""
    lines = (line.rpartition(" [")[0].rstrip() for line in result.outlines if "::" in line)
    return {name: came for name, _, came in (each.rpartition(" ") for each in lines) if name}


def test_each_example_is_a_test(project: pytest.Pytester) -> None:
    """It has its own node id, and a failure shows its line, what was expected, and why."""
    write(project, friends=FRIENDS)

    result = run(project, "-v", "rules")

    assert ran(result) == {
        "rules/friends.policy::an old friend": "PASSED",
        "rules/friends.policy::a stranger": "FAILED",
        "rules/friends.policy::nobody knows": "PASSED",
    }
    assert FAILED in str(result.stdout)
    assert "Traceback" not in str(result.stdout)
    assert result.ret == pytest.ExitCode.TESTS_FAILED


def test_one_example_can_be_named(project: pytest.Pytester) -> None:
    """By its node id, as any test; so can some by their words, and all by their mark."""
    write(project, friends=FRIENDS)
    project.makepyfile("def test_nothing():\n    pass")

    run(project, "rules/friends.policy::an old friend").assert_outcomes(passed=1)
    run(project, "-k", "stranger").assert_outcomes(failed=1, deselected=3)
    run(project, "-m", "policy", "--strict-markers").assert_outcomes(
        passed=2, failed=1, deselected=1
    )
    run(project, "-m", "not policy").assert_outcomes(passed=1, deselected=3)


def test_the_first_failure_can_stop_the_run(project: pytest.Pytester) -> None:
    """With -x what comes after it is not run; with --lf it runs alone the next time."""
    write(project, friends=FRIENDS)

    run(project, "-x").assert_outcomes(passed=1, failed=1)
    run(project, "--lf").assert_outcomes(failed=1)


def test_a_build_server_can_read_it(project: pytest.Pytester) -> None:
    """The XML holds a case for each EXAMPLE, with what is wrong, and where it stands."""
    write(project, friends=FRIENDS)

    run(project, "--junit-xml=report.xml", "-o", "junit_family=xunit1")
    cases = ET.parse(project.path / "report.xml").iter("testcase")  # noqa: S314 - of our own making
    found = {each.get("name"): each for each in cases}

    assert list(found) == ["an old friend", "a stranger", "nobody knows"]
    assert found["a stranger"].get("file") == "rules/friends.policy"
    assert found["a stranger"].get("line") == "7"
    failure = found["a stranger"].find("failure")
    assert failure is not None
    assert failure.text == FAILED.rstrip()


@pytest.mark.once
def test_several_processes_share_the_examples(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All processes of xdist find the same tests, and coverage is told once, of all."""
    write(project, friends=FRIENDS)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # others take their time

    result = project.runpytest_subprocess(
        "-n", "2", "-p", "xdist.plugin", "-p", "connectrules.testing.plugin", "--policy-coverage"
    )

    result.assert_outcomes(passed=2, failed=1)
    assert FAILED in str(result.stdout)
    told = "coverage by 3 EXAMPLEs, of which 1 fails: 0% (MC/DC)"
    assert str(result.stdout).count(told) == 1


def test_no_two_examples_are_called_alike(project: pytest.Pytester) -> None:
    """Those that are get their lines, and so does one without a name."""
    same, unnamed = (f'EXAMPLE "{name}" EXPECT UNDECIDED' for name in ("same", " "))
    lines = (
        "CONNECT WHEN is a bot",
        "OTHERWISE DECLINE",
        same,
        same,
        unnamed,
        f"{unnamed} {unnamed}",
    )
    odd = 'EXAMPLE "a::::b [c]" EXPECT UNDECIDED'
    write(project, bots="\n".join((*lines, odd)))

    assert [*ran(run(project, "-v"))] == [
        "rules/bots.policy::same (line 3)",
        "rules/bots.policy::same (line 4)",
        "rules/bots.policy::line 5",
        "rules/bots.policy::line 6",
        "rules/bots.policy::line 6'",
        "rules/bots.policy::a:b (c)",
    ]


def test_names_with_brackets_and_colons_are_found_again(project: pytest.Pytester) -> None:
    """By their node id, by --lf, and in the XML, where pytest takes them for its own marks."""
    named = FRIENDS.replace("a stranger", "a [new]:::: [one")
    write(project, friends=named)

    run(project, "rules/friends.policy::a (new): (one").assert_outcomes(failed=1)
    run(project).assert_outcomes(passed=2, failed=1)
    run(project, "--lf", "--junit-xml=report.xml").assert_outcomes(failed=1)
    cases = ET.parse(project.path / "report.xml").iter("testcase")  # noqa: S314 - of our own making
    assert [each.get("name") for each in cases] == ["a (new): (one"]


def test_a_policy_with_mistakes_is_an_error(project: pytest.Pytester) -> None:
    """It is told as `check` tells it, and what Python did to find it is not."""
    write(project, friends=FRIENDS, wrong="CONNECT WHEN woud recommend\nOTHERWISE DECLINE\n")

    result = run(project, "--continue-on-collection-errors")

    result.assert_outcomes(passed=2, failed=1, errors=1)
    assert """\
error[CR102]: no fact or phrase reads like `woud recommend`
 --> rules/wrong.policy:1:14
""" in str(result.stdout)
    assert "Traceback" not in str(result.stdout)


def test_declarations_alone_are_no_test(project: pytest.Pytester) -> None:
    """A library is for USE; a policy that says nothing at all is a mistake."""
    write(project, facts="FACT is kind: yes/no\n")
    assert run(project).ret == pytest.ExitCode.NO_TESTS_COLLECTED

    write(project, nothing="\n")
    result = run(project)
    result.assert_outcomes(errors=1)
    assert "error[CR204]: the policy is empty" in str(result.stdout)


def test_a_policy_that_cannot_be_read_is_an_error(project: pytest.Pytester) -> None:
    """It says so in a line."""
    (project.path / "gone.policy").symlink_to("nowhere")
    result = run(project, "gone.policy")

    assert "gone.policy" in str(result.stdout) + str(result.stderr)
    assert result.ret != pytest.ExitCode.OK

    (project.path / "huge.policy").write_bytes(b" " * (17 * 2**20))
    result = run(project, "huge.policy")

    assert "`huge.policy` cannot be read: File too large" in result.outlines


def test_which_files_are_policies_can_be_said(project: pytest.Pytester) -> None:
    """Others may call their files like that as well."""
    write(project, friends=FRIENDS, other='<?xml version="1.0"?>')
    project.makeini("[pytest]\npolicy_files = rules/f*.policy")

    run(project).assert_outcomes(passed=2, failed=1)


VOCABULARY = """\
from dataclasses import dataclass
from connectrules import Vocabulary

@dataclass(frozen=True)
class Lead:
    revenue: float | None = None

LEADS = Vocabulary.of(Lead)
"""
LEADS = """\
CONNECT WHEN revenue is more than 10
OTHERWISE DECLINE
EXAMPLE "a large one" EXPECT CONNECT
    - revenue: 11
"""


def test_policies_may_speak_another_vocabulary(project: pytest.Pytester) -> None:
    """The settings name it, and pytest finds it as it finds modules."""
    write(project, leads=LEADS)
    project.makepyfile(leads_of_ours=VOCABULARY)
    project.makeini("[pytest]\npythonpath = .\npolicy_vocabulary = leads_of_ours:LEADS")

    run(project).assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("leads", "policy_vocabulary is `module:NAME`, and `leads` is not of that form"),
        (
            "no_such_module:LEADS",
            (
                "policy_vocabulary names the module `no_such_module`, and `no_such_module` is not "
                "found: `pythonpath` says where pytest looks for modules"
            ),
        ),
        (
            "connectrules:LEADS",
            "policy_vocabulary names `connectrules:LEADS`, and that is not there",
        ),
        (
            "connectrules:UNSURE",
            "policy_vocabulary names `connectrules:UNSURE`, and that is no Vocabulary but `UNSURE`",
        ),
    ],
)
def test_a_vocabulary_that_is_none_is_an_error(said: str, told: str, tmp_path: Path) -> None:
    """It says what is wrong with the setting, and what to do."""
    policy = tmp_path / "leads.policy"
    policy.write_text(LEADS)

    with pytest.raises(files.CannotBeTriedError) as caught:
        files.load(policy, said)

    assert str(caught.value) == told


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("LEADS = (", "SyntaxError: '(' was never closed (broken_leads.py, line 1)"),
        ("import sys; sys.exit(3)", "SystemExit: 3"),
        ("from connectrules import NO", "ImportError: cannot import name 'NO' from 'connectrules'"),
        ("raise ValueError", "ValueError"),
    ],
)
def test_a_vocabulary_that_cannot_be_imported(
    text: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says why, in a line."""
    policy = tmp_path / "leads.policy"
    policy.write_text(LEADS)
    (tmp_path / "broken_leads.py").write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path))

    with pytest.raises(files.CannotBeTriedError) as caught:
        files.load(policy, "broken_leads:LEADS")

    assert str(caught.value).startswith(
        f"policy_vocabulary names the module `broken_leads`, and importing it fails: {why}"
    )


COVERING = """
EXAMPLE "a friend I would not recommend" EXPECT DECLINE
    - would recommend: no
    - met in person: yes

EXAMPLE "somebody I have not met" EXPECT DECLINE
    - would recommend: yes
    - met in person: no

EXAMPLE "somebody I have not met, and know nothing else of" EXPECT DECLINE
    - met in person: no
"""


def test_coverage_is_told_where_it_is_asked_for(project: pytest.Pytester) -> None:
    """Of what the EXAMPLEs that ran show, and what is missing; without, nothing is said."""
    write(project, friends=FRIENDS)

    assert "policy coverage" not in str(run(project).stdout)
    told = str(run(project, "--policy-coverage", "-k", "old or knows").stdout)

    assert "rules/friends.policy: coverage by 2 EXAMPLEs: 0% (MC/DC)" in told
    assert "proposed: 2 EXAMPLEs" in told


def test_full_coverage_is_told_in_a_line(project: pytest.Pytester) -> None:
    """Nothing is missing, and nothing is to be done."""
    write(project, friends=FRIENDS.replace('"a stranger" EXPECT CONNECT', '"a" EXPECT DECLINE'))
    path = project.path / "rules" / "friends.policy"
    path.write_text(path.read_text() + COVERING)

    result = run(project, "--policy-coverage-min", "100")

    assert "rules/friends.policy: 100%" in result.outlines
    assert result.ret == pytest.ExitCode.OK


def test_too_little_coverage_fails(project: pytest.Pytester) -> None:
    """Even where all tests pass, and of a policy without any EXAMPLE too."""
    write(project, bots="CONNECT WHEN is a bot\nOTHERWISE DECLINE\n")

    result = run(project, "--policy-coverage-min", "50")
    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED

    project.makepyfile("def test_nothing():\n    pass")
    result = run(project, "--policy-coverage-min", "50")
    assert "failed: coverage of `rules/bots.policy` is 0%, and 50% was asked for" in result.outlines
    assert result.ret == pytest.ExitCode.TESTS_FAILED


@pytest.mark.parametrize("typed", ["101", "-1", "nan", "many"])
def test_a_percent_that_is_none(project: pytest.Pytester, typed: str) -> None:
    """It is refused before anything runs."""
    result = run(project, f"--policy-coverage-min={typed}")

    assert (
        f"argument --policy-coverage-min: a number from 0 to 100 is wanted, and this is `{typed}`"
    ) in str(result.stderr)
    assert result.ret == pytest.ExitCode.USAGE_ERROR


def test_coverage_can_be_a_page(project: pytest.Pytester) -> None:
    """One for each policy, in a folder; where that is none, the run fails and says so."""
    write(project, friends=FRIENDS)

    result = run(project, "-k", "old", "--policy-coverage-html", "out")

    page = project.path / "out" / "rules-friends.policy.html"
    assert f"`{page.relative_to(project.path)}` is written: open it in a browser" in result.outlines
    assert "<!doctype html>" in page.read_text(encoding="utf-8").lower()

    (project.path / "file").write_text("here")
    result = run(project, "-k", "old", "--policy-coverage-html", "file")

    assert (
        "failed: `file` is no folder: --policy-coverage-html writes a page for each policy to a "
        "FOLDER"
    ) in result.outlines
    assert result.ret == pytest.ExitCode.TESTS_FAILED


def test_loading_the_plugin_costs_next_to_nothing() -> None:
    """It is loaded in everybody's tests: no policy is read, and hypothesis is not needed."""
    modules = loaded("import connectrules.testing.plugin")

    assert modules.isdisjoint({"lark", "hypothesis", "connectrules.making", "connectrules.program"})
    assert "connectrules.testing.plugin" in sys.modules, "pytest has it loaded here"
