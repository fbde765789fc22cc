"""Mistakes in what was typed, and how each kind is told."""

import re
from collections.abc import Callable
from pathlib import Path

import attrs
import click

from connectrules.errors import AnswerError, FrameError, PolicyError, SourceError, StoreError
from connectrules.render.paint import Paint
from connectrules.render.text import diagnostics_text, problem_text


@attrs.frozen(slots=False)
class Refused(Exception):  # noqa: N818 - a finding about the arguments
    """What was typed cannot be done.

    Attributes:
        message: One sentence.
        help: What to type instead.
        code: What kind of mistake, where it has a code.
        where: The file and line it is about, if it is about one.
    """

    message: str
    help: tuple[str, ...] = ()
    code: str = ""
    where: str | None = None


def unreadable(path: Path, error: OSError) -> Refused:
    """That *path* cannot be read, and why."""
    match error:
        case FileNotFoundError():
            return Refused(f"there is no file `{path}`")
        case IsADirectoryError():
            return Refused(f"`{path}` is a folder, and a policy is a file")
        case PermissionError():
            return Refused(f"`{path}` may not be read")
        case _:
            return Refused(f"`{path}` cannot be read: {(error.strerror or str(error)).lower()}")


def told(error: Exception, paint: Paint) -> str:
    """*error*, one of `TOLD`, as text for standard error."""
    return next(tell(error, paint) for kind, tell in _TELL.items() if isinstance(error, kind))


def _refused(error: Refused, paint: Paint) -> str:
    return problem_text(error.code, error.message, where=error.where, help=error.help, paint=paint)


def _usage(error: click.UsageError, paint: Paint) -> str:
    """What click says of what was typed, as all else is told."""
    said, _, near = _QUOTED.sub(r"`\1`", error.format_message()).partition(" Did you mean ")
    message = f"{said[:1].lower()}{said[1:]}".rstrip(".")
    likely = (f"did you mean {near}",) if near else ()
    path = " ".join(("connectrules", *_command(error.ctx)))
    help_ = (*likely, f"`{path} --help` shows how it is used")
    return problem_text("", message, help=help_, paint=paint)


def _command(context: click.Context | None) -> tuple[str, ...]:
    """The words that name a command, after the program's."""
    if context is None or context.parent is None:
        return ()
    return (*_command(context.parent), context.info_name or "")


_QUOTED = re.compile("(?<![\\w`])'([^'`]*)'(?![\\w`])")


def _policy(error: PolicyError, paint: Paint) -> str:
    return diagnostics_text(error.diagnostics, paint=paint)


def _answer(error: AnswerError, paint: Paint) -> str:
    return problem_text(error.code, str(error), paint=paint)


def _frame(error: FrameError, paint: Paint) -> str:
    return problem_text(error.code or "", str(error), paint=paint)


def _source(error: SourceError, paint: Paint) -> str:
    return problem_text(error.code, str(error), where=error.where, help=error.help, paint=paint)


def _store(error: StoreError, paint: Paint) -> str:
    return problem_text("", str(error), help=error.help, paint=paint)


def _system(error: OSError, paint: Paint) -> str:
    what = f"`{error.filename}`" if error.filename else "the output"
    return problem_text("", f"{what}: {(error.strerror or str(error)).lower()}", paint=paint)


_TELL: dict[type[Exception], Callable[..., str]] = {
    Refused: _refused,
    click.UsageError: _usage,
    PolicyError: _policy,
    AnswerError: _answer,
    FrameError: _frame,
    SourceError: _source,
    StoreError: _store,
    OSError: _system,
}
TOLD = tuple(_TELL)
"""The kinds of mistake that end a command with a message and no more."""
