"""`examples` writes EXAMPLEs that show each condition at work, and asks what one would do."""

import sys
from pathlib import Path

import pytest

from connectrules import Policy
from connectrules.cli.confirming import Confirming
from connectrules.cli.problems import Refused
from connectrules.testing import measure_coverage, run_examples
from connectrules.testing.goals import Aspect
from tests.cli.conftest import Run, shown
from tests.cli.test_process import PROGRAM

SMALL = """\
CONNECT "friends" WHEN would recommend AND followers is at least 10
OTHERWISE DECLINE
"""

PROPOSED = """
    # Here "friends" applies.
    # Were `would recommend` or `followers is at least 10` not so, "friends" would not apply.
    EXAMPLE "friends applies" EXPECT CONNECT BECAUSE OF "friends"
        - would recommend: yes
        - followers: 10

    # Here no rule applies, so that OTHERWISE decides.
    # Were `would recommend` so, "friends" would apply.
    EXAMPLE "almost friends (would recommend: no)" EXPECT DECLINE BECAUSE OF "otherwise"
        - would recommend: no
        - followers: 10

    # Were `followers is at least 10` so, "friends" would apply.
    EXAMPLE "almost friends (followers is at least 10: no)" EXPECT DECLINE BECAUSE OF "otherwise"
        - would recommend: yes
        - followers: 9
"""

FIRST = """\

1 of 3
  Suppose that this is all you know of somebody:
    would recommend: yes
    followers: 10
  With these facts, would you connect?
  y yes  n no  r review  u undecided  ? why  s skip  b back  q stop
"""


@pytest.fixture(autouse=True)
def small(folder: Path) -> Path:
    """A policy of one rule."""
    path = folder / "small.policy"
    path.write_text(SMALL, encoding="utf-8")
    return path


def test_they_are_written_for_a_file(run: Run) -> None:
    """Without a terminal they come as they are, and it is said what they expect."""
    result = run("examples", "small.policy")

    assert result.stdout == shown(PROPOSED)
    assert result.stderr == shown("""
        3 EXAMPLEs: fewer cannot show as much
        they expect what the policy says now: see that each is what you mean
    """)
    assert result.exit_code == 0


def test_they_are_added_to_the_policy(run: Run, small: Path) -> None:
    """With --write they go to the end of the policy, pass, and nothing is missing then."""
    result = run("examples", "small.policy", "--write")

    assert result.stdout == ""
    assert result.stderr.startswith(
        "3 EXAMPLEs added to `small.policy`: fewer cannot show as much\n"
    )
    assert small.read_text(encoding="utf-8") == SMALL + "\n" + shown(PROPOSED)
    policy = Policy.load(small)
    assert all(each.passed for each in run_examples(policy))
    assert measure_coverage(policy).percent == 100
    again = run("examples", "small.policy", "--write")
    assert again.stderr == "the EXAMPLEs show 2 of 2 conditions to decide by themselves\n"
    assert run("examples", "small.policy", "--afresh").stdout == shown(PROPOSED)


def test_lines_end_as_they_do_in_the_policy(run: Run, small: Path) -> None:
    """What is added to a file from Windows has its line ends, after a last line without one."""
    small.write_bytes(SMALL.rstrip().replace("\n", "\r\n").encode())

    run("examples", "small.policy", "--write")

    text = small.read_bytes().decode()
    assert text.count("\n") == text.count("\r\n")
    assert len(Policy.load(small).examples) == 3


def test_somebody_is_asked(run: Run, small: Path) -> None:
    """Where somebody says otherwise than the policy, the EXAMPLE expects that, and will fail."""
    result = run("examples", "small.policy", "--ask", "--write", given="yny")

    assert result.exit_code == 1
    assert result.stderr.startswith(FIRST + "  → connect, as the policy says\n\n2 of 3\n")
    assert result.stderr.endswith(
        "  → connect; the policy says decline, so that this EXAMPLE will fail until one\n"
        "    of the two is changed\n"
        "\n"
        "3 EXAMPLEs added to `small.policy`: fewer cannot show as much\n"
        "in 1 of them you and the policy differ; `connectrules test small.policy` shows why\n"
    )
    results = run_examples(Policy.load(small))
    assert [each.passed for each in results] == [True, True, False]
    assert small.read_text(encoding="utf-8").endswith(
        '\nEXAMPLE "I would connect" EXPECT CONNECT\n'
        "    - would recommend: yes\n"
        "    - followers: 9\n"
    )


def test_keys_that_go_back_and_on(run: Run) -> None:
    """`?` tells what it shows, `b` goes back and takes back, `s` leaves one out, `q` stops."""
    result = run("examples", "small.policy", "--ask", given="?ybrsq")

    assert (
        '  Here "friends" applies.\n'
        "  Were `would recommend` or `followers is at least 10` not so, "
        '"friends" would\n'
        "    not apply.\n"
        '  The policy says connect, by "friends".\n'
    ) in result.stderr
    assert result.stderr.count("1 of 3") == 3
    assert result.stdout == shown("""
        EXAMPLE "I would look myself" EXPECT REVIEW
            - would recommend: yes
            - followers: 10
    """)
    assert result.stderr.endswith(
        "\n1 EXAMPLE\nin 1 of them you and the policy differ; mend the rules\n"
    )


def test_a_wrong_key_loses_nothing(run: Run, small: Path) -> None:
    """Where a pipe gives a key that is none, what was said before is kept, and it is told."""
    result = run("examples", "small.policy", "--ask", "--write", given="yx")

    assert result.exit_code == 2
    assert len(Policy.load(small).examples) == 1
    assert result.stderr.endswith(
        "1 EXAMPLE added to `small.policy`\n"
        "error: standard input:1: `x` is none of the keys\n"
        "help: the keys are y yes  n no  r review  u undecided  ? why  s skip  b back  q stop\n"
    )


def test_a_file_that_cannot_be_written_loses_nothing(
    run: Run, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was said is shown then, so that it can be pasted, and the file is as it was."""
    refused = Refused("`small.policy` cannot be written")

    def refuse(_path: Path, _text: str) -> None:
        raise refused

    monkeypatch.setattr("connectrules.cli.examples.replace_text", refuse)
    result = run("examples", "small.policy", "--ask", "--write", given="yyy")

    assert result.exit_code == 2
    assert result.stdout.startswith('# Here "friends" applies.\n')
    assert result.stderr.endswith("error: `small.policy` cannot be written\n")
    assert small.read_text(encoding="utf-8") == SMALL


def test_a_file_that_is_changed_meanwhile(run: Run, small: Path) -> None:
    """What somebody else has written stays, and what was said is shown."""
    pressed = Confirming._pressed

    def pressing(asking: Confirming) -> str:
        key = pressed(asking)
        if key == "n":
            small.write_text(f"# mine\n{SMALL}", encoding="utf-8")
        return key

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Confirming, "_pressed", pressing)
        result = run("examples", "small.policy", "--ask", "--write", given="yny")

    assert result.exit_code == 2
    assert result.stdout.count("EXAMPLE") == 2
    assert result.stderr.endswith(
        "error: `small.policy` was changed meanwhile, and is left as it is\n"
    )
    assert small.read_text(encoding="utf-8") == f"# mine\n{SMALL}"


def test_each_answer_is_kept_as_it_is_given(run: Run, small: Path) -> None:
    """With --write an answer is in the file before the next is asked for, and `b` takes it out."""
    pressed, seen = Confirming._pressed, []

    def pressing(asking: Confirming) -> str:
        seen.append(len(Policy.load(small).examples))
        return pressed(asking)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Confirming, "_pressed", pressing)
        run("examples", "small.policy", "--ask", "--write", given="ynbyy")

    assert seen == [0, 1, 2, 1, 2]


def test_what_nobody_can_show(run: Run, folder: Path) -> None:
    """A condition that decides nothing is named."""
    (folder / "odd.policy").write_text(
        'CONNECT "odd" WHEN followers > 10 OR (followers > 20 AND is a friend)\n'
        "FACT is a friend: yes/no\nOTHERWISE DECLINE\n",
        encoding="utf-8",
    )

    result = run("examples", "odd.policy")

    assert result.stderr == shown("""
        nobody can show that `followers > 20` decides "odd" by itself
        nobody can show that `is a friend` decides "odd" by itself
        2 EXAMPLEs: fewer cannot show as much
        they expect what the policy says now: see that each is what you mean
    """)


@pytest.mark.once
def test_where_it_is_not_known_whether_fewer_would_do(run: Run, folder: Path) -> None:
    """Of a list with very many ways to reach a number it is said how many it takes at least."""
    signs = [f"sign {letter}" for letter in "abcdefghijklmno"]
    facts = "\n".join(f"FACT {sign}: yes/no" for sign in signs)
    rule = f'CONNECT "signs" WHEN AT LEAST 7 OF ({"; ".join(signs)})'
    (folder / "signs.policy").write_text(f"{facts}\n{rule}\nOTHERWISE DECLINE\n", encoding="utf-8")

    result = run("examples", "signs.policy")

    assert result.stderr.startswith(
        "5 EXAMPLEs, as few as were found: it takes at least 4\nthey expect"
    )


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            ("-", "--write"),
            (
                "error: a policy that comes from standard input cannot be written to\n"
                "help: name a file, or leave out --write\n"
            ),
        ),
        (
            ("-", "--ask"),
            (
                "error: the policy cannot come from standard input: that is where your answers "
                "come from\nhelp: name a file\n"
            ),
        ),
        (
            ("bare.policy",),
            (
                "error: `bare.policy` is a bare condition, beside which no EXAMPLE can stand\n"
                "help: write `CONNECT WHEN` before it, and the line `OTHERWISE DECLINE`\n"
            ),
        ),
    ],
)
def test_what_cannot_be_done(run: Run, folder: Path, typed: tuple[str, ...], said: str) -> None:
    """It is said why, and what to do."""
    (folder / "bare.policy").write_text("would recommend\n", encoding="utf-8")

    result = run("examples", *typed, given=SMALL)

    assert (result.exit_code, result.stdout, result.stderr) == (2, "", said)


def test_a_policy_through_a_pipe(run: Run) -> None:
    """It is read, and the EXAMPLEs come to standard output."""
    assert run("examples", "-", given=SMALL).stdout == shown(PROPOSED)


EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.policy"))


@pytest.mark.once
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_policies_that_ship(run: Run, folder: Path, path: Path) -> None:
    """What is added to each passes, and shows every condition and every rule."""
    there = folder / path.name
    there.write_bytes(path.read_bytes())

    result = run("examples", path.name, "--write", "--afresh")

    assert result.exit_code == 0
    policy = Policy.load(there)
    assert all(each.passed for each in run_examples(policy))
    found = measure_coverage(policy, propose=False)
    for aspect in (Aspect.ALONE, Aspect.DECIDES):
        shown_, possible = found.counted(aspect)
        assert shown_ == possible


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_on_a_terminal(folder: Path) -> None:
    """One key answers each, and at the end one is asked whether to add them to the policy."""
    pexpect = pytest.importorskip("pexpect")
    child = pexpect.spawn(
        PROGRAM[0],
        [*PROGRAM[1:], "examples", "small.policy"],
        cwd=str(folder),
        encoding="utf-8",
        timeout=30,
        dimensions=(40, 90),
    )
    for key in "yny":
        child.expect("q stop")
        child.send(key)
    child.expect("Add these 3 EXAMPLEs to `small.policy`")
    child.expect("y yes  n no")
    child.send("y")
    child.expect("3 EXAMPLEs added to `small.policy`")
    child.expect(pexpect.EOF)
    child.close()

    assert child.exitstatus == 1
    assert len(Policy.load(folder / "small.policy").examples) == 3
