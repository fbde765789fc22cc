"""What hostile inputs have found, each mended and kept as a test."""

import csv
import errno
import io
import json
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from connectrules import Contact, Policy, PolicyError, SourceError, Vocabulary
from connectrules.cli.app import app
from connectrules.loading import MOST_READ
from connectrules.policy import check
from connectrules.resolve import uses
from connectrules.source import Source
from connectrules.sources import open_contacts
from connectrules.sources.common import files
from connectrules.sources.common.archives import in_zip
from connectrules.sources.record import load_me

VOCABULARY = Vocabulary.of(Contact)


def told(text: str, **more: Any) -> list[str]:  # noqa: ANN401 - what check takes
    """What is wrong with *text*, as codes and messages."""
    return [f"{each.code} {each.message}" for each in check(Source("x.policy", text), **more)]


def refusal(path: Path) -> str:
    """Why the contacts in *path* are refused."""
    with pytest.raises(SourceError) as error:
        list(open_contacts([path], VOCABULARY).contacts)
    return str(error.value)


# Texts


def test_a_megabyte_of_brackets() -> None:
    """It was lexed into a million marks, for six seconds and 260 MB: it is counted first."""
    assert told("(" * 2**20) == [
        "CR110 the text has 1,048,576 words and marks, 848,576 more than the 200,000 allowed"
    ]


@pytest.mark.once
def test_what_counts_as_a_word() -> None:
    """Comments don't, and a quoted text is one, whatever is in it."""
    text = 'is a bot AND headline is "a # b (c" # and the rest, too\n'
    room = 200_000 - 7

    assert not told(text + "# x\n" * 100_000 + "AND NOT follows me")
    assert told(text + "x " * room)[0].startswith("CR110 a sentence has 199,996 words")
    assert told(text + "x " * (room + 1)) == [
        "CR110 the text has 200,001 words and marks, 1 more than the 200,000 allowed"
    ]


def test_a_sentence_without_end() -> None:
    """Half a million words were split into tokens, for four seconds."""
    (diagnostic,) = check(Source("x.policy", "is a bot AND " + "x\n" * 10_001))

    assert diagnostic.message == (
        "a sentence has 10,001 words and marks, 1 more than the 10,000 allowed"
    )
    assert diagnostic.help == ("AND, OR and lists join short sentences",)
    assert (diagnostic.start.line, diagnostic.start.column) == (1, 14)


@pytest.mark.once
@pytest.mark.parametrize("line", ["FACT f{}: text", "otherwise decline", "OTHERWISE"])
def test_statements_without_end(line: str) -> None:
    """A hundred thousand statements took minutes and 800 MB, in capitals or not."""
    text = "".join(f"{line.format(n)}\n" for n in range(20_001))

    assert told(text) == ["CR110 the text has 20,001 statements, 1 more than the 20,000 allowed"]


@pytest.mark.once
def test_statements_that_cannot_be_read() -> None:
    """Each was explained, for minutes: the first hundred are, and the others counted."""
    text = "".join(f"CONNECT {n} WHEN is a bot\n" for n in range(3_000)) + "OTHERWISE DECLINE\n"
    diagnostics = check(Source("x.policy", text))

    assert len(diagnostics) == 101
    assert diagnostics[-1].message == (
        "the statements from here on that cannot be read are not told: 2,900 more than the 100 "
        "that are"
    )
    assert diagnostics[-1].start.line == 101
    assert diagnostics[-1].help == ("mend those above first",)


def test_what_is_right_among_statements_that_cannot_be_read() -> None:
    """Past the first hundred, too, a declaration declares its name."""
    broken = "".join(f"CONNECT {n} WHEN is a bot\n" for n in range(150))
    text = f"{broken}FACT good: yes/no\nFACT bad yes/no\nCONNECT WHEN good AND bad AND ugly\n"
    found = told(f"{text}OTHERWISE DECLINE\n")

    assert len(found) == 102
    assert found[-1] == "CR102 no fact or phrase reads like `ugly`"


def test_mistakes_without_end() -> None:
    """Tens of thousands of diagnostics were shown: the first thousand are."""
    found = told("OTHERWISE DECLINE\n" * 2_000)

    assert len(found) == 1_001
    assert found[-1] == (
        "CR110 the mistakes from here on are not told: 999 more than the 1,000 that are"
    )


@pytest.mark.once
def test_warnings_without_end() -> None:
    """They are counted as warnings, and keep no policy from being used."""
    text = " AND ".join(["is a bot"] * 2_000)
    found = check(Source("x.policy", text))

    assert found[-1].severity.value == "warning"
    assert found[-1].message == (
        "the warnings from here on are not told: 999 more than the 1,000 that are"
    )
    assert Policy.parse(text).rules


# USE


def failing(error: Exception) -> Callable[[str], str]:
    """A loader that raises *error*."""

    def load(_path: str) -> str:
        raise error

    return load


@pytest.mark.parametrize(
    ("loader", "why"),
    [
        (failing(RuntimeError("the server\nis down")), "failed (the server is down)"),
        (failing(RuntimeError()), "failed"),
        (failing(RecursionError("too deep")), "failed (too deep)"),
        (lambda _: None, "gave no text for it"),
        (lambda _: b"FACT keen: yes/no", "gave no text for it"),
    ],
)
def test_a_loader_with_ways_of_its_own(loader: Any, why: str) -> None:  # noqa: ANN401
    """Its error came out as it was, and what is no text raised AttributeError."""
    text = 'USE "a.policy"\nis a bot'

    assert told('USE "a.policy"\nCONNECT WHEN is a bot\nOTHERWISE DECLINE', loader=loader) == [
        f"CR202 `a.policy` cannot be read: what loads files {why}"
    ]
    with pytest.raises(PolicyError):
        Policy.parse(text, loader=loader)


def test_files_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand files of a megabyte each were read and kept."""
    monkeypatch.setattr(uses, "MOST_TEXT", 1_000)
    rules = "CONNECT WHEN is a bot\nOTHERWISE DECLINE\n"
    text = "".join(f'USE "{n}.policy"\n' for n in range(5)) + rules

    assert told(text, loader=lambda _: "# " + "x" * 398) == [
        (
            "CR110 with this file the files used have 1,200 characters, 200 more than the 1,000 "
            "allowed together"
        )
    ]


def test_a_policy_of_gigabytes(tmp_path: Path) -> None:
    """It was read whole before it was refused."""
    path = tmp_path / "x.policy"
    with path.open("wb") as file:
        file.truncate(MOST_READ + 1)

    with pytest.raises(OSError, match="large") as error:
        Policy.load(path)
    assert error.value.errno == errno.EFBIG

    done = CliRunner().invoke(app, ["check", str(path)], catch_exceptions=False)
    assert done.exit_code == 2
    assert "cannot be read: file too large" in done.stderr

    done = CliRunner().invoke(app, ["check", "-"], input=b"x" * 2 * MOST_READ)
    assert (done.exit_code, type(done.exception)) == (2, SystemExit)

    (tmp_path / "y.policy").write_text('USE "x.policy"\nCONNECT WHEN is a bot\nOTHERWISE DECLINE\n')
    with pytest.raises(PolicyError) as refused:
        Policy.load(tmp_path / "y.policy")
    assert [each.message for each in refused.value.diagnostics] == [
        "there is no file `x.policy` that can be read (file too large)"
    ]


# Files of contacts


def test_the_limit_of_cells_is_left_alone(tmp_path: Path) -> None:
    """The csv module's limit was raised for the whole process, for good."""
    path = tmp_path / "x.csv"
    path.write_text(f"key,bio\na,{'x' * 500_000}\nb,y\n", encoding="utf-8")
    before = csv.field_size_limit()

    seen = []
    for contact in open_contacts([path], VOCABULARY).contacts:
        seen.append(contact.key)
        assert csv.field_size_limit() == before
    assert seen == ["a", "b"]

    path.write_text(f'key,bio\na,"{"x" * 2_000_000}', encoding="utf-8")
    assert refusal(path) == "`x.csv` is not proper CSV: a cell is too long"
    assert csv.field_size_limit() == before


def test_unknown_columns_without_end(tmp_path: Path) -> None:
    """Each was told, with what it may have been meant as: the first hundred are."""
    path = tmp_path / "x.csv"
    names = ",".join(f"column {n}" for n in range(150))
    path.write_text(f"key,{names},{'y' * 1_000}\na\n", encoding="utf-8")
    loaded = open_contacts([path], VOCABULARY)
    list(loaded.contacts)
    lines = loaded.report.lines()

    assert len(lines) == 103
    assert lines[-1] == "`x.csv`: 51 more columns are not known"

    path.write_text(f"key,{'y' * 1_000}\na\n", encoding="utf-8")
    loaded = open_contacts([path], VOCABULARY)
    list(loaded.contacts)
    assert loaded.report.lines()[-1] == f"`x.csv`: the column `{'y' * 39}…` is not known"


def test_objects_with_ever_other_names(tmp_path: Path) -> None:
    """All names ever met were kept."""
    path = tmp_path / "x.jsonl"
    lines = (json.dumps({"key": n, **{f"{n} {m}": 1 for m in range(5_000)}}) for n in range(5))
    path.write_text("\n".join(lines), encoding="utf-8")
    loaded = open_contacts([path], VOCABULARY)

    assert len(list(loaded.contacts)) == 5
    assert len(loaded.report.files[0].unknown_columns) == 100
    assert loaded.report.files[0].unnamed_columns < 20_000


def test_a_list_on_one_long_line(tmp_path: Path) -> None:
    """What programs write, a JSON list without line breaks, was refused past eight megabytes."""
    path = tmp_path / "x.json"
    path.write_text(json.dumps([{"key": n, "bio": "x" * 1_000_000} for n in range(9)]))

    assert [contact.key for contact in open_contacts([path], VOCABULARY).contacts] == [
        str(n) for n in range(9)
    ]


def test_empty_lines_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five million took a minute, over and over in the search for a header."""
    monkeypatch.setattr(files, "EMPTY_LIMIT", 3)
    path = tmp_path / "x.csv"
    path.write_text("key,bio\na,x\n\n\n\nb,x\n\n\n\n\n", encoding="utf-8")

    assert refusal(path) == "more than 3 empty lines follow one another in `x.csv`"


def test_a_header_far_down(tmp_path: Path) -> None:
    """It was looked for to the end, once for each delimiter: it stands in the first lines."""
    path = tmp_path / "x.csv"
    path.write_text("\n" * 999 + "key,bio\na,x\n", encoding="utf-8")
    assert [contact.key for contact in open_contacts([path], VOCABULARY).contacts] == ["a"]

    path.write_text("\n" * 1_000 + "key,bio\na,x\n", encoding="utf-8")
    assert refusal(path) == (
        "`x.csv` is empty: expected a header that names `key`, `name` or facts"
    )


def test_a_record_of_ones_own_among_a_million(tmp_path: Path) -> None:
    """All records were kept to count them."""
    path = tmp_path / "x.csv"
    path.write_text("key\n" + "".join(f"k{n}\n" for n in range(1_000)), encoding="utf-8")

    with pytest.raises(SourceError, match="holds 1000 records"):
        load_me(path, VOCABULARY)


# Zips


def zipped(path: Path, content: bytes, packing: int) -> Path:
    """A zip with `Connections.csv`."""
    with zipfile.ZipFile(path, "w", packing) as archive:
        archive.writestr("Connections.csv", content)
    return path


HEADER = b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"


def test_a_zip_that_swells(tmp_path: Path) -> None:
    """Half a megabyte unpacked to four gigabytes, all of it read."""
    little = zipped(tmp_path / "a.zip", HEADER + b"\n" * 2**20, zipfile.ZIP_DEFLATED)
    much = zipped(tmp_path / "b.zip", HEADER + b"\n" * 2**25, zipfile.ZIP_DEFLATED)

    assert refusal(little) == (
        "more than 100,000 empty lines follow one another in `Connections.csv`"
    )
    assert refusal(much) == ("`Connections.csv` unpacks to more than 250 times its size in the zip")


@pytest.mark.once
def test_a_zip_with_ever_more_members(tmp_path: Path) -> None:
    """The list of members was read whole before they were counted."""
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(100_000):
            archive.writestr(f"{number}", b"")

    assert refusal(path) == "`x.zip` has too many members: at most 10,000 are read"


@pytest.mark.parametrize("packing", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_zip_packed_otherwise(tmp_path: Path, packing: int) -> None:
    """LZMA may ask for gigabytes of memory before the first byte: no export is packed so."""
    path = zipped(tmp_path / "x.zip", HEADER, packing)

    assert refusal(path) == (
        "`Connections.csv` is packed in a way that is not read: pack it the usual way (deflate)"
    )


def test_the_first_bytes_of_a_member_that_is_refused(tmp_path: Path) -> None:
    """The reason was told as damage where only the beginning was asked for."""
    path = zipped(tmp_path / "x.zip", HEADER, zipfile.ZIP_BZIP2)

    with pytest.raises(SourceError, match="is packed in a way that is not read"):
        files.head(in_zip(path)[0], 10)


# Terminals


class Terminal(io.TextIOWrapper):
    """What looks like a terminal, and keeps what is written."""

    def __init__(self) -> None:
        """Nothing is written yet."""
        self.kept = io.BytesIO()
        super().__init__(self.kept, encoding="utf-8", write_through=True)

    def isatty(self) -> bool:
        """It is one."""
        return True


@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_names_that_command_the_terminal(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--format csv` let a name's escape sequences through to the terminal."""
    path = tmp_path / "x.jsonl"
    name = "Ada\x1b]0;owned\x07\x9b2J\x7f"
    path.write_text(json.dumps({"key": name, "name": name}), encoding="utf-8")
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setenv("NO_COLOR", "1")

    app.main(["judge", "-c", "is a bot", str(path), "--format", form], standalone_mode=False)

    shown = screen.kept.getvalue().decode()
    assert "Ada" in shown
    assert not {"\x1b", "\x07", "\x9b", "\x7f"} & {*shown}
