"""Reading a LinkedIn export, beside csv.reader alone on the same file."""

import csv
from functools import partial
from pathlib import Path
from typing import Any

from racing import Race, Row

from connectrules import Contact, Vocabulary
from connectrules.sources.opening import open_contacts

ROWS = 30_000
_HEADER = (
    "First Name",
    "Last Name",
    "URL",
    "Email Address",
    "Company",
    "Position",
    "Connected On",
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def written(folder: Path) -> Path:
    """A file of connections as LinkedIn writes it, about people who do not exist."""
    path = folder / "Connections.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        file.write('Notes:\n"When exporting your connection data, some addresses miss."\n\n')
        writer = csv.writer(file)
        writer.writerow(_HEADER)
        for n in range(ROWS):
            writer.writerow(
                (
                    ("Ada", "Bob", "Cy", "Dora", "Eve")[n % 5],
                    ("Bramley", "Stone", "Marsh")[n % 3],
                    f"https://www.linkedin.com/in/example-{n}",
                    "" if n % 7 else f"someone-{n}@example.org",
                    f"Firm {n % 900}",
                    ("Consultant", "Head of Press", "Baker, and more")[n % 3],
                    f"{n % 28 + 1:02} {_MONTHS[n % 12]} {2008 + n % 18}",
                )
            )
    return path


def by_source(path: Path) -> int:
    """How many contacts the file holds."""
    return sum(1 for _ in open_contacts([path], Vocabulary.of(Contact)).contacts)


def by_reader(path: Path) -> int:
    """How many rows the file has, read to the end."""
    with path.open(newline="", encoding="utf-8") as file:
        return sum(1 for _ in csv.reader(file))


def made() -> None:
    """Make as many contacts as there are rows, out of values that are ready."""
    known = {"name": "Ada", "url": "https://example.org", "company": "Firm", "position": "Baker"}
    for _ in range(ROWS):
        Contact(key="x", follows_me=True, followed_by_me=True, **known)


def test_reading(benchmark: Any, race: Race, tmp_path: Path) -> None:  # noqa: ANN401 - a fixture
    """Each row makes a contact."""
    path = written(tmp_path)
    assert by_source(path) == by_reader(path) - 4 == ROWS
    benchmark.group = "reading"
    row = Row("reading a LinkedIn export, a row", ROWS, beside="`csv.reader` alone", target=4)
    race(partial(by_source, path), partial(by_reader, path), row, rounds=5)


def test_making_contacts(benchmark: Any, race: Race, tmp_path: Path) -> None:  # noqa: ANN401 - a fixture
    """What a program pays that makes its contacts itself."""
    path = written(tmp_path)
    benchmark.group = "reading"
    row = Row("making a `Contact` of values that are ready", ROWS, beside="`csv.reader` alone")
    race(made, partial(by_reader, path), row, rounds=5)
