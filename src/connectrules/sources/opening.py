"""Contacts from paths, whatever they are: the format is found by content."""

from collections.abc import Iterator, Sequence
from os import PathLike
from pathlib import Path

import attrs

from connectrules.errors import SourceError
from connectrules.schema.contact import Contact
from connectrules.schema.types import shown
from connectrules.schema.vocabulary import Vocabulary
from connectrules.sources import linkedin
from connectrules.sources.common.archives import in_folder, in_zip
from connectrules.sources.common.columns import KEY, Columns
from connectrules.sources.common.files import File, head, on_disk
from connectrules.sources.common.records import Builder, Records, twice
from connectrules.sources.common.report import LoadReport, Tally
from connectrules.sources.objects import objects
from connectrules.sources.parquet import MARK, SUFFIX, Describe, columns_in, parquet
from connectrules.sources.tables import table

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_START = 4096


@attrs.frozen
class Loaded:
    """Contacts from files.

    Attributes:
        contacts: The contacts in the order of the files, to be gone through once.
        me: The owner's own record, where an export has the profile; else None.
    """

    contacts: Iterator[Contact]
    me: Contact | None
    _tally: Tally = attrs.field(repr=False)

    @property
    def report(self) -> LoadReport:
        """What was read so far; final once the contacts have been gone through."""
        return self._tally.report()


def open_contacts(paths: Sequence[str | PathLike[str]], vocabulary: Vocabulary[Contact]) -> Loaded:
    """Open files of contacts, to be judged by a policy.

    A path is a CSV, JSON, JSON Lines or Parquet file, or a LinkedIn export: a
    folder, a zip or one file of it. What a file is, is found by looking at it. All
    that is of an export makes one set of contacts, merged by key; other files
    follow one another. Tables and JSON Lines are read a record at a time, while one
    goes through the contacts.

    Args:
        paths: The files, in a list.
        vocabulary: What columns may speak of: the policy's, as
            ``policy.vocabulary``, so that its own FACT and ASK lines are read too.

    Raises:
        SourceError: Where one of them cannot be read or its layout is not known;
            going through the contacts raises it for their rows.
    """
    if isinstance(paths, str | PathLike):
        msg = "the paths of files of contacts are given in a list"
        raise TypeError(msg)
    columns = Columns.of(vocabulary)
    tally = Tally()
    parts: list[linkedin.Part] = []
    plain: list[Records] = []
    for path in map(Path, paths):
        found = recognised(path, columns)
        if isinstance(found, Records):
            require_known(found, columns)
            tally.formats.append((path.name, found.format))
            plain.append(found)
        else:
            parts.append(found)
    export = linkedin.load(parts, vocabulary, tally) if parts else None
    contacts = _chained(export, plain, columns, tally, qualified=len(paths) > 1)
    return Loaded(contacts, export.me if export else None, tally)


def plain_records(path: Path, columns: Columns, describe: Describe = columns_in) -> Records:
    """The records of the CSV, JSON, JSON Lines or Parquet file at *path*.

    Args:
        path: The file.
        columns: What its columns may speak of.
        describe: Tells what columns it has, if it is in Parquet.

    Raises:
        SourceError: Where it is none of these.
    """
    file = _existing(path)
    start = head(file, _START)
    if start.startswith(MARK):
        return parquet(path, columns, describe)
    if path.suffix.lower() == SUFFIX:
        msg = f"`{path.name}` is no Parquet file, or damaged"
        raise SourceError(msg, path.name)
    if start.startswith(_ZIP):
        msg = f"`{path.name}` is a zip: expected a CSV, JSON or JSON Lines file"
        raise SourceError(msg, path.name)
    marks = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    return (objects if marks.startswith((b"{", b"[")) else table)(file, columns)


def _existing(path: Path) -> File:
    if not path.is_file():
        if path.exists():
            msg = f"`{path}` is neither a file nor a folder"
            raise SourceError(msg, path.name)
        msg = f"`{path}` is not there"
        help_ = f"see how it is spelt, and say where it is, as in `Downloads/{path.name}`"
        raise SourceError(msg, path.name, (help_,))
    return on_disk(path)


def _refuse_others(path: Path) -> None:
    """Refuse a file whose ending says that it holds no contacts."""
    what = _OTHERS.get(path.suffix.lower())
    if what is None:
        return
    help_ = "contacts stand in a CSV, JSON or JSON Lines file, or in an export"
    msg = f"`{path.name}` is {what}, and no file of contacts"
    raise SourceError(msg, path.name, (help_ + _SAVED.get(what, ""),))


_SPREADSHEET, _DOCUMENT = "a spreadsheet", "a document"
_OTHERS = {
    ".policy": "a policy",
    **dict.fromkeys((".xlsx", ".xls", ".ods", ".numbers"), _SPREADSHEET),
    **dict.fromkeys((".docx", ".doc", ".odt", ".pdf", ".rtf", ".pages"), _DOCUMENT),
    **dict.fromkeys((".vcf",), "a file of address cards"),
}
_SAVED = {_SPREADSHEET: ": save it as CSV (UTF-8)"}


def recognised(
    path: Path, columns: Columns, describe: Describe = columns_in
) -> "linkedin.Part | Records":
    """What the file or folder at *path* is: part of an export, or records; see `plain_records`.

    Raises:
        SourceError: Where it is neither, or cannot be read.
    """
    if path.is_dir():
        return linkedin.part(path.name or str(path), in_folder(path))
    file = _existing(path)
    _refuse_others(path)
    if head(file, len(_ZIP[0])).startswith(_ZIP):
        return linkedin.part(path.name, in_zip(path))
    is_text = not head(file, len(MARK)).startswith(MARK)
    return (is_text and linkedin.single(file)) or plain_records(path, columns, describe)


def require_known(records: Records, columns: Columns) -> None:
    """Raise SourceError where none of the columns of *records* is known."""
    if records.columns is not None and not any(map(columns.known, records.columns)):
        found = ", ".join(f"`{shown(column)}`" for column in records.columns[:8])
        msg = (
            f"the layout of `{records.file.name}` is not known: found the columns {found}, "
            f"expected `{KEY}`, `name` or facts such as `followers`"
        )
        raise SourceError(msg, records.file.name)


def _chained(
    export: "linkedin.Export | None",
    plain: Sequence[Records],
    columns: Columns,
    tally: Tally,
    *,
    qualified: bool,
) -> Iterator[Contact]:
    seen: dict[str, str | int] = {}
    if export and not plain:
        yield from export.contacts
    elif export:
        for contact in export.contacts:
            seen[contact.key] = contact.origins.get("name", "")
            yield contact
    for records in plain:
        file = records.file
        counted = tally.file(file.name)
        builder = Builder(records, columns, counted, f"{file.name} " if qualified else "")
        for record in records.read():
            counted.rows += 1
            contact = builder.contact(record)
            place = file.where(record.line)
            first = seen.setdefault(contact.key, place)
            if first is not place:
                raise twice(contact.key, str(first), place)
            yield contact
