"""What `connectrules examples` says of what its EXAMPLEs do not show."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run

AS_NOW = "they expect what the policy says now: see that each is what you mean\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            """\
DECLINE "bots" WHEN is a bot
CONNECT "good bots" WHEN is a bot AND met in person
OTHERWISE REVIEW
""",
            """\
nobody can show that "good bots" decides
3 EXAMPLEs: fewer cannot show as much
""",
        ),
        (
            """\
CONNECT WHEN would recommend
DECLINE WHEN NOT would recommend
REVIEW "rest" WHEN met in person OR NOT met in person
OTHERWISE DECLINE
""",
            """\
nobody can show that "connect 1" decides
nobody can show that `met in person` (line 3, column 20) decides "rest" by itself
nobody can show that `met in person` (line 3, column 41) decides "rest" by itself
nobody can show that OTHERWISE decides
2 EXAMPLEs: fewer cannot show as much
""",
        ),
    ],
)
def test_what_nobody_can_show(run: Run, folder: Path, text: str, told: str) -> None:
    """Rules and OTHERWISE are told of as conditions are; a set without them may be smallest."""
    (folder / "my.policy").write_text(text, encoding="utf-8")

    result = run("examples", "--no-ask", "my.policy")

    assert (result.exit_code, result.stderr) == (0, told + AS_NOW)


def test_what_nobody_was_found_to_show(run: Run, folder: Path) -> None:
    """Half of a pair is not enough, and nothing is said of how few do."""
    (folder / "my.policy").write_text(
        """\
CONNECT "odd" WHEN last active on is within the last month
    AND NOT last active on is within the last 31 days
CONNECT "ok" WHEN is a bot
OTHERWISE DECLINE
""",
        encoding="utf-8",
    )

    result = run("examples", "--no-ask", "my.policy")

    *missing, number, _ = result.stderr.splitlines()
    assert [each.split("tries, to ")[1] for each in missing] == [
        'show that "odd" decides',
        'show that `last active on is within the last month` decides "odd" by itself',
        'show that `last active on is within the last 31 days` decides "odd" by itself',
    ]
    assert number == "2 EXAMPLEs"
