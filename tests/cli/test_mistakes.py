"""Whatever is typed wrong gets a clear message, exit status 2 and no traceback."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run, shown


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (("judge", "no.policy", "contacts.csv"), "error: there is no file `no.policy`\n"),
        (
            ("judge", "would recommend", "contacts.csv"),
            (
                "error: there is no file `would recommend`\n"
                "help: for a condition in place of a file: -c 'would recommend'\n"
            ),
        ),
        (("judge", ".", "contacts.csv"), "error: `.` is a folder, and a policy is a file\n"),
        (("check", "."), "error: `.` is a folder, and a policy is a file\n"),
        (("check", "no.policy"), "error: there is no file `no.policy`\n"),
        (
            ("judge", "contacts.csv", "two.policy"),
            (
                "error: `contacts.csv` is called as contacts are, and the policy comes first\n"
                "help: name a policy before it, or give a condition with -c\n"
            ),
        ),
        (
            ("judge", "two.policy", "no.csv"),
            "error[CR503]: `no.csv` is not there\n --> no.csv\n",
        ),
        (
            ("judge", "two.policy", "contacts.csv", "--me", "no.json"),
            "error[CR503]: `no.json` is not there\n --> no.json\n",
        ),
        (
            ("judge", "two.policy", "contacts.csv", "--answers", "no.csv"),
            "error[CR503]: `no.csv` is not there\n --> no.csv\n",
        ),
        (
            ("explain", "two.policy", "contacts.csv", "--contact", "adda"),
            "error: there is no contact `adda`\nhelp: did you mean `ada`?\n",
        ),
        (
            ("explain", "two.policy", "contacts.csv", "--contact", "nobody at all"),
            "error: there is no contact `nobody at all`\n",
        ),
    ],
)
def test_what_is_not_there_is_told(run: Run, typed: tuple[str, ...], message: str) -> None:
    """Nothing goes to standard output."""
    result = run(*typed)

    assert (result.stdout, result.stderr, result.exit_code) == ("", message, 2)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (("judge",), "Error: name a POLICY, or give a condition with -c"),
        (("judge", "two.policy"), "Error: name the CONTACTS: files, or an export's folder or zip"),
        (
            ("judge", "-c", "would recommend"),
            "Error: name the CONTACTS: files, or an export's folder or zip",
        ),
        (("check",), "Error: name a POLICY, or give a condition with -c"),
        (("explain", "two.policy", "contacts.csv"), "Error: Missing option '--contact'."),
        (
            ("judge", "two.policy", "contacts.csv", "--today", "2026-02-30"),
            "Error: Invalid value for '--today': `2026-02-30` is no day: write it as 2026-11-22",
        ),
        (
            ("judge", "two.policy", "contacts.csv", "--today", "20261122"),
            "Error: Invalid value for '--today': `20261122` is no day: write it as 2026-11-22",
        ),
        (
            ("judge", "two.policy", "contacts.csv", "--format", "xml"),
            "Error: Invalid value for '--format': 'xml' is not one of 'text', 'json', 'csv'.",
        ),
    ],
)
def test_what_is_missing_or_misspelt_is_told(
    run: Run, typed: tuple[str, ...], message: str
) -> None:
    """With how the command is used."""
    result = run(*typed)

    assert (result.stdout, result.exit_code) == ("", 2)
    assert result.stderr.startswith("Usage: ")
    assert result.stderr.splitlines()[-1] == message


def test_a_faulty_policy_shows_its_diagnostics(run: Run, folder: Path) -> None:
    """On standard error, with the line and what helps."""
    (folder / "bad.policy").write_text(
        "CONNECT WHEN would recomend\nOTHERWISE DECLINE\n", encoding="utf-8"
    )

    result = run("judge", "bad.policy", "contacts.csv")

    assert (result.stdout, result.exit_code) == ("", 2)
    assert result.stderr == shown("""
        error[CR102]: no fact or phrase reads like `would recomend`
         --> bad.policy:1:14
          |
        1 | CONNECT WHEN would recomend
          |              ^~~~~~~~~~~~~~
        help: if it is a fact of its own, add the line `FACT would recomend: yes/no`
        help: write `would recommend`
          |
        1 | CONNECT WHEN would recommend
    """)


def test_a_policy_that_is_no_utf_8_is_told(run: Run, folder: Path) -> None:
    """From a file and from standard input."""
    data = b"CONNECT WHEN caf\xe9\n"
    (folder / "latin.policy").write_bytes(data)

    from_file = run("judge", "latin.policy", "contacts.csv")
    from_stdin = run("judge", "-", "contacts.csv", given=data)

    expected = shown("""
        error[CR101]: the text is not UTF-8: no character is written with the byte `e9` here
         --> latin.policy:1:17
          |
        1 | CONNECT WHEN caf�
          |                 ^
        help: save the file as UTF-8
    """)
    assert (from_file.stderr, from_file.exit_code) == (expected, 2)
    assert from_stdin.stderr == expected.replace("latin.policy", "standard input")
    assert from_stdin.exit_code == 2


def test_a_library_is_no_policy_to_judge_by(run: Run, folder: Path) -> None:
    """It has no OTHERWISE."""
    (folder / "lib.policy").write_text("FACT is a recruiter: yes/no\n", encoding="utf-8")

    result = run("judge", "lib.policy", "contacts.csv")

    assert result.stderr.startswith("error[CR204]: ")
    assert result.exit_code == 2


def test_a_policy_that_may_not_be_read_is_told(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other troubles of the file system are told as it tells them."""

    def refuse(error: OSError) -> None:
        def opened(*_: object, **__: object) -> None:
            raise error

        monkeypatch.setattr(Path, "open", opened)

    refuse(PermissionError(13, "Permission denied", "two.policy"))
    forbidden = run("check", "two.policy")
    refuse(OSError(5, "Input/output error", "two.policy"))
    broken = run("judge", "two.policy", "contacts.csv")

    assert (folder / "two.policy").is_file()
    assert forbidden.stderr == "error: `two.policy` may not be read\n"
    assert broken.stderr == "error: `two.policy` cannot be read: input/output error\n"
    assert (forbidden.exit_code, broken.exit_code) == (2, 2)


def test_a_row_that_cannot_be_read_ends_the_work(run: Run, folder: Path) -> None:
    """What was judged before it stands in whole lines."""
    (folder / "twice.csv").write_text("key,name\nada,A\nada,B\n", encoding="utf-8")

    result = run("judge", "-c", "would recommend", "twice.csv", "--format", "json")

    assert result.stderr.startswith("error[CR503]: ")
    assert result.exit_code == 2
