"""Files of another kind, given as a policy."""

import io
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from connectrules import Policy, PolicyError
from connectrules.cli.app import app
from connectrules.diagnostics import Diagnostic
from connectrules.policy import check, check_file
from connectrules.source import Source
from connectrules.syntax.parser import decode

DOCUMENT = "save it as plain text, in UTF-8, and give that file"
OTHER = "give a file of plain text"


def zipped(name: str) -> bytes:
    """An archive with one file called *name*."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, "x")
    return stream.getvalue()


CASES = [
    (rb"{\rtf1\ansi CONNECT WHEN met in person}", "a document in RTF", DOCUMENT),
    (zipped("word/document.xml"), "a Word document", DOCUMENT),
    (zipped("xl/workbook.xml"), "a spreadsheet", OTHER),
    (zipped("Connections.csv"), "a zip archive", OTHER),
    (b"%PDF-1.7\n", "a PDF", OTHER),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", "a picture", OTHER),
    (b"\x89PNG\r\n\x1a\n", "a picture", OTHER),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of Word or Excel", DOCUMENT),
    (b"\x7fELF\0\0\xe9\xff", "a file of another kind", OTHER),
]


@pytest.mark.parametrize(("data", "what", "help_"), CASES)
def test_the_kind_of_file_is_said(data: bytes, what: str, help_: str, tmp_path: Path) -> None:
    """One mistake, which says what the file is and what to do, alike for check and for judge."""
    path = tmp_path / "a.policy"
    path.write_bytes(data)

    (found,) = check_file(path)

    assert (found.code, found.message) == ("CR101", f"this is {what}, and a policy is plain text")
    assert found.help == (help_,)
    assert found.fixes == ()
    with pytest.raises(PolicyError) as refused:
        Policy.load(path)
    assert refused.value.diagnostics == (found,)


def test_nothing_is_mended_in_it(tmp_path: Path) -> None:
    """The file stays as it is."""
    path = tmp_path / "a.policy"
    path.write_bytes(CASES[0][0])

    result = CliRunner().invoke(app, ["check", "--fix", str(path)])

    assert result.exit_code == 1
    assert path.read_bytes() == CASES[0][0]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_a_wide_text_is_said_to_be_one(encoding: str) -> None:
    """It is text, but of another encoding."""
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""

    found = decode(mark + "met in person".encode(encoding), "a.policy")

    assert isinstance(found, Diagnostic)
    assert found.message == "the text is UTF-16, and a policy is UTF-8"


@pytest.mark.parametrize("text", ["met in person", "PKs and PDFs", "{rtf", "Café\n", ""])
def test_texts_are_read(text: str) -> None:
    """Whatever they begin with."""
    assert decode(text.encode(), "a.policy") == Source("a.policy", text)


@pytest.mark.parametrize("text", ["", " \n\t\n"])
def test_an_empty_policy_is_told_alike(text: str) -> None:
    """By `check`, and by whatever judges."""
    (found,) = check(Source("policy", text))

    assert (found.code, found.message) == ("CR204", "the policy is empty")
    with pytest.raises(PolicyError) as refused:
        Policy.parse(text)
    assert refused.value.diagnostics == (found,)
