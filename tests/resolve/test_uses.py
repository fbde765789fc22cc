"""USE: what other files declare, and where they may lie."""

from pathlib import Path

import pytest

from connectrules.diagnostics import Diagnostic
from connectrules.loading import folder_loader
from connectrules.policy import check, check_file
from connectrules.source import Source
from tests.resolve.reading import resolved, told

END = "\nCONNECT WHEN keen\nOTHERWISE DECLINE\n"
HINT = "help: name a file in the policy's folder or below it"
PATH = "help: write a path relative to this file, with `/` between its parts"


def test_declarations_are_brought_and_nothing_else() -> None:
    """FACT, ASK, ASSUME and DEFINE; no rule, title or example."""
    library = (
        'POLICY "x"\nFACT tall: text\nASK is fun: "Fun?"\nASSUME is fun: no\n'
        'DEFINE a giant AS tall is "very"\nCONNECT WHEN likes my cat\nOTHERWISE CONNECT\n'
        'EXAMPLE "e" EXPECT CONNECT\n  - likes my cat: yes\n'
    )
    found = resolved(
        'USE "lib.policy"\nCONNECT WHEN a giant AND is fun\nOTHERWISE DECLINE\n',
        {"lib.policy": library},
    )

    assert {"tall", "is fun"} < {*found.names.facts}
    assert [*found.assumed.values()] == [False]
    assert (found.title, len(found.rules), found.examples) == (None, 1, ())
    assert found.used == {"lib.policy": library}
    assert found.unused == ()


def test_paths_are_relative_to_the_file_they_stand_in() -> None:
    """A file reached twice counts once."""
    found = resolved(
        'USE "a/one.policy"\nUSE "./b/two.policy"\nCONNECT WHEN tall\nOTHERWISE DECLINE\n',
        {
            "a/one.policy": 'USE "../b/two.policy"\nUSE "three.policy"\n',
            "b/two.policy": "FACT tall: yes/no\n",
            "a/three.policy": "\N{ZERO WIDTH NO-BREAK SPACE}FACT small: yes/no\n",
        },
    )

    assert [*found.used] == ["a/one.policy", "b/two.policy", "a/three.policy"]
    assert {"tall", "small"} < {*found.names.facts}


@pytest.mark.parametrize(
    "path", ["../x.policy", "/x.policy", "a/../../x", "c:x", "a\\\\b", " ", ".", ".."]
)
def test_outside(path: str) -> None:
    """A path stays in the policy's folder or below it."""
    written = path.replace("\\\\", "\\")

    assert told(f'USE "{path}"{END}', files={}) == [
        (
            f"1:5 to 1:{7 + len(path)} CR202 `{written}` does not lie in the policy's folder or "
            "below it"
        ),
        PATH,
    ]


def test_no_such_file() -> None:
    """What its names would say is not guessed at: one mistake is told once."""
    text = f'USE "x.policy"\nASSUME is fun: no\nDECLINE WHEN is fun and tall{END}'

    assert told(text, files={}) == [
        "1:5 to 1:15 CR203 USE goes in a circle: `x.policy`, which uses `x.policy`",
        "help: leave out one of these lines",
    ]
    assert told(text.replace("x.policy", "lib.policy"), files={}) == [
        "1:5 to 1:17 CR202 there is no file `lib.policy`",
        HINT,
    ]
    assert told(text.replace("x.policy", "lib.policy")) == [
        "1:5 to 1:17 CR202 `lib.policy` cannot be read: this policy was given as a text alone",
        HINT,
    ]


def _check(path: str, error: Exception) -> list[Diagnostic]:
    def loader(_path: str) -> str:
        raise error

    return [*check(Source("x.policy", f'USE "{path}"{END}'), loader=loader)][:1]


def test_why_a_file_cannot_be_read_is_said() -> None:
    """That it is missing, or what else keeps it from being read."""
    wrong = UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte")
    messages = [
        each.message
        for error in (OSError(2, "No such file or directory"), ValueError("embedded null"), wrong)
        for each in _check("lib", error)
    ]

    assert messages == [
        "there is no file `lib`",
        "there is no file `lib` that can be read",
        "`lib` is not UTF-8 text",
    ]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where it leads lies outside."""
    folder, outside = tmp_path_factory.mktemp("in"), tmp_path_factory.mktemp("out")
    (outside / "secret.policy").write_text("FACT tall: yes/no\n")
    (folder / "lib.policy").symlink_to(outside / "secret.policy")
    text = 'USE "lib.policy"\nCONNECT WHEN is a bot\nOTHERWISE DECLINE\n'

    (found,) = check(Source("x.policy", text), loader=folder_loader(folder))

    assert (found.code, found.message) == (
        "CR202",
        "there is no file `lib.policy` that can be read (outside the policy's folder)",
    )


def test_a_link_to_itself(tmp_path: Path) -> None:
    """It cannot be read, and that is told at its line."""
    (tmp_path / "lib.policy").symlink_to(tmp_path / "lib.policy")
    (tmp_path / "main.policy").write_text(
        'USE "lib.policy"\nCONNECT WHEN would recommend\nOTHERWISE DECLINE\n', encoding="utf-8"
    )

    (diagnostic,) = check_file(tmp_path / "main.policy")

    assert (diagnostic.code, diagnostic.start.line) == ("CR202", 1)
    assert diagnostic.message.startswith("there is no file `lib.policy` that can be read (")


def test_a_circle() -> None:
    """It is told where it closes."""
    files = {"a.policy": 'USE "b.policy"\n', "b.policy": 'FACT tall: yes/no\nUSE "a.policy"\n'}

    assert told(f'USE "a.policy"{END}', files=files) == [
        (
            "b.policy:2:5 to 2:15 CR203 USE goes in a circle: `a.policy`, which uses `b.policy`, "
            "which uses `a.policy`"
        ),
        "help: leave out one of these lines",
    ]


def test_too_deep() -> None:
    """Sixteen files in a row are read, and no more."""
    files = {f"{n}.policy": f'USE "{n + 1}.policy"\n' for n in range(1, 16)}
    files["16.policy"] = "FACT tall: yes/no\n"
    assert told(f'USE "1.policy"{END}', files=files) == []

    files["16.policy"] = 'USE "17.policy"\n'
    files["17.policy"] = ""

    assert told(f'USE "1.policy"{END}', files=files) == [
        "16.policy:1:5 to 1:16 CR110 files USE one another 17 deep, and 16 is the most",
        "help: move declarations up into fewer files",
    ]


def test_mistakes_in_another_file_are_told_there() -> None:
    """In that file's words and places; a condition alone declares nothing."""
    files = {"lib.policy": "FACT tall: txet\nDEFINE good AS keen and witty\n", "bare": "keen"}

    assert told(f'USE "lib.policy"\nUSE "bare"{END}', files=files) == [
        "2:5 to 2:11 CR202 `bare` declares nothing: it is one condition",
        "help: USE brings FACT, ASK, ASSUME and DEFINE lines",
        "lib.policy:1:12 to 1:16 CR101 `txet` is not a type of fact",
        "fix: write `text`",
        "     FACT tall: text",
        "lib.policy:2:21 to 2:24 CR105 `and` joins conditions only in capitals",
        "fix: write `AND`",
        "     DEFINE good AS keen AND witty",
    ]


def test_names_are_taken_across_files() -> None:
    """A line says where the other stands."""
    files = {"lib.policy": "FACT tall: yes/no\n"}

    assert told(f'USE "lib.policy"\nFACT tall: text{END}', files=files) == [
        "2:6 to 2:10 CR201 `tall` is declared already, at lib.policy:1",
        "help: give it another name, or leave one of the two out",
    ]
