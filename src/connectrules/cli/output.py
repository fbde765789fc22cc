"""`--output`: a file of verdicts, in the form that its ending says."""

import re
from collections.abc import Sequence
from pathlib import Path

from connectrules.bulk.rows import Row
from connectrules.cli.policies import STDIN
from connectrules.cli.problems import Refused
from connectrules.cli.writing import Replacing, unwritable
from connectrules.errors import SourceError
from connectrules.render.lines import COLUMNS
from connectrules.sources.common.columns import CONTACT
from connectrules.sources.common.files import LINE_LIMIT
from connectrules.sources.parquet import columns_in

PARQUET = "parquet"
FORMS = {".csv": "csv", ".json": "json", ".jsonl": "json", ".parquet": PARQUET}
"""The form that each ending says."""

_MOST_HELD = 1_000
_BEGINS = {
    "csv": re.compile(re.escape(f"{','.join(COLUMNS)}\n").encode()),
    "json": re.compile(rb'\{"%b": "(?:[^"\\\n]|\\.)*", "(?:decision|error)": ' % CONTACT.encode()),
    PARQUET: re.compile(b"PAR1"),
}
"""What a file of verdicts begins with."""
_NOTHING_CHANGED = "give the verdicts another name; nothing in the file was changed"


def form_of(path: Path, chosen: str | None) -> str:
    """The form that the file at *path* is written in; *chosen* is what ``--format`` says.

    Raises:
        Refused: Where there is no such form, or the two differ.
    """
    if path == STDIN:
        msg = "`--output -`: verdicts go to standard output without it, and `-` names no file"
        raise Refused(
            msg, ("leave --output out, or give it a name, as in `--output verdicts.csv`",)
        )
    form = FORMS.get(path.suffix.lower())
    if form is None:
        others = {".html": "`--html FILE` writes a page", ".htm": "`--html FILE` writes a page"}
        endings = ", ".join(f"`{ending}`" for ending in FORMS)
        help_ = others.get(path.suffix.lower(), f"give it one of the endings {endings}")
        msg = f"`{path}` does not say by its ending what to write"
        raise Refused(msg, (help_,))
    if chosen is not None and chosen != form:
        msg = f"`--format {chosen}` and `--output {path}` do not go together"
        raise Refused(msg, ("leave --format out: the ending says the form",))
    return form


def refuse_to_replace(path: Path, form: str, read: Sequence[Path]) -> None:
    """Refuse to write verdicts where something else is already.

    Args:
        path: Where they are to go.
        form: The form they will have.
        read: The files that are read for them.

    Raises:
        Refused: Where *path* holds anything but verdicts in that form, or is one of *read*.
    """
    try:
        if any(path.exists() and each.exists() and path.samefile(each) for each in read):
            msg = f"`{path}` is read, and cannot be written to as well"
            raise Refused(msg, (_NOTHING_CHANGED,))
        if not path.is_file():
            return
        is_ours = _holds_verdicts(path, form)
    except OSError as error:
        raise unwritable(path, error) from error
    if not is_ours:
        msg = f"`{path}` is there already, and holds no verdicts"
        raise Refused(msg, (_NOTHING_CHANGED,))


def _holds_verdicts(path: Path, form: str) -> bool:
    with path.open("rb") as file:
        begins = file.readline(LINE_LIMIT)
    is_ours = not begins or _BEGINS[form].match(begins) is not None
    if not begins or not is_ours or form != PARQUET:
        return is_ours
    try:
        return tuple(each.name for each in columns_in(path)) == Row._fields
    except SourceError:
        return False


class FileLines:
    """A file in whole lines, as `console.Lines` is standard output."""

    def __init__(self, file: Replacing) -> None:
        """The lines of *file*."""
        self._file = file
        self._held: list[str] = []

    def add(self, line: str) -> None:
        """Write *line*, soon."""
        self._held.append(line)
        if len(self._held) == _MOST_HELD:
            self.flush()

    def flush(self) -> None:
        """Write what is held."""
        if self._held:
            self._file.write("".join(f"{line}\n" for line in self._held))
            self._held.clear()
