"""The files of a LinkedIn export: their names, their columns, and how a header is found."""

import re
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from operator import itemgetter

import attrs

from connectrules.errors import SourceError
from connectrules.sources.common.files import HEADER_LINES, File, head, rows

PREAMBLE_ROWS = 20
"""How many rows may stand before a header."""

_DELIMITERS = (",", ";", "\t")
_SUFFIX = re.compile(r"([ _-]*\(\d+\)|[ _-]+\d+)*$")


@attrs.frozen
class Kind:
    """One of the files of an export.

    Attributes:
        name: What the file is called.
        needed: Columns that it has in every era, and by which it is recognised.
        known: Columns that it may have besides.
    """

    name: str
    needed: tuple[str, ...]
    known: tuple[str, ...] = ()

    @property
    def stem(self) -> str:
        """Its name as names of files are compared."""
        return stem(self.name)


CONNECTIONS = Kind(
    "Connections.csv",
    ("First Name", "Last Name", "Connected On"),
    ("URL", "Email Address", "Company", "Position"),
)
INVITATIONS = Kind(
    "Invitations.csv",
    ("From", "To", "Sent At", "Message", "Direction"),
    ("inviterProfileUrl", "inviteeProfileUrl"),
)
MESSAGES = Kind(
    "messages.csv",
    ("FROM", "SENDER PROFILE URL", "TO", "DATE"),
    (
        "CONVERSATION ID",
        "CONVERSATION TITLE",
        "RECIPIENT PROFILE URLS",
        "SUBJECT",
        "CONTENT",
        "FOLDER",
        "ATTACHMENTS",
        "IS MESSAGE DRAFT",
        "IS CONVERSATION DRAFT",
    ),
)
ENDORSEMENTS_RECEIVED = Kind(
    "Endorsement_Received_Info.csv",
    (
        "Endorser First Name",
        "Endorser Last Name",
        "Endorser Public Url",
        "Endorsement Status",
    ),
    ("Endorsement Date", "Skill Name"),
)
ENDORSEMENTS_GIVEN = Kind(
    "Endorsement_Given_Info.csv",
    (
        "Endorsee First Name",
        "Endorsee Last Name",
        "Endorsee Public Url",
        "Endorsement Status",
    ),
    ("Endorsement Date", "Skill Name"),
)
_RECOMMENDATION = ("First Name", "Last Name", "Company", "Creation Date", "Status")
RECOMMENDATIONS_RECEIVED = Kind(
    "Recommendations_Received.csv", _RECOMMENDATION, ("Job Title", "Text")
)
RECOMMENDATIONS_GIVEN = Kind("Recommendations_Given.csv", _RECOMMENDATION, ("Job Title", "Text"))
NOTES = Kind(
    "Notes.csv",
    (
        "Connection First Name",
        "Connection Last Name",
        "Connection Profile URL",
        "Note",
    ),
    ("Created On", "Edited On"),
)
PROFILE = Kind(
    "Profile.csv",
    ("First Name", "Last Name", "Headline", "Summary", "Industry", "Geo Location"),
    (
        "Maiden Name",
        "Address",
        "Birth Date",
        "Zip Code",
        "Twitter Handles",
        "Websites",
        "Instant Messengers",
    ),
)
KINDS = (
    CONNECTIONS,
    INVITATIONS,
    MESSAGES,
    ENDORSEMENTS_RECEIVED,
    ENDORSEMENTS_GIVEN,
    RECOMMENDATIONS_RECEIVED,
    RECOMMENDATIONS_GIVEN,
    NOTES,
    PROFILE,
)


def stem(name: str) -> str:
    """*name* of a file as such names are compared: no case, spaces, underscores or number."""
    base = name.lower().removesuffix(".csv")
    return re.sub(r"[ _-]", "", _SUFFIX.sub("", base))


@attrs.frozen
class Sheet:
    """A file of an export whose header has been found.

    Attributes:
        file: The file.
        kind: Which of the files it is.
        delimiter: What separates its cells.
        line: The line its header begins on, from 1.
        columns: The header's cells; names may repeat.
        preamble: Whether something stands before the header.
        resaved: Whether a spreadsheet saved it again: a byte order mark, or lines
            that end with a carriage return.
        quoted: Whether its header is quoted.
    """

    file: File
    kind: Kind
    delimiter: str
    line: int
    columns: tuple[str, ...]
    preamble: bool
    resaved: bool
    quoted: bool

    def has(self, column: str) -> bool:
        """Whether it has *column*."""
        return _plain(column) in self._names()

    def unknown(self) -> tuple[str, ...]:
        """The columns that no era of this file is known to have."""
        known = {_plain(name) for name in (*self.kind.needed, *self.kind.known)}
        return tuple(name for name in self.columns if name and _plain(name) not in known)

    def rows(self, *wanted: str) -> Iterator[tuple[int, list[str]]]:
        """The rows, each with its line and its cells of the *wanted* columns.

        The cells have no white space around them; a column that the file lacks
        is empty. At least two columns are wanted, and no other cell is kept.

        Raises:
            SourceError: Where a row cannot be read or has too many cells, or where
                a wanted column is there twice.
        """
        names = self._names()
        for name in map(_plain, wanted):
            if names.count(name) > 1:
                column = self.columns[names.index(name)]
                msg = f"the column `{column}` is there twice"
                raise SourceError(msg, self.file.where(self.line))
        width = len(names)
        pick = itemgetter(*(names.index(n) if n in names else width for n in map(_plain, wanted)))
        header, strip = self.line, str.strip
        for line, row in rows(self.file, self.delimiter):
            if line <= header:
                continue
            short = width - len(row)
            if short < 0:
                msg = f"the row has {len(row)} cells and the header {width}"
                raise SourceError(msg, self.file.where(line))
            if short:
                row.extend([""] * short)
            row.append("")
            yield line, [*map(strip, pick(row))]

    def _names(self) -> list[str]:
        return list(map(_plain, self.columns))


def _plain(column: str) -> str:
    return " ".join(column.lower().split())


def named(name: str) -> Kind | None:
    """The kind of the file called *name*."""
    found = stem(name) if name.lower().endswith(".csv") else None
    return next((kind for kind in KINDS if kind.stem == found), None)


def sheet(file: File, kinds: tuple[Kind, ...]) -> Sheet | None:
    """*file* as the first of *kinds* whose columns it has."""
    for delimiter in _DELIMITERS:
        for line, cells in _start(file, delimiter):
            names = {_plain(cell) for cell in cells}
            for kind in kinds:
                if names.issuperset(map(_plain, kind.needed)):
                    return _sheet(file, kind, delimiter, line, cells)
    return None


def _start(file: File, delimiter: str) -> list[tuple[int, list[str]]]:
    """The rows the header may be among, as far as they can be read."""
    found = []
    with closing(rows(file, delimiter, within=HEADER_LINES)) as reading:
        try:
            for line, row in islice(reading, PREAMBLE_ROWS):
                found.append((line, [cell.strip() for cell in row]))
        except SourceError:
            return found
    return found


def _sheet(file: File, kind: Kind, delimiter: str, line: int, cells: list[str]) -> Sheet:
    start = head(file, 4096)
    marked = start.startswith(b"\xef\xbb\xbf")
    first = start.split(b"\n", 1)[0]
    return Sheet(
        file=file,
        kind=kind,
        delimiter=delimiter,
        line=line,
        columns=tuple(cells),
        preamble=line > 1,
        resaved=marked or first.endswith(b"\r"),
        quoted=first.removeprefix(b"\xef\xbb\xbf").startswith(b'"'),
    )


def recognised(file: File, kind: Kind) -> Sheet:
    """*file*, which is named like *kind*.

    Raises:
        SourceError: Where it does not have the columns, or its start cannot be read.
    """
    found = sheet(file, (kind,))
    if found:
        return found
    with closing(rows(file, _DELIMITERS[0], within=HEADER_LINES)) as reading:
        start = next((row for _, row in list(islice(reading, PREAMBLE_ROWS))), [])
    cells = ", ".join(f"`{cell[:40]}`" for cell in start[:8]) or "nothing"
    expected = ", ".join(f"`{name}`" for name in kind.needed)
    msg = (
        f"the layout of `{file.name}` is not known: found {cells}, expected the columns {expected}"
    )
    raise SourceError(msg, file.name)
