"""`connectrules check`: the mistakes in policies."""

import sys
from collections import Counter
from pathlib import Path

import click

from connectrules.cli import console
from connectrules.cli.problems import unreadable
from connectrules.cli.reading import STDIN, condition_option, file_type, read_stdin
from connectrules.cli.words import counted
from connectrules.diagnostics import Diagnostic, Severity
from connectrules.errors import PolicyError
from connectrules.policy import check as check_source
from connectrules.policy import check_file
from connectrules.render.json import diagnostics_json, dumps
from connectrules.render.text import diagnostics_text
from connectrules.source import Source


@click.command(short_help="Show the mistakes in policies.")
@click.argument("policies", nargs=-1, type=file_type, metavar="POLICY...")
@condition_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For reading, or a JSON object a file.",
)
@click.option("--strict", is_flag=True, help="Let warnings count as errors do.")
def check(policies: tuple[Path, ...], condition: str | None, form: str, *, strict: bool) -> None:
    """Show the mistakes in each POLICY, and what mends them.

    A file of declarations alone, for USE, is fine. The exit status is 1 where
    there are errors.
    """
    if not policies and condition is None:
        msg = "name a POLICY, or give a condition with -c"
        raise click.UsageError(msg)
    paint = console.paint(sys.stdout)
    found: Counter[Severity] = Counter()
    shown = False
    checked = [*map(_checked, policies)]
    if condition is not None:
        source = Source("condition", condition)
        checked.append((source.name, check_source(source)))
    for name, diagnostics in checked:
        found.update(each.severity for each in diagnostics)
        if form == "json":
            click.echo(dumps(diagnostics_json(name, diagnostics)))
        elif diagnostics:
            click.echo("\n" * shown + diagnostics_text(diagnostics, paint=paint))
            shown = True
    errors, warnings = found[Severity.ERROR], found[Severity.WARNING]
    what = counted(len(checked), "policy", "policies")
    if errors or warnings:
        console.note(
            f"{counted(errors, 'error', 'errors')}, {counted(warnings, 'warning', 'warnings')} "
            f"in {what}"
        )
    else:
        console.note(f"nothing to mend in {what}")
    if errors or (strict and warnings):
        raise click.exceptions.Exit(1)


def _checked(path: Path) -> tuple[str, tuple[Diagnostic, ...]]:
    try:
        if path == STDIN:
            source = read_stdin()
            return source.name, check_source(source, loader=None)
        return str(path), check_file(path)
    except PolicyError as error:
        return error.diagnostics[0].source.name, error.diagnostics
    except OSError as error:
        raise unreadable(path, error) from error
