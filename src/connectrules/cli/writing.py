"""Files that commands write: all at once, or not at all."""

import contextlib
import os
import secrets
import stat
from pathlib import Path

from connectrules.cli.problems import Refused

_PERMISSIONS = 0o7777
_FOR_A_NEW_FILE = 0o666


def replace_text(path: Path, text: str) -> None:
    """Make *text* what the file at *path* holds, as it stands, in UTF-8.

    Nobody ever sees half of it: the text is written beside the file and then takes its
    place. The file keeps its mode and its owner; where *path* is a link, the link stays and
    the file it leads to is replaced. A file that is not there is made.

    Raises:
        Refused: Where it cannot be written; the file is then as it was.
    """
    try:
        _replace(Path(os.path.realpath(path)), text.encode())
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError) -> Refused:
    """That *path* cannot be written, and why."""
    why = {
        PermissionError: "it, or the folder it is in, may not be written to",
        IsADirectoryError: "it is a folder",
        FileNotFoundError: "the folder it should be in is not there",
    }.get(type(error), (error.strerror or str(error)).lower())
    return Refused(f"`{path}` cannot be written: {why}", ("nothing in it was changed",))


def _replace(file: Path, data: bytes) -> None:
    before = _state(file)
    new = file.with_name(f".connectrules-{secrets.token_hex(8)}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    number = os.open(new, flags, _FOR_A_NEW_FILE)
    try:
        with os.fdopen(number, "wb") as written:
            written.write(data)
            written.flush()
            os.fsync(number)
        if before is not None:
            with contextlib.suppress(OSError, AttributeError):
                os.chown(new, before.st_uid, before.st_gid)
            new.chmod(before.st_mode & _PERMISSIONS)
        new.replace(file)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def _state(file: Path) -> os.stat_result | None:
    """What is known of *file*, if it is there; an error where it may not be replaced."""
    try:
        state = file.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(state.st_mode):
        raise IsADirectoryError
    if not stat.S_ISREG(state.st_mode):
        raise OSError(None, "it is a device or a pipe, and no file")
    if not os.access(file, os.W_OK):
        raise PermissionError
    return state
