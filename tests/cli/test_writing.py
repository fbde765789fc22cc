"""Files are written all at once, or not at all."""

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from connectrules.cli.problems import Refused
from connectrules.cli.writing import Replacing, replace_text

posix = pytest.mark.skipif(sys.platform == "win32", reason="modes and links are of POSIX")


def refusal(path: Path) -> Refused:
    """Why *path* is not written."""
    with pytest.raises(Refused) as caught:
        replace_text(path, "new")
    return caught.value


def test_the_text_is_written_as_it_stands(tmp_path: Path) -> None:
    """Line breaks and a byte order mark too, and nothing is left beside it."""
    path = tmp_path / "a.policy"
    path.write_bytes(b"old")

    replace_text(path, "\ufeffcafé\r\nb\rc\n")

    assert path.read_bytes() == b"\xef\xbb\xbfcaf\xc3\xa9\r\nb\rc\n"
    assert [*tmp_path.iterdir()] == [path]


@posix
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o755, 0o4750])
def test_the_mode_is_kept(tmp_path: Path, mode: int) -> None:
    """Whatever the mode for new files is."""
    path = tmp_path / "a.policy"
    path.touch()
    path.chmod(mode)

    replace_text(path, "new")

    assert stat.S_IMODE(path.stat().st_mode) == mode


@posix
def test_a_new_file_gets_the_usual_mode(tmp_path: Path) -> None:
    """As other programs make it."""
    path = tmp_path / "a.policy"
    before = os.umask(0o027)
    try:
        replace_text(path, "new")
    finally:
        os.umask(before)

    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == ("new", 0o640)


@posix
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """The file that it leads to is replaced, where that file is."""
    (tmp_path / "kept").mkdir()
    file = tmp_path / "kept" / "a.policy"
    file.write_text("old")
    link = tmp_path / "link.policy"
    link.symlink_to(file)

    replace_text(link, "new")

    assert (link.is_symlink(), file.read_text()) == (True, "new")
    assert [*(tmp_path / "kept").iterdir()] == [file]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_what_fails_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    """The old text stands, and nothing is left beside it."""
    path = tmp_path / "a.policy"
    path.write_text("old")

    def fail(_: int) -> None:
        raise error

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises((Refused, KeyboardInterrupt)) as caught:
        replace_text(path, "new")

    assert path.read_text() == "old"
    assert [*tmp_path.iterdir()] == [path]
    if isinstance(caught.value, Refused):
        assert caught.value.message == f"`{path}` cannot be written: no space left on device"
        assert caught.value.help == ("nothing in it was changed",)


@posix
@pytest.mark.parametrize(
    ("make", "why"),
    [
        (Path.mkdir, "it is a folder"),
        (os.mkfifo, "it is a device or a pipe, and no file"),
    ],
)
def test_what_is_no_file_is_left_alone(
    tmp_path: Path, make: Callable[[Path], None], why: str
) -> None:
    """A pipe would otherwise turn into a file."""
    path = tmp_path / "a"
    make(path)

    assert refusal(path).message == f"`{path}` cannot be written: {why}"
    assert not path.is_file()


def test_a_file_that_may_not_be_written_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though a file beside it could take its place."""
    path = tmp_path / "a.policy"
    path.write_text("old")
    monkeypatch.setattr(os, "access", lambda *_: False)

    why = "it, or the folder it is in, may not be written to"
    assert refusal(path).message == f"`{path}` cannot be written: {why}"
    assert path.read_text() == "old"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    """No folder is made."""
    path = tmp_path / "no" / "a.policy"

    why = "the folder it should be in is not there"
    assert refusal(path).message == f"`{path}` cannot be written: {why}"
    assert [*tmp_path.iterdir()] == []


@posix
def test_links_in_a_circle_are_told(tmp_path: Path) -> None:
    """As the file system tells it."""
    path = tmp_path / "a.policy"
    path.symlink_to(path)

    assert refusal(path).message.startswith(f"`{path}` cannot be written: ")


@pytest.mark.parametrize("ends", [KeyboardInterrupt, BrokenPipeError, ValueError])
def test_what_breaks_off_leaves_the_file(tmp_path: Path, ends: type[BaseException]) -> None:
    """As it was, with nothing beside it; what ended it is told as what it is."""
    path = tmp_path / "a.html"
    path.write_text("old")

    def write() -> None:
        with Replacing(path) as file:
            file.write("ne")
            raise ends

    with pytest.raises(ends):
        write()

    assert path.read_text() == "old"
    assert [*tmp_path.iterdir()] == [path]


def test_pieces_are_written_as_one(tmp_path: Path) -> None:
    """And seen by nobody before the last."""
    path = tmp_path / "a.html"
    path.write_text("old")

    with Replacing(path) as file:
        file.write("caf")
        file.write("é")
        assert path.read_text() == "old"

    assert path.read_text("utf-8") == "café"
    assert [*tmp_path.iterdir()] == [path]
