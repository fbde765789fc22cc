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
            (
                "error[CR503]: `no.csv` is not there\n --> no.csv\n"
                "help: see how it is spelt, and say where it is, as in `Downloads/no.csv`\n"
            ),
        ),
        (
            ("judge", "two.policy", "contacts.csv", "--me", "no.json"),
            (
                "error[CR503]: `no.json` is not there\n --> no.json\n"
                "help: see how it is spelt, and say where it is, as in `Downloads/no.json`\n"
            ),
        ),
        (
            ("judge", "two.policy", "contacts.csv", "--answers", "no.csv"),
            (
                "error[CR503]: `no.csv` is not there\n --> no.csv\n"
                "help: see how it is spelt, and say where it is, as in `Downloads/no.csv`\n"
            ),
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
        (("judge",), "name a POLICY, or give a condition with -c"),
        (("judge", "two.policy"), "name the CONTACTS: files, or an export's folder or zip"),
        (
            ("judge", "-c", "would recommend"),
            "name the CONTACTS: files, or an export's folder or zip",
        ),
        (("check",), "name a POLICY, or give a condition with -c"),
        (
            ("judge", "two.policy", "contacts.csv", "--today", "2026-02-30"),
            "invalid value for `--today`: `2026-02-30` is no day: write it as 2026-11-22",
        ),
        (
            ("judge", "two.policy", "contacts.csv", "--today", "20261122"),
            "invalid value for `--today`: `20261122` is no day: write it as 2026-11-22",
        ),
        (
            ("judge", "two.policy", "contacts.csv", "--format", "xml"),
            "invalid value for `--format`: `xml` is not one of `text`, `json`, `csv`",
        ),
        (("fmt", "--check", "--diff", "x"), "--check and --diff exclude each other"),
    ],
)
def test_what_is_missing_or_misspelt_is_told(
    run: Run, typed: tuple[str, ...], message: str
) -> None:
    """In the form of all other mistakes, with where to see how the command is used."""
    result = run(*typed)

    help_ = f"help: `connectrules {typed[0]} --help` shows how it is used"
    assert (result.stdout, result.exit_code) == ("", 2)
    assert result.stderr == f"error: {message}\n{help_}\n"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (
            ("jugde",),
            (
                "error: no such command `jugde`\nhelp: did you mean `judge`?\n"
                "help: `connectrules --help` shows how it is used\n"
            ),
        ),
        (
            ("--colour",),
            (
                "error: no such option `--colour`\n"
                "help: `connectrules --help` shows how it is used\n"
            ),
        ),
        (
            ("judge", "--formt", "csv"),
            (
                "error: no such option `--formt`\nhelp: did you mean `--format`?\n"
                "help: `connectrules judge --help` shows how it is used\n"
            ),
        ),
    ],
)
def test_commands_and_options_that_there_are_not(
    run: Run, typed: tuple[str, ...], told: str
) -> None:
    """In the same form, before a command and after it."""
    result = run(*typed)

    assert (result.stdout, result.stderr, result.exit_code) == ("", told, 2)


def test_a_folder_that_is_no_export_is_named_as_it_was_typed(run: Run) -> None:
    """Also where that is a dot."""
    result = run("judge", "two.policy", ".")

    assert (result.stdout, result.exit_code) == ("", 2)
    assert result.stderr == (
        "error[CR503]: `.` is no export that is known: found `contacts.csv`, `two.policy`, "
        "expected files such as `Connections.csv`\n --> .\n"
    )


def test_a_faulty_policy_shows_its_diagnostics(run: Run, folder: Path) -> None:
    """On standard error, with the line and what helps."""
    (folder / "bad.policy").write_text(
        "CONNECT WHEN is a bott\nOTHERWISE DECLINE\n", encoding="utf-8"
    )

    result = run("judge", "bad.policy", "contacts.csv")

    assert (result.stdout, result.exit_code) == ("", 2)
    assert result.stderr == shown("""
        error[CR102]: no fact or phrase reads like `is a bott`
         --> bad.policy:1:14
          |
        1 | CONNECT WHEN is a bott
          |              ^~~~~~~~~
        help: if it is a fact of its own, add the line `ASK is a bott: "Is {name} a bott?"`
        help: write `is a bot`
          |
        1 | CONNECT WHEN is a bot
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
