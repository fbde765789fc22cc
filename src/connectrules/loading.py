"""Policies from files: what is read of them, and where USE may look."""

import errno
import os
import posixpath
from pathlib import Path
from typing import BinaryIO

from connectrules.diagnostics import Diagnostic
from connectrules.resolve.uses import Loader
from connectrules.source import Source
from connectrules.syntax.parser import decode

MOST_READ = 16 * 2**20
"""How many bytes of a file are read at most, to say how far it is past the limit."""


def load_source(path: "str | os.PathLike[str]") -> Source | Diagnostic:
    """The text of the policy at *path*, or what keeps it from being one.

    Raises:
        OSError: Where the file cannot be read.
    """
    with Path(path).open("rb") as stream:
        return decode(limited(stream), str(path))


def limited(stream: BinaryIO) -> bytes:
    """All that *stream* holds.

    Raises:
        OSError: Where that is far more than a policy may have.
    """
    data = stream.read(MOST_READ + 1)
    if len(data) > MOST_READ:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return data


def folder_loader(folder: Path) -> Loader:
    """A loader that reads files in *folder* and below, and follows no link out of it."""

    def load(path: str) -> str:
        # Path.resolve() raises no OSError for a link that leads to itself.
        root = Path(os.path.realpath(folder))
        file = Path(os.path.realpath(root / posixpath.normpath(path)))
        if not file.is_relative_to(root):
            msg = "outside the policy's folder"
            raise OSError(None, msg)
        with file.open("rb") as stream:
            return limited(stream).decode("utf-8-sig")

    return load
