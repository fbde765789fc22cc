"""The program: its commands, and how each of its ends looks."""

import sys
from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module
from typing import Any, cast

import click

from connectrules.cli.console import abandon, note, paint, prepare
from connectrules.cli.problems import TOLD, told

_NAMES = (
    "answers",
    "ask",
    "check",
    "code",
    "examples",
    "explain",
    "facts",
    "fmt",
    "forget",
    "judge",
    "new",
    "test",
)
"""Each command stands in the module of its name."""
WRONG = 2
INTERRUPTED = 130
PIPE_CLOSED = 141


class _Commands(Mapping[str, click.Command]):
    """The commands by their names, each loaded when it is asked for."""

    def __getitem__(self, name: str) -> click.Command:
        """Load a command; a start takes a quarter longer with all of them."""
        if name not in _NAMES:
            raise KeyError(name)
        found: click.Command = getattr(import_module(f"connectrules.cli.{name}"), name)
        return found

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        return iter(_NAMES)

    def __len__(self) -> int:
        """Count the commands."""
        return len(_NAMES)


class _App(click.Group):
    """A group of commands whose mistakes are told in one form."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what was typed before a command."""
        try:
            return super().parse_args(ctx, args)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            prepare()
            note(told(error, paint(sys.stderr)))
            ctx.exit(WRONG)
        except KeyboardInterrupt:  # --help loads all commands
            ctx.exit(INTERRUPTED)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as in click
        """Run the command."""
        prepare()
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            abandon()
            ctx.exit(PIPE_CLOSED)
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.ctx.get_help())
            ctx.exit(WRONG)
        except TOLD as error:
            note(told(error, paint(sys.stderr)))
            if isinstance(error, OSError):
                abandon()
            ctx.exit(WRONG)


@click.group(
    cls=_App,
    context_settings={"help_option_names": ["-h", "--help"]},
    commands=cast("MutableMapping[str, click.Command]", _Commands()),  # click adds none
)
@click.version_option(package_name="connectrules", message="%(version)s")
def app() -> None:
    """Decide whom to connect with, by rules written in plain words.

    A POLICY is a file, `-` for standard input, or a condition given with -c.
    CONTACTS are .jsonl, .json, .csv or .parquet files, or an export as it was
    downloaded, a folder or a zip.
    """
