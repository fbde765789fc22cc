"""A LinkedIn export, of one part or several."""

from collections import Counter
from collections.abc import Iterator, Sequence

import attrs

from connectrules.errors import SourceError
from connectrules.schema.contact import Contact
from connectrules.schema.suggestions import meant
from connectrules.schema.vocabulary import Vocabulary
from connectrules.sources.common.columns import Columns
from connectrules.sources.common.files import File
from connectrules.sources.common.report import FileTally, Tally
from connectrules.sources.linkedin import additions, layout, network
from connectrules.sources.linkedin.layout import Kind, Sheet
from connectrules.sources.linkedin.people import People, Person

UNTIL_2021 = "a LinkedIn export of the kind made until mid-2021"
FROM_2021 = "a LinkedIn export of the kind made from mid-2021 to mid-2023"
FROM_2023 = "a LinkedIn export of the kind made since mid-2023"
FROM_2026 = "a LinkedIn export of the kind made in 2026"
OF_ANY_ERA = "a part of a LinkedIn export"


@attrs.frozen
class Part:
    """Files of an export that came together.

    Attributes:
        name: What they came in.
        sheets: Those that are read.
        unused: How many others there are.
    """

    name: str
    sheets: tuple[Sheet, ...]
    unused: int = 0

    @property
    def era(self) -> str:
        """What the export is, by the layout that its connections have."""
        by_kind = {sheet.kind: sheet for sheet in self.sheets}
        messages = by_kind.get(layout.MESSAGES)
        connections = by_kind.get(layout.CONNECTIONS)
        if layout.NOTES in by_kind or (messages and messages.quoted):
            return FROM_2026
        if connections is None:
            return OF_ANY_ERA
        if connections.has("URL"):
            return FROM_2023
        return FROM_2021 if connections.preamble else UNTIL_2021


@attrs.frozen
class Export:
    """What an export holds.

    Attributes:
        contacts: Everybody in it, to be gone through once.
        me: The owner, where their profile is in it.
    """

    contacts: Iterator[Contact]
    me: Contact | None


def part(name: str, files: Sequence[File]) -> Part:
    """The export that *files*, out of one folder or zip called *name*, are.

    Raises:
        SourceError: Where they are none, one of them has another layout than its
            name says, or two have the same name.
    """
    kinds = [(file, layout.named(file.name)) for file in files]
    sheets = [layout.recognised(file, kind) for file, kind in kinds if kind]
    if not sheets:
        found = ", ".join(f"`{file.name}`" for file in files[:8]) or "no files"
        msg = (
            f"`{name}` is no export that is known: found {found}, expected files such as "
            f"`{layout.CONNECTIONS.name}`"
        )
        raise SourceError(msg, name)
    by_kind: dict[Kind, Sheet] = {}
    for sheet in sheets:
        first = by_kind.setdefault(sheet.kind, sheet)
        if first is not sheet:
            msg = (
                f"`{first.file.name}` and `{sheet.file.name}` are both `{sheet.kind.name}`: "
                "give each export as a path of its own"
            )
            raise SourceError(msg, f"{name}/{sheet.file.name}")
    return Part(name, tuple(sheets), len(files) - len(sheets))


def single(file: File) -> Part | None:
    """The part of an export that *file* is, if it has the columns of one."""
    kind = layout.named(file.name)
    sheet = layout.sheet(file, (kind,)) if kind else None
    sheet = sheet or layout.sheet(file, layout.KINDS)
    if sheet is None:
        return None
    if sheet.kind is not kind and sheet.kind in _GIVEN_OR_RECEIVED:
        msg = (
            f"`{file.name}` holds recommendations, given or received: its name is to say which, "
            "as in `" + "` or `".join(each.name for each in _GIVEN_OR_RECEIVED) + "`"
        )
        raise SourceError(msg, file.name)
    return Part(file.name, (sheet,))


_GIVEN_OR_RECEIVED = (layout.RECOMMENDATIONS_GIVEN, layout.RECOMMENDATIONS_RECEIVED)
_ADDITIONS = (
    (layout.ENDORSEMENTS_RECEIVED, additions.read_endorsements),
    (layout.ENDORSEMENTS_GIVEN, additions.read_endorsements),
    (layout.RECOMMENDATIONS_RECEIVED, additions.read_recommendations),
    (layout.RECOMMENDATIONS_GIVEN, additions.read_recommendations),
    (layout.NOTES, additions.read_notes),
)


def load(parts: Sequence[Part], vocabulary: Vocabulary[Contact], tally: Tally) -> Export:
    """Read *parts*, which are of one export, and merge them by key.

    Raises:
        SourceError: Where none of them makes people, or a row cannot be read.
    """
    for each in parts:
        tally.formats.append((each.name, each.era))
        if each.unused:
            files = "file is" if each.unused == 1 else "files are"
            tally.note(f"`{each.name}`: {each.unused} other {files} not used")
    return _Loading(_named_apart(parts), Columns.of(vocabulary), tally).export()


def _named_apart(parts: Sequence[Part]) -> list[Sheet]:
    """All sheets; where two files have one name, with their part's before it."""
    sheets = [(each.name, sheet) for each in parts for sheet in each.sheets]
    often = Counter(sheet.file.name for _, sheet in sheets)
    return [
        attrs.evolve(sheet, file=attrs.evolve(sheet.file, name=f"{name}/{sheet.file.name}"))
        if often[sheet.file.name] > 1 and name != sheet.file.name
        else sheet
        for name, sheet in sheets
    ]


@attrs.define
class _Loading:
    sheets: list[Sheet]
    columns: Columns
    tally: Tally
    people: People = attrs.field(factory=People)
    me: Person = attrs.field(factory=lambda: Person(key=network.ME))
    owners: frozenset[str] = frozenset()

    def export(self) -> Export:
        connections = self._of(layout.CONNECTIONS)
        invitations = self._of(layout.INVITATIONS)
        profiles = self._of(layout.PROFILE)
        if not connections and not invitations:
            names = ", ".join(f"`{sheet.file.name}`" for sheet in self.sheets)
            msg = (
                f"no people are in the export: found {names}, expected "
                f"`{layout.CONNECTIONS.name}` or `{layout.INVITATIONS.name}` with it"
            )
            raise SourceError(msg, self.sheets[0].file.name)
        for sheet in connections:
            network.read_connections(sheet, self.people, self.tally, self._counted(sheet))
        for sheet in invitations:
            self.owners |= network.read_invitations(
                sheet,
                self.people,
                self.tally,
                self._counted(sheet),
                pending_known=bool(connections),
            )
        if not connections:
            self.tally.note("without the connections nobody knows which invitations are pending")
        for sheet in profiles:
            network.read_profile(sheet, self.me, self.tally, self._counted(sheet))
        self._add()
        me = network.owner(self.me, self.owners) if profiles else None
        return Export(self.people.contacts(), me)

    def _add(self) -> None:
        into = additions.Gathered(self.people, self.columns, self.tally)
        for sheet in self._of(layout.MESSAGES):
            self._add_messages(sheet, into)
        for kind, read in _ADDITIONS:
            for sheet in self._of(kind):
                read(sheet, into, self._counted(sheet))
        into.settle()

    def _add_messages(self, sheet: Sheet, into: additions.Gathered) -> None:
        if not self.owners:
            name = self.me.get("name") or ""
            found = additions.owner_by_name(sheet, self.people, name)
            self.owners = frozenset([found] if found else [])
        if self.owners:
            additions.read_messages(sheet, self.owners, into, self._counted(sheet))
        else:
            self.tally.note(
                f"`{sheet.file.name}` was not read: neither the invitations nor the profile say "
                "for sure which sender is you"
            )

    def _of(self, kind: Kind) -> list[Sheet]:
        return [sheet for sheet in self.sheets if sheet.kind == kind]

    def _counted(self, sheet: Sheet) -> FileTally:
        counted = self.tally.file(sheet.file.name)
        names = (*sheet.kind.needed, *sheet.kind.known)
        for column in sheet.unknown():
            counted.unknown(column, lambda each: meant(each, names))
        return counted
