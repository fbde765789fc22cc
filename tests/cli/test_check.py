"""`check` shows mistakes, for people and for programs."""

import json
from pathlib import Path
from typing import Any

from tests.cli.conftest import Run
from tests.render.test_sarif import VALIDATOR


def test_a_clean_policy_is_told_so(run: Run, folder: Path) -> None:
    """A library is clean too."""
    (folder / "lib.policy").write_text("FACT is a recruiter: yes/no\n", encoding="utf-8")

    result = run("check", "two.policy", "lib.policy")

    assert (result.stdout, result.stderr, result.exit_code) == (
        "",
        "nothing to mend in 2 policies\n",
        0,
    )


def test_mistakes_are_shown_and_counted(run: Run, folder: Path) -> None:
    """All of them, in all files."""
    text = "CONNECT WHEN would recomend\nOTHERWISE DECLINE\n"
    (folder / "a.policy").write_text(text, encoding="utf-8")
    (folder / "b.policy").write_text(text, encoding="utf-8")

    result = run("check", "a.policy", "two.policy", "b.policy")

    assert result.stdout.count("error[CR102]: ") == 2
    assert (
        "\n\nerror[CR102]: no fact or phrase reads like `would recomend`\n --> b.policy:1:14\n"
        in (result.stdout)
    )
    assert (result.stderr, result.exit_code) == (
        "2 errors, 0 warnings in 3 policies\n`connectrules code CR102` tells more\n",
        1,
    )


def test_warnings_count_only_when_strict(run: Run, folder: Path) -> None:
    """They are shown either way."""
    (folder / "warn.policy").write_text(
        "DEFINE a friend AS would recommend\nCONNECT WHEN met in person\nOTHERWISE DECLINE\n",
        encoding="utf-8",
    )

    mild = run("check", "warn.policy")
    strict = run("check", "warn.policy", "--strict")

    assert mild.stdout.startswith("warning[CR404]: ")
    assert mild.stderr == (
        "0 errors, 1 warning in 1 policy\n`connectrules code CR404` tells more\n"
    )
    assert (mild.stdout, mild.stderr) == (strict.stdout, strict.stderr)
    assert (mild.exit_code, strict.exit_code) == (0, 1)


def test_json_is_a_line_a_file(run: Run, folder: Path) -> None:
    """For a clean file too, and for standard input."""
    (folder / "a.policy").write_text("would recomend", encoding="utf-8")

    result = run("check", "a.policy", "two.policy", "-", "--format", "json", given="met in person")

    first, *rest = map(json.loads, result.stdout.splitlines())
    (diagnostic,) = first["diagnostics"]
    assert first["file"] == "a.policy"
    assert (diagnostic["code"], diagnostic["severity"]) == ("CR102", "error")
    assert (diagnostic["start"], diagnostic["end"]) == (
        {"line": 1, "column": 1},
        {"line": 1, "column": 15},
    )
    assert rest == [
        {"file": "two.policy", "diagnostics": []},
        {"file": "standard input", "diagnostics": []},
    ]
    assert result.exit_code == 1


def test_a_file_that_is_no_utf_8_has_its_line(run: Run, folder: Path) -> None:
    """It is a mistake in the policy like any other."""
    (folder / "latin.policy").write_bytes(b"caf\xe9")

    result = run("check", "latin.policy", "-", "--format", "json", given=b"\xe9")

    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(each["file"], each["diagnostics"][0]["code"]) for each in found] == [
        ("latin.policy", "CR101"),
        ("standard input", "CR101"),
    ]
    assert result.exit_code == 1


def test_a_bare_condition(run: Run) -> None:
    """It can be checked as it is typed."""
    good = run("check", "-c", "is a bot")
    bad = run("check", "-c", "is a robot", "--format", "json")

    assert (good.exit_code, good.stderr) == (0, "nothing to mend in 1 policy\n")
    assert bad.exit_code == 1
    assert json.loads(bad.stdout)["file"] == "condition"
    assert [each["code"] for each in json.loads(bad.stdout)["diagnostics"]] == ["CR102"]


def test_the_summary_names_a_code_to_read_about(run: Run, folder: Path) -> None:
    """Once, however many there are."""
    (folder / "a.policy").write_text("would recomend AND country is UK", encoding="utf-8")

    result = run("check", "a.policy")

    assert (
        result.stderr == "2 errors, 0 warnings in 1 policy\n`connectrules code CR102` tells more\n"
    )


def sarif(text: str) -> dict[str, Any]:
    """The one run of the log *text*, which is as the standard has it."""
    assert text.endswith("}\n")
    log = json.loads(text)
    VALIDATOR.validate(log)
    (found,) = log["runs"]
    assert isinstance(found, dict)
    return found


def uris(found: dict[str, Any]) -> list[str]:
    """Where the results are."""
    return [
        each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for each in found["results"]
    ]


def test_sarif_is_one_log(run: Run, folder: Path) -> None:
    """Of all files, with addresses from the folder it is run in."""
    (folder / "my rules").mkdir()
    for name in ("my rules/100% 学.policy", "a.policy"):
        (folder / name).write_text("would recomend", encoding="utf-8")
    outside = folder.parent / f"{folder.name}-elsewhere.policy"
    outside.write_text("would recomend", encoding="utf-8")

    result = run(
        "check",
        "./my rules/100% 学.policy",
        str(folder / "a.policy"),
        str(outside),
        "two.policy",
        "-",
        "--format",
        "sarif",
        given="is a boot",
    )

    found = sarif(result.stdout)
    assert uris(found) == [
        "my%20rules/100%25%20%E5%AD%A6.policy",
        "a.policy",
        outside.as_uri(),
        "standard%20input",
    ]
    assert len(found["artifacts"]) == 5
    assert (result.stderr, result.exit_code) == ("4 errors, 0 warnings in 5 policies\n", 1)


def test_sarif_finds_a_mistake_in_a_used_file(run: Run, folder: Path) -> None:
    """From the folder of the policy that uses it."""
    (folder / "rules").mkdir()
    (folder / "rules" / "words.policy").write_text("FACT is keen: bool\n", encoding="utf-8")
    (folder / "rules" / "a.policy").write_text(
        'USE "words.policy"\nCONNECT WHEN is keen\nOTHERWISE DECLINE\n', encoding="utf-8"
    )

    result = run("check", "rules/a.policy", "--format", "sarif")

    assert uris(sarif(result.stdout)) == ["rules/words.policy"]


def test_sarif_of_a_clean_policy(run: Run) -> None:
    """Has no results; and it is the same each time."""
    result = run("check", "two.policy", "--format", "sarif")

    assert sarif(result.stdout)["results"] == []
    assert (result.stderr, result.exit_code) == ("nothing to mend in 1 policy\n", 0)
    assert run("check", "two.policy", "--format", "sarif").stdout == result.stdout
