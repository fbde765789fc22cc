"""What was read, what was not, and why."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import attrs

from connectrules.schema.types import shown

NOTE = "note"
"""The field that a report never shows."""

MOST_CONFLICTS = 20
"""How many conflicts a report tells one by one."""

MOST_UNKNOWN = 100
"""How many unknown columns of a file a report names."""


@attrs.frozen
class FileReport:
    """What became of one file.

    Attributes:
        name: The file, without its folders.
        rows: How many records it holds, those skipped too.
        skipped: Why records were not used, and how many for each reason.
        unknown_columns: Columns that name nothing known, each with the name that was
            probably meant.
        unnamed_columns: How many more there are.
        like_keys: How many contacts are called by their line, for their name looks like
            a key.
    """

    name: str
    rows: int
    skipped: tuple[tuple[str, int], ...] = ()
    unknown_columns: tuple[tuple[str, str | None], ...] = ()
    unnamed_columns: int = 0
    like_keys: int = 0

    def lines(self) -> tuple[str, ...]:
        """The report in sentences."""
        skipped = "".join(f", {count:,} not used ({why})" for why, count in self.skipped)
        rows = f"`{self.name}`: {self.rows:,} {'row' if self.rows == 1 else 'rows'} read{skipped}"
        return (rows, *self.column_lines(), *self._like_keys())

    def _like_keys(self) -> tuple[str, ...]:
        """A sentence about names that are no keys."""
        match self.like_keys:
            case 0:
                return ()
            case 1:
                called = "1 contact is called by its line: its name looks like a key"
            case many:
                called = f"{many:,} contacts are called by their line: their names look like keys"
        return (f"`{self.name}`: {called}",)

    def column_lines(self) -> tuple[str, ...]:
        """A sentence for each unknown column."""
        told = (
            f"`{self.name}`: the column `{shown(column)}` is not known"
            + (f", did you mean `{meant}`?" if meant else "")
            for column, meant in self.unknown_columns
        )
        more = self.unnamed_columns
        rest = (
            f"`{self.name}`: {more:,} more {'column is' if more == 1 else 'columns are'} not known"
        )
        return (*told, *([rest] if more else []))


@attrs.frozen
class LoadReport:
    """What was read from the files of contacts.

    Attributes:
        formats: Each path and the format it was recognised as.
        files: What became of each file.
        conflicts: Values of one fact of one contact that differ between the
            parts of an export; the first was kept.
        notes: What else is worth knowing.
    """

    formats: tuple[tuple[str, str], ...]
    files: tuple[FileReport, ...]
    conflicts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def lines(self) -> tuple[str, ...]:
        """The report in sentences."""
        told = self.conflicts[:MOST_CONFLICTS]
        rest = len(self.conflicts) - len(told)
        return (
            *(f"`{path}` is read as {kind}" for path, kind in self.formats),
            *(line for file in self.files for line in file.lines()),
            *told,
            *([f"{rest:,} more values differ between the files"] if rest else []),
            *self.notes,
        )


@attrs.define
class FileTally:
    """A `FileReport` in the making."""

    name: str
    rows: int = 0
    skipped: Counter[str] = attrs.field(factory=Counter)
    unknown_columns: dict[str, str | None] = attrs.field(factory=dict)
    unnamed_columns: int = 0
    like_keys: int = 0

    def unknown(self, column: str, meant: Callable[[str], str | None]) -> None:
        """Count *column*, new and unknown; *meant* finds what it was probably meant to be."""
        if len(self.unknown_columns) < MOST_UNKNOWN:
            self.unknown_columns[column] = meant(column)
        else:
            self.unnamed_columns += 1

    def report(self) -> FileReport:
        """What is known so far."""
        return FileReport(
            self.name,
            self.rows,
            tuple(self.skipped.items()),
            tuple(self.unknown_columns.items()),
            self.unnamed_columns,
            self.like_keys,
        )


@attrs.define
class Tally:
    """A `LoadReport` in the making."""

    formats: list[tuple[str, str]] = attrs.field(factory=list)
    files: list[FileTally] = attrs.field(factory=list)
    conflicts: list[str] = attrs.field(factory=list)
    notes: dict[str, None] = attrs.field(factory=dict)

    def file(self, name: str) -> FileTally:
        """The tally of another file."""
        tally = FileTally(name)
        self.files.append(tally)
        return tally

    def note(self, text: str) -> None:
        """Note *text*, once."""
        self.notes[text] = None

    def conflict(self, key: str, name: str, kept: tuple[Any, str], other: tuple[Any, str]) -> None:
        """Note that two values of one fact of one contact differ, as (value, place) each."""
        if name == NOTE:
            self.conflicts.append(
                f"the notes about `{key}` differ in `{kept[1]}` and `{other[1]}`: the first is kept"
            )
            return
        self.conflicts.append(
            f"`{name}` of `{key}` is `{said(kept[0])}` in `{kept[1]}` and `{said(other[0])}` in "
            f"`{other[1]}`: the first is kept"
        )

    def report(self) -> LoadReport:
        """What is known so far."""
        return LoadReport(
            tuple(self.formats),
            tuple(file.report() for file in self.files),
            tuple(self.conflicts),
            tuple(self.notes),
        )


def said(value: Any) -> str:  # noqa: ANN401 - values are of any type
    """*value* as a report gives it."""
    match value:
        case bool():
            return "yes" if value else "no"
        case tuple():
            return "; ".join(value)
        case _:
            return str(value)
