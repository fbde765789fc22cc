"""Files that commands write: all at once, or not at all."""

import contextlib
import errno
import os
import re
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from connectrules.cli.problems import Refused

_PERMISSIONS = 0o7777
_FOR_A_NEW_FILE, _FOR_A_PRIVATE_FILE = 0o666, 0o600
_OF_THE_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
_UNFINISHED = re.compile(r"\.connectrules-[0-9a-f]{16}")


def replace_text(path: Path, text: str, *, private: bool = False) -> None:
    """Make *text* what the file at *path* holds, as it stands, in UTF-8.

    Nobody ever sees half of it: the text is written beside the file and then takes its
    place. The file keeps its mode and its owner; where *path* is a link, the link stays and
    the file it leads to is replaced. A file that is not there is made, for the
    user alone if it is *private*.

    Raises:
        Refused: Where it cannot be written; the file is then as it was.
    """
    with Replacing(path, private=private) as file:
        file.write(text)


class Replacing:
    """A file as it is written piece by piece; see `replace_text`.

    It takes its place where the `with` block ends, and is gone where that is left by an
    exception; its own are `Refused`. What a process that was killed left half-written in the
    folder goes as well.
    """

    def __init__(self, path: Path, *, private: bool = False) -> None:
        """The file that *path* is to be, *private* where it is new."""
        self._mode = _FOR_A_PRIVATE_FILE if private else _FOR_A_NEW_FILE
        self._path, self._file = path, Path(os.path.realpath(path))
        self._new = self._file.with_name(f".connectrules-{secrets.token_hex(8)}")

    def __enter__(self) -> Self:
        """Begin it beside the one that is there."""
        with self._telling():
            self._before = _state(self._file)
            _sweep(self._file.parent)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
            self._stream = os.fdopen(os.open(self._new, flags, self._mode), "wb")
            _lock(self._stream.fileno())
        return self

    @property
    def unfinished(self) -> Path:
        """Where it is until it takes its place, for whoever writes into it by its name."""
        return self._new

    def write(self, text: str) -> None:
        """Write *text* at its end, as it stands, in UTF-8."""
        with self._telling():
            self._stream.write(text.encode())

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Put it in its place, or away."""
        try:
            if kind is None:
                with self._telling():
                    self._finish()
            elif isinstance(error, OSError) and error.errno in _OF_THE_DISK:
                raise unwritable(self._path, error) from error
        finally:
            with contextlib.suppress(OSError):
                self._stream.close()
            self._new.unlink(missing_ok=True)

    def _finish(self) -> None:
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._stream.close()
        if self._before is not None:
            with contextlib.suppress(OSError, AttributeError):
                os.chown(self._new, self._before.st_uid, self._before.st_gid)
            self._new.chmod(self._before.st_mode & _PERMISSIONS)
        self._new.replace(self._file)

    @contextlib.contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise unwritable(self._path, error) from error


def _sweep(folder: Path) -> None:
    """Take away what nobody goes on writing in *folder*."""
    with contextlib.suppress(OSError):
        for file in folder.iterdir():
            if _UNFINISHED.fullmatch(file.name) and file.is_file() and not file.is_symlink():
                _take_away(file)


def _take_away(file: Path) -> None:
    """Take *file* away, unless somebody is writing it: it is locked then, or cannot go."""
    with contextlib.suppress(OSError), file.open("rb") as stream:
        if _lock(stream.fileno()):
            file.unlink()


def _lock(file: int) -> bool:
    """Lock *file* as long as it is open; whether that could be done."""
    try:
        import fcntl  # noqa: PLC0415 - Windows has none, and takes no open file away
    except ModuleNotFoundError:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def unwritable(path: Path, error: OSError) -> Refused:
    """That *path* cannot be written, and why."""
    why = {
        PermissionError: "it, or the folder it is in, may not be written to",
        IsADirectoryError: "it is a folder",
        FileNotFoundError: "the folder it should be in is not there",
    }.get(type(error), (error.strerror or str(error)).lower())
    return Refused(f"`{path}` cannot be written: {why}", ("nothing in it was changed",))


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
