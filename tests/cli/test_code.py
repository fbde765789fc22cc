"""`code` prints the page about a code."""

import pytest

from connectrules.codes import codes
from connectrules.render.page import page_text
from connectrules.render.paint import Role
from tests.cli.conftest import Run, shown

LAST = "`connectrules code` lists those there are"


def test_a_page_is_readable(run: Run) -> None:
    """Wrapped, with its examples indented."""
    result = run("code", "CR204")

    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.startswith(
        shown("""
            CR204: no OTHERWISE, or more than one

            A policy with rules says exactly once what to do about a contact to whom no rule
            applies: `OTHERWISE CONNECT`, `OTHERWISE DECLINE` or `OTHERWISE REVIEW`. A bare
            condition needs none: where it does not hold, the answer is to decline.

            Why
        """)
    )
    assert "\n    CONNECT WHEN would recommend\n\n    error[CR204]: " in result.stdout
    assert "```" not in result.stdout
    assert "#" not in result.stdout
    assert not result.stdout.endswith("\n\n")


@pytest.mark.parametrize("typed", ["CR103", "cr103", "103", "[CR103]", "error[CR103]", " cr 103 "])
def test_a_code_may_be_typed_as_it_is_seen(run: Run, typed: str) -> None:
    """In small letters, as a number alone, in its brackets."""
    assert run("code", typed).stdout == run("code", "CR103").stdout


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("CR12", f"error: there is no code `CR12`\nhelp: did you mean `CR102`?\nhelp: {LAST}\n"),
        ("otherwise", f"error: there is no code `otherwise`\nhelp: {LAST}\n"),
        ("", f"error: there is no code ``\nhelp: {LAST}\n"),
        ("\x1b[2J", f"error: there is no code `␛[2J`\nhelp: {LAST}\n"),
    ],
)
def test_a_code_that_is_none_is_told(run: Run, typed: str, message: str) -> None:
    """With the nearest that there is."""
    result = run("code", typed)

    assert (result.stdout, result.stderr, result.exit_code) == ("", message, 2)


def test_all_codes_are_listed(run: Run) -> None:
    """With their titles, by kind."""
    lines = run("code").stdout.splitlines()

    assert lines[:2] == [
        "What a policy says cannot be read",
        "  CR101  the text does not follow the grammar",
    ]
    listed = [line.split()[0] for line in lines if line.startswith("  ")]
    assert listed == [code.number for code in codes()]
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("code", codes(), ids=lambda code: code.number)
def test_prose_fits_its_width(code: object) -> None:
    """In a narrow terminal and in a wide one."""
    page = getattr(code, "page", "")

    for width in (40, 120):
        lines = page_text(page, width=width).splitlines()
        assert [line for line in lines if len(line) > width and not line.startswith("    ")] == []


def test_what_is_told_is_coloured() -> None:
    """Titles, the message's head, its help and its frame; examples are plain."""
    page = (
        "# T\n\n## Wrong\n\n```policy\nerror: x\n```\n\n"
        "```text\nerror[CR1]: m\n --> a:1:1\n1 | x\nhelp: h\n```\n"
    )

    def marked(role: Role, text: str) -> str:
        return f"<{role} {text}>"

    assert page_text(page, width=80, paint=marked).splitlines() == [
        "<title T>",
        "",
        "<error Wrong>",
        "",
        "    error: x",
        "",
        "    <error error[CR1]>: m",
        "    <frame  -->> a:1:1",
        "    <frame 1 |> x",
        "    <help help>: h",
    ]
