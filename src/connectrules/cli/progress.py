"""A sign of life on long work, on a terminal only."""

import sys
from threading import Lock, Timer
from types import TracebackType
from typing import TYPE_CHECKING, Self

from connectrules.cli.console import is_terminal

if TYPE_CHECKING:
    from rich.progress import BarColumn, Progress

_PATIENCE = 0.7
"""Seconds before work counts as long."""
_STEP = 100
_BAR = 24
"""How many columns a bar has."""


class Working:
    """Counts contacts while they are judged, and shows how it goes after a while.

    Nothing is shown where standard error is no terminal, where rich is not
    installed, or once results come out on the same terminal.

    Args:
        things: What is counted, where that is something else.
    """

    def __init__(self, things: str = "contacts") -> None:
        self._things = things
        self._done = 0
        self._of: int | None = None
        self._what = "judged"
        self._lock = Lock()
        self._over = False
        self._shared = is_terminal(sys.stdout)
        self._progress: Progress | None = None
        self._bar: BarColumn
        self._timer = Timer(_PATIENCE, self._show)

    def __enter__(self) -> Self:
        """Begin to wait."""
        if is_terminal(sys.stderr):
            self._timer.daemon = True
            self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the sign away."""
        self.stop()

    def count(self) -> None:
        """One more contact is done."""
        self._done += 1
        if self._progress is not None and self._done % _STEP == 0:
            self._update(self._progress)

    def tell(self, what: str, done: int, of: int) -> None:
        """*done* contacts *of* so many are now *what*, as in ``judged``."""
        self._what, self._done, self._of = what, done, of
        with self._lock:
            if self._progress is not None:
                self._update(self._progress)

    def _update(self, progress: "Progress") -> None:
        if self._of is not None and self._bar not in progress.columns:
            spinner, *others = progress.columns
            progress.columns = (spinner, self._bar, *others)
        of = "" if self._of is None else f" of {self._of:,}"
        progress.update(
            progress.task_ids[0],
            completed=self._done,
            total=self._of,
            description=f"{self._done:,}{of} {self._things} {self._what}",
        )

    def before_output(self) -> None:
        """Make way for results, if they go to the terminal too."""
        if self._shared and not self._over:
            self.stop()

    def stop(self) -> None:
        """Take the sign away for good."""
        with self._lock:
            self._over = True
            self._timer.cancel()
            if self._progress is not None:
                self._progress.stop()
                self._progress = None

    def _show(self) -> None:
        try:
            from rich.console import Console  # noqa: PLC0415 - only where it takes long
            from rich.progress import (  # noqa: PLC0415 - only where it takes long
                BarColumn,
                Progress,
                SpinnerColumn,
                TextColumn,
                TimeElapsedColumn,
            )
        except ModuleNotFoundError:
            return
        with self._lock:
            if self._over:
                return
            self._bar = BarColumn(bar_width=_BAR)
            progress = Progress(
                SpinnerColumn(),
                TextColumn("{task.description}"),
                TimeElapsedColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            progress.add_task("")
            self._update(progress)
            progress.start()
            self._progress = progress
