"""The program: its commands, and how each of its ends looks."""

import sys
from typing import Any

import click

from connectrules.cli.answers import answers
from connectrules.cli.ask import ask
from connectrules.cli.check import check
from connectrules.cli.code import code
from connectrules.cli.console import abandon, note, paint, prepare
from connectrules.cli.examples import examples
from connectrules.cli.explain import explain
from connectrules.cli.facts import facts
from connectrules.cli.fmt import fmt
from connectrules.cli.forget import forget
from connectrules.cli.judge import judge
from connectrules.cli.new import new
from connectrules.cli.problems import TOLD, told
from connectrules.cli.test import test

WRONG = 2
INTERRUPTED = 130
PIPE_CLOSED = 141


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
    commands=[judge, explain, ask, facts, check, fmt, test, examples, new, code, answers, forget],
)
@click.version_option(package_name="connectrules", message="%(version)s")
def app() -> None:
    """Decide whom to connect with, by rules written in plain words.

    A POLICY is a file, `-` for standard input, or a condition given with -c.
    CONTACTS are .jsonl, .json, .csv or .parquet files, or an export as it was
    downloaded, a folder or a zip.
    """
