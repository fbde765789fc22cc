"""Short ways to write files and read contacts from them."""

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
import pytest

from connectrules import Contact, Fact, SourceError, Vocabulary
from connectrules.schema.types import CountType, Number, OneOf, TextList, YesNo
from connectrules.sources import LoadReport, open_contacts

ERAS = Path(__file__).parents[1] / "fixtures" / "linkedin"

VOCABULARY = Vocabulary.of(Contact).declaring(
    Fact("is a recruiter", YesNo()),
    Fact("score", Number()),
    Fact("talks given", CountType()),
    Fact("relationship", OneOf(("client", "peer"))),
    Fact("languages", TextList()),
)


def write(path: Path, content: str | bytes) -> Path:
    """Write *content* to *path*, and give the path back."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def export(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """A folder with *files*."""
    for name, content in files.items():
        write(folder / name, content)
    return folder


def zipped(path: Path, files: Mapping[str, str | bytes]) -> Path:
    """A zip with *files*."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def files_of(folder: Path) -> dict[str, bytes]:
    """The files in *folder*, by name."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def read(*paths: Path) -> list[Contact]:
    """The contacts in *paths*."""
    return list(open_contacts(paths, VOCABULARY).contacts)


def by_key(*paths: Path) -> dict[str, Contact]:
    """The contacts in *paths*, by key."""
    return {contact.key: contact for contact in read(*paths)}


def report(*paths: Path) -> LoadReport:
    """The report of reading *paths* to their end."""
    loaded = open_contacts(paths, VOCABULARY)
    list(loaded.contacts)
    return loaded.report


def refusal(*paths: Path) -> tuple[str, str]:
    """Why *paths* cannot be read, and where."""
    with pytest.raises(SourceError) as caught:
        read(*paths)
    return str(caught.value), caught.value.where


def known(contact: Contact) -> dict[str, Any]:
    """What is known of *contact*, by attribute, with what stands beside its fields."""
    fields = attrs.asdict(contact, recurse=False)
    for name in ("key", "other", "origins"):
        del fields[name]
    return {name: value for name, value in fields.items() if value is not None} | {**contact.other}
