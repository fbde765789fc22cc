"""Where answers are kept, and which files are stores."""

import sys
from pathlib import Path

import pytest

from connectrules.store import StoreError, default_path, is_lasting, is_store
from tests.store.helpers import filled


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other folders")
def test_they_are_in_the_folder_of_the_users_data(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system has such things."""
    monkeypatch.setenv("XDG_DATA_HOME", "/somewhere/data")

    assert default_path() == Path("/somewhere/data/connectrules/answers.db")


def test_without_the_extra_a_file_has_to_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is known to a package of the extra."""
    monkeypatch.setitem(sys.modules, "platformdirs", None)
    with pytest.raises(StoreError) as error:
        default_path()

    assert (str(error.value), error.value.help) == (
        "where your answers are kept is known to an extra that is not installed",
        ('pip install "connectrules[cli]"', "or name the file that keeps them"),
    )


def test_a_store_is_known_by_how_it_begins(path: Path) -> None:
    """Not by what it is called."""
    filled(path)
    table = path.with_name("table.db")
    table.write_text("key,met\n", encoding="utf-8")

    found = [is_store(each) for each in (path, table, path.parent, path / "x", Path("gone"))]
    assert found == [True, False, False, False, False]


@pytest.mark.parametrize(
    ("key", "lasts"),
    [
        ("linkedin:ada-example", True),
        ("Ada Example", True),
        ("7", True),
        ("line", True),
        ("the line 7 bus", True),
        ("line 7", False),
        ("contacts.csv line 7", False),
        ("a\nb line 7", False),
        ("", False),
        ("\t", False),
    ],
)
def test_some_keys_last_and_some_do_not(key: str, *, lasts: bool) -> None:
    """A line of a file is nobody."""
    assert is_lasting(key) is lasts
