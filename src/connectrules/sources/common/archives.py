"""The files of a downloaded export, in a folder or a zip."""

import io
import os
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import BinaryIO, cast

from connectrules.errors import SourceError
from connectrules.schema.types import shown
from connectrules.sources.common.files import DAMAGE, Capped, File, damaged, on_disk

MEMBERS_LIMIT = 10_000
"""The most members a zip may have."""

MEMBER_LIMIT = 4 * 2**30
"""The most that one member of a zip may unpack to, in bytes."""

SWELLING_LIMIT = 250
"""How many times its packed size a member may unpack to, where that is more than a little."""

LITTLE = 16 * 2**20
"""What a member may unpack to in any case, in bytes."""

DIRECTORY_LIMIT = 4 * 2**20
"""The longest list of members that is read, in bytes."""

_PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


def in_folder(folder: Path) -> tuple[File, ...]:
    """The files that lie in *folder* itself, by name.

    Raises:
        SourceError: Where it cannot be listed, or a link in it points outside.
    """
    try:
        paths = sorted(folder.iterdir())
        root = os.path.realpath(folder)
        for path in paths:
            # Unlike Path.resolve, realpath takes links in a circle in every Python.
            if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(root):
                msg = f"`{path.name}` is a link that points outside the folder"
                raise SourceError(msg, f"{folder.name}/{path.name}")
        return tuple(on_disk(path) for path in paths if path.is_file())
    except OSError as error:
        raise damaged(folder.name, error) from error


def in_zip(path: Path) -> tuple[File, ...]:
    """The files in the zip at *path*: at its root, or in the one folder it has there.

    Raises:
        SourceError: Where it is damaged or has too many members, or where a
            member is a link, encrypted, there twice, or has a path that leads
            outside.
    """
    try:
        with _opened(path) as archive:
            infos = archive.infolist()
    except SourceError:
        raise
    except DAMAGE as error:
        raise damaged(path.name, error) from error
    if len(infos) > MEMBERS_LIMIT:
        msg = f"`{path.name}` has {len(infos):,} members, and at most {MEMBERS_LIMIT:,} are read"
        raise SourceError(msg, path.name)
    seen: set[str] = set()
    for info in infos:
        fault = _fault(info, seen)
        if fault:
            msg = f"`{shown(info.filename)}` {fault}"
            raise SourceError(msg, f"{path.name}/{shown(info.filename)}")
        seen.add(info.filename)
    members = [info for info in infos if not info.is_dir() and not _litter(info.filename)]
    tops = {PurePosixPath(info.filename).parts[0] for info in members}
    depth = 1 if any("/" not in info.filename for info in members) or len(tops) != 1 else 2
    return tuple(
        _member(path, info) for info in members if len(PurePosixPath(info.filename).parts) == depth
    )


class _Guarded(io.FileIO):
    """A zip whose list of members is not read where it is too long."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Read as ever, but not *size* bytes at once where no honest zip needs as many."""
        if size is not None and size > DIRECTORY_LIMIT:
            name = PurePosixPath(os.fsdecode(self.name)).name
            msg = f"`{name}` has too many members: at most {MEMBERS_LIMIT:,} are read"
            raise SourceError(msg, name)
        return super().read(size) or b""


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    with _Guarded(path) as file, zipfile.ZipFile(file) as archive:
        yield archive


def _litter(name: str) -> bool:
    """Whether a member is what an operating system adds of its own."""
    return name.startswith("__MACOSX/") or PurePosixPath(name).name.startswith(".")


def _fault(info: zipfile.ZipInfo, seen: set[str]) -> str | None:
    name = info.orig_filename
    if name != info.filename and "\0" in name:
        return "has a NUL in its name"
    if PureWindowsPath(name).drive or name.startswith(("/", "\\")):
        return "has an absolute path"
    if ".." in PureWindowsPath(name).parts or not PurePosixPath(name).parts:
        return "has a path that leads outside the zip"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "is a link"
    if info.flag_bits & 1:
        return "is encrypted"
    if info.filename in seen:
        return "is in the zip twice"
    return None


def _member(path: Path, info: zipfile.ZipInfo) -> File:
    name = PurePosixPath(info.filename).name

    @contextmanager
    def opened() -> Iterator[BinaryIO]:
        mib = MEMBER_LIMIT // 2**20
        where = f"{path.name}/{name}"
        refusal = SourceError(f"`{name}` unpacks to more than {mib:,} MiB", where)
        if info.file_size > max(SWELLING_LIMIT * info.compress_size, LITTLE):
            msg = f"`{name}` unpacks to more than {SWELLING_LIMIT} times its size in the zip"
            raise SourceError(msg, where)
        if info.compress_type not in _PACKINGS:
            msg = f"`{name}` is packed in a way that is not read: pack it the usual way (deflate)"
            raise SourceError(msg, where)
        with _opened(path) as archive, archive.open(info) as stream:
            capped = Capped(cast("io.BufferedIOBase", stream), MEMBER_LIMIT, refusal)
            yield cast("BinaryIO", io.BufferedReader(capped, 2**16))

    return File(name, opened)
