"""What is told of the changes that were tried."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs

from mutation.changes import Change

UNREACHED = "reached by no test"


@attrs.frozen
class Tried:
    """A change that was tried.

    Attributes:
        change: It.
        outcome: What became of it.
        seconds: How long that took.
        limit: How many seconds of tests it had to live through at most.
    """

    change: Change
    outcome: str
    seconds: float
    limit: float = 15.0

    @property
    def has_lived(self) -> bool:
        """Whether no test noticed."""
        return self.outcome in {"lived", UNREACHED}


class Log:
    """The changes that were tried before, in a file: a run that was stopped goes on."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.tried: dict[Change, Tried] = {}
        if path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                told = json.loads(line)
                change = Change(**told.pop("change"))
                self.tried[change] = Tried(change, **told)

    def known(self, change: Change, limit: float) -> bool:
        """Whether it is known what becomes of *change* in *limit* seconds of tests."""
        tried = self.tried.get(change)
        return tried is not None and (not tried.has_lived or tried.limit >= limit)

    def add(self, tried: Tried) -> None:
        """Write *tried* down."""
        self.tried[tried.change] = tried
        with self._path.open("a", encoding="utf-8") as out:
            out.write(json.dumps(attrs.asdict(tried)) + "\n")


def report(root: Path, rooms: Sequence[tuple[str, int, Sequence[Tried]]]) -> str:
    """A table of the rooms, and each change that lived.

    Args:
        root: The folder that holds the package.
        rooms: Each room, how many changes of it there are, and those that were tried.
    """
    return "\n".join([*_table(rooms), *_survivors(root, rooms)])


def _table(rooms: Sequence[tuple[str, int, Sequence[Tried]]]) -> Iterator[str]:
    yield "| room | changes | tried | noticed | lived | not reached | score |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for room, many, tried in rooms:
        if tried:
            lived = sum(each.outcome == "lived" for each in tried)
            unreached = sum(each.outcome == UNREACHED for each in tried)
            noticed = len(tried) - lived - unreached
            score = 100 * noticed // len(tried)
            yield (
                f"| `{room}` | {many:,} | {len(tried):,} | {noticed:,} | {lived} | {unreached} "
                f"| {score} % |"
            )


def _survivors(root: Path, rooms: Sequence[tuple[str, int, Sequence[Tried]]]) -> Iterator[str]:
    for _, _, tried in rooms:
        for each in tried:
            if each.has_lived:
                change = each.change
                yield f"\n{change.path}:{change.line}: {change.kind} ({each.outcome})"
                yield change.shown((root / change.path).read_bytes())
