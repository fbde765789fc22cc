"""Folders and zips that are not to be trusted."""

import errno
import io
import os
import stat
import struct
import zipfile
from pathlib import Path
from typing import NoReturn

import pytest

from connectrules import SourceError
from connectrules.sources.common import archives
from connectrules.sources.common.files import File, head, lines
from tests.sources.helpers import ERAS, export, files_of, read, refusal, write, zipped

CONNECTIONS = (ERAS / "2023" / "Connections.csv").read_bytes()


def packed(path: Path, name: str, content: bytes = b"x", attributes: int = 0) -> Path:
    """A zip with the connections and a member called *name*."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Connections.csv", CONNECTIONS)
        info = zipfile.ZipInfo("placeholder")
        info.filename = name
        info.external_attr = attributes
        archive.writestr(info, content)
    return path


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("/etc/Notes.csv", "has an absolute path"),
        ("C:/Notes.csv", "has an absolute path"),
        ("C:Notes.csv", "has an absolute path"),
        ("\\Notes.csv", "has an absolute path"),
        ("../Notes.csv", "has a path that leads outside the zip"),
        ("a/../../Notes.csv", "has a path that leads outside the zip"),
        ("a\\..\\Notes.csv", "has a path that leads outside the zip"),
    ],
)
def test_paths_that_lead_outside(tmp_path: Path, name: str, fault: str) -> None:
    """A member whose path is absolute or climbs up is refused, whether it is needed or not."""
    path = packed(tmp_path / "x.zip", name)

    assert refusal(path) == (f"`{name}` {fault}", f"x.zip/{name}")


def test_a_name_with_a_nul(tmp_path: Path) -> None:
    """What stands behind the NUL is hidden from most tools, and refused."""
    path = packed(tmp_path / "x.zip", "Notes.csv?.exe")
    path.write_bytes(path.read_bytes().replace(b"Notes.csv?", b"Notes.csv\0"))

    assert refusal(path) == ("`Notes.csv` has a NUL in its name", "x.zip/Notes.csv")


def test_what_may_not_be_opened(tmp_path: Path) -> None:
    """The system's reason is given."""

    def refuse() -> NoReturn:
        raise PermissionError(errno.EACCES, "Permission denied")

    file = File("x.csv", refuse)
    for act in (lambda: list(lines(file)), lambda: head(file, 1)):
        with pytest.raises(SourceError, match=r"^`x.csv` cannot be read: permission denied$"):
            act()
    with pytest.raises(SourceError, match=r"^`gone` cannot be read: no such file or directory$"):
        archives.in_folder(tmp_path / "gone")


def test_links_in_a_zip(tmp_path: Path) -> None:
    """A member that is a link is refused."""
    path = packed(tmp_path / "x.zip", "Notes.csv", b"/etc/passwd", stat.S_IFLNK << 16)

    assert refusal(path) == ("`Notes.csv` is a link", "x.zip/Notes.csv")


def test_encrypted_members(tmp_path: Path) -> None:
    """A member that needs a password is refused."""
    path = packed(tmp_path / "x.zip", "Notes.csv")
    content = bytearray(path.read_bytes())
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 8] |= 1
    path.write_bytes(content)

    assert refusal(path) == ("`Notes.csv` is encrypted", "x.zip/Notes.csv")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_that_is_there_twice(tmp_path: Path) -> None:
    """Which one is meant nobody can say."""
    path = packed(tmp_path / "x.zip", "Connections.csv")

    assert refusal(path) == ("`Connections.csv` is in the zip twice", "x.zip/Connections.csv")


def test_too_many_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their number is limited."""
    monkeypatch.setattr(archives, "MEMBERS_LIMIT", 2)
    path = zipped(tmp_path / "x.zip", {"a": "", "b": "", "c": ""})

    assert refusal(path) == ("`x.zip` has 3 members, and at most 2 are read", "x.zip")


@pytest.mark.once
def test_a_member_that_unpacks_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes that come out are counted."""
    monkeypatch.setattr(archives, "MEMBER_LIMIT", 2**20)
    path = zipped(
        tmp_path / "x.zip", {"Connections.csv": CONNECTIONS + b"\n" + b",,,,,,\n" * 2**18}
    )

    assert refusal(path) == (
        "`Connections.csv` unpacks to more than 1 MiB",
        "x.zip/Connections.csv",
    )


def test_a_header_that_lies(tmp_path: Path) -> None:
    """A member that unpacks to more than its header says is damaged."""
    path = zipped(tmp_path / "x.zip", {"Connections.csv": CONNECTIONS * 1000})
    content = bytearray(path.read_bytes())
    entry = content.rindex(b"PK\x01\x02")
    struct.pack_into("<L", content, entry + 24, 600)
    path.write_bytes(content)

    assert refusal(path) == ("`Connections.csv` cannot be read: it is damaged", "Connections.csv")


def test_a_zip_that_breaks_off(tmp_path: Path) -> None:
    """A download that was cut short is damaged."""
    whole = zipped(tmp_path / "x.zip", files_of(ERAS / "2023")).read_bytes()
    path = write(tmp_path / "x.zip", whole[: len(whole) // 2])

    assert refusal(path) == ("`x.zip` cannot be read: it is damaged", "x.zip")


def test_another_sort_of_zip(tmp_path: Path) -> None:
    """A workbook is a zip too, and no export."""
    path = zipped(tmp_path / "people.xlsx", {"[Content_Types].xml": "", "xl/workbook.xml": ""})

    assert refusal(path) == (
        "`people.xlsx` is a spreadsheet, and no file of contacts",
        "people.xlsx",
    )


def test_an_empty_zip(tmp_path: Path) -> None:
    """It holds no export."""
    buffer = io.BytesIO()
    zipfile.ZipFile(buffer, "w").close()
    path = write(tmp_path / "x.zip", buffer.getvalue())

    assert refusal(path) == (
        (
            "`x.zip` is no export that is known: found no files, expected files such as "
            "`Connections.csv`"
        ),
        "x.zip",
    )


def test_links_in_a_folder(tmp_path: Path) -> None:
    """A link that points outside is refused; one that stays inside is a file like another."""
    folder = export(tmp_path / "x", {"people.bin": CONNECTIONS})
    (folder / "Connections.csv").symlink_to(folder / "people.bin")

    assert len(read(folder)) == 5

    outside = write(tmp_path / "secret.csv", "x")
    (folder / "Notes.csv").symlink_to(outside)
    assert refusal(folder) == (
        "`Notes.csv` is a link that points outside the folder",
        "x/Notes.csv",
    )


def test_a_link_in_a_circle(tmp_path: Path) -> None:
    """It points nowhere, and is no file."""
    folder = export(tmp_path / "x", {"Connections.csv": CONNECTIONS})
    (folder / "Notes.csv").symlink_to(folder / "Notes.csv")

    assert len(read(folder)) == 5


def test_no_such_file(tmp_path: Path) -> None:
    """A path that is not there, or no file, is said."""
    assert refusal(tmp_path / "x.csv") == (f"`{tmp_path / 'x.csv'}` is not there", "x.csv")

    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe") == (
        f"`{tmp_path / 'pipe'}` is neither a file nor a folder",
        "pipe",
    )
