"""Files that are read more than once, and may be changed in between."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from connectrules.errors import SourceError


class Watched:
    """Files as they were when this was made."""

    def __init__(self, paths: Sequence[Path]) -> None:
        """The files at *paths*."""
        self._before = {path: _stamp(path) for path in paths}

    def require_unchanged(self) -> None:
        """Raise SourceError where one is another file by now, or holds something else."""
        for path, before in self._before.items():
            if _stamp(path) != before:
                msg = f"`{path.name}` was changed while it was read"
                raise SourceError(msg, path.name, ("wait until it is written, and try again",))

    @contextmanager
    def blamed(self) -> Iterator[None]:
        """Raise SourceError in place of what goes wrong because one was changed."""
        try:
            yield
        except Exception:
            self.require_unchanged()
            raise


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
