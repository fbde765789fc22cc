"""Opening files of contacts, as programs do."""

from pathlib import Path

import pytest

from connectrules import Contact, SourceError, Vocabulary
from connectrules.sources import open_contacts
from tests.sources.helpers import write

VOCABULARY = Vocabulary.of(Contact)


def test_paths_may_be_texts(tmp_path: Path) -> None:
    """A path need not be a `Path`."""
    file = write(tmp_path / "people.csv", "name,followers\nAda Example,3\n")
    by_text, by_path = (
        list(open_contacts([each], VOCABULARY).contacts) for each in (str(file), file)
    )

    assert [each.followers for each in by_text] == [3]
    assert by_text == by_path


@pytest.mark.parametrize("path", ["people.csv", Path("people.csv")])
def test_a_path_without_its_list_is_refused(path: str | Path) -> None:
    """Its letters are not taken for paths."""
    with pytest.raises(TypeError) as caught:
        open_contacts(path, VOCABULARY)  # type: ignore[arg-type]

    assert str(caught.value) == "the paths of files of contacts are given in a list"


def test_a_file_that_is_not_there() -> None:
    """It is the error that is public, and names the file."""
    with pytest.raises(SourceError) as caught:
        open_contacts(["missing.csv"], VOCABULARY)

    assert (str(caught.value), caught.value.where) == ("`missing.csv` is not there", "missing.csv")
