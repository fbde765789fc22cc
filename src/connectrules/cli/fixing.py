"""What `check` reads, and with `--fix` mends."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import quote

import attrs

from connectrules.cli.policies import STDIN, read_stdin
from connectrules.cli.problems import Refused, unreadable
from connectrules.cli.writing import replace_text
from connectrules.diagnostics import Diagnostic
from connectrules.errors import PolicyError
from connectrules.fixes import mend
from connectrules.loading import folder_loader, limited
from connectrules.policy import check as check_source
from connectrules.render.sarif import Checked
from connectrules.source import Source
from connectrules.syntax.parser import decode

_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"

Check = Callable[[Source], tuple[Diagnostic, ...]]


@attrs.frozen
class Found:
    """What was found in one text.

    Attributes:
        source: The text, as it is when all is done.
        diagnostics: What is wrong with it then.
        fixed: What was mended before.
        path: The file, if it is one.
    """

    source: Source
    diagnostics: tuple[Diagnostic, ...]
    fixed: tuple[Diagnostic, ...] = ()
    path: Path | None = None

    def checked(self) -> Checked:
        """The same, with the addresses of all texts that have diagnostics."""
        names = {self.source.name, *(each.source.name for each in self.diagnostics)}
        return Checked(
            self.source,
            self.diagnostics,
            {name: self._address(name) for name in names},
            is_file=self.path is not None,
        )

    def _address(self, name: str) -> str:
        """Where the text called *name* is; those that a policy uses are called from its folder."""
        if self.path is None:
            return quote(name)
        path = self.path if name == self.source.name else self.path.parent / name
        return _address(path)


def given(source: Source, *, fix: bool) -> Found:
    """What is found in a text that is no file; no USE is followed from it."""
    return _found(source, check_source, fix=fix)


def standard_input(*, fix: bool) -> Found:
    """What is found in the text on standard input."""
    try:
        source = read_stdin()
    except PolicyError as error:
        if fix:
            raise  # a filter that cannot read passes nothing on
        return Found(error.diagnostics[0].source, error.diagnostics)
    return given(source, fix=fix)


def file(path: Path, *, fix: bool) -> Found:
    """What is found in the file at *path*, which is written anew where it was mended.

    Raises:
        Refused: Where it cannot be read, or written.
    """
    if path == STDIN:
        return standard_input(fix=fix)
    data = _read(path)
    source = decode(data, str(path))
    if isinstance(source, Diagnostic):
        return Found(source.source, (source,), path=path)
    check = partial(check_source, loader=folder_loader(path.parent))
    found = attrs.evolve(_found(source, check, fix=fix), path=path)
    if found.source.text != source.text:
        if _read(path) != data:
            msg = f"`{path}` was changed by somebody else while it was read"
            raise Refused(msg, ("check it once more",))
        mark = _BOM if data.startswith(_BOM.encode()) else ""
        replace_text(path, mark + found.source.text)
    return found


def _found(source: Source, check: Check, *, fix: bool) -> Found:
    if not fix:
        return Found(source, check(source))
    mended = mend(source, check)
    return Found(mended.source, mended.left, mended.fixed)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return limited(stream)
    except OSError as error:
        raise unreadable(path, error) from error


def _address(path: Path) -> str:
    """The address of the file at *path*, from the folder we are in; whole where it is elsewhere."""
    if path.is_absolute():
        here = Path.cwd()
        if not path.is_relative_to(here):
            return path.as_uri()
        path = path.relative_to(here)
    return quote(os.fsencode(path.as_posix()))
