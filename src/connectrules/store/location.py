"""Where answers are kept, and which files are stores."""

from pathlib import Path

from connectrules.errors import StoreError

MAGIC = b"SQLite format 3\0"
"""What every SQLite file begins with."""

_NAME = "answers.db"


def default_path() -> Path:
    """Where answers are kept if nobody says where: in the user's data folder.

    Raises:
        StoreError: Where the extra `cli`, which knows that folder, is not installed.
    """
    try:
        from platformdirs import user_data_path  # noqa: PLC0415 - of the extra `cli`
    except ModuleNotFoundError as error:
        msg = "where your answers are kept is known to an extra that is not installed"
        help_ = ('pip install "connectrules[cli]"', "or name the file that keeps them")
        raise StoreError(msg, Path(_NAME), help_) from error
    return user_data_path("connectrules", appauthor=False) / _NAME


def is_store(path: Path) -> bool:
    """Whether *path* is a file that begins as an answers store does.

    Raises:
        OSError: Where it cannot be read.
    """
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC
