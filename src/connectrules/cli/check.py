"""`connectrules check`: the mistakes in policies."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import attrs
import click

from connectrules.cli import console, fixing
from connectrules.cli.fixing import Found
from connectrules.cli.options import condition_option, file_type
from connectrules.cli.policies import STDIN, refuse_file
from connectrules.cli.words import counted
from connectrules.diagnostics import Diagnostic, Severity
from connectrules.render.fixed import fixed_text
from connectrules.render.json import diagnostics_json, dumps
from connectrules.render.sarif import Checked, sarif_text
from connectrules.render.text import diagnostics_text
from connectrules.source import Source


class Writer(Protocol):
    """One form that findings are written in."""

    def add(self, found: Found) -> None:
        """Write what was found in one text, soon."""

    def end(self) -> None:
        """Write what is left."""


@click.command(short_help="Show the mistakes in policies, and mend them.")
@click.argument("policies", nargs=-1, type=file_type, metavar="POLICY...")
@condition_option
@click.option(
    "--fix",
    is_flag=True,
    help="Mend what can be mended for certain, in the files themselves; then show the rest.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif"]),
    default="text",
    show_default=True,
    help="For reading, a JSON object a file, or a SARIF 2.1.0 log.",
)
@click.option("--strict", is_flag=True, help="Let warnings count as errors do.")
def check(
    policies: tuple[Path, ...], condition: str | None, form: str, *, fix: bool, strict: bool
) -> None:
    """Show the mistakes in each POLICY, and what mends them.

    A file of declarations alone, for USE, is fine. The exit status is 1 where
    there are errors, with --fix where some are left. With --fix, `-` and -c print the
    mended text, and all else goes to standard error.
    """
    if not policies and condition is None:
        msg = "name a POLICY, or give a condition with -c"
        raise click.UsageError(msg)
    if condition is not None:
        refuse_file(condition)
    is_filter = fix and (condition is not None or STDIN in policies)
    if is_filter and (len(policies) + (condition is not None) > 1 or form != "text"):
        msg = "with --fix, `-` or -c stands alone, and prints the mended text"
        raise click.UsageError(msg)
    writer = _writer(form, fix=fix, to_error=is_filter)
    summary = _Summary()
    for found in _found(policies, condition, fix=fix):
        if is_filter:
            click.echo(found.source.text, nl=condition is not None)
        summary.add(found)
        writer.add(found)
    writer.end()
    for line in summary.lines(hint=form == "text"):
        console.note(line)
    if summary.count(Severity.ERROR) or (strict and summary.count(Severity.WARNING)):
        raise click.exceptions.Exit(1)


def _writer(form: str, *, fix: bool, to_error: bool) -> Writer:
    match form:
        case "json":
            return _Json(fix=fix)
        case "sarif":
            return _Sarif()
        case _:
            return _Text(to_error=to_error)


def _found(policies: Sequence[Path], condition: str | None, *, fix: bool) -> Iterator[Found]:
    mended = _mended(policies) if fix and len(policies) > 1 else {}
    for path in policies:
        found = fixing.file(path, fix=fix)
        yield attrs.evolve(found, fixed=(*mended.get(path, ()), *found.fixed))
    if condition is not None:
        yield fixing.given(Source("condition", condition), fix=fix)


def _mended(policies: Sequence[Path]) -> dict[Path, tuple[Diagnostic, ...]]:
    """What was mended in each file: a file may USE one that stands after it."""
    return {path: fixing.file(path, fix=True).fixed for path in policies}


@attrs.define
class _Summary:
    """What was found, counted."""

    policies: int = 0
    fixed: int = 0
    found: list[Diagnostic] = attrs.field(factory=list)

    def add(self, found: Found) -> None:
        """Count what was *found*."""
        self.policies += 1
        self.fixed += len(found.fixed)
        self.found += found.diagnostics

    def count(self, severity: Severity) -> int:
        """How many there are of *severity*."""
        return sum(each.severity is severity for each in self.found)

    def lines(self, *, hint: bool) -> Iterator[str]:
        """The summary, and where to read more of its first code."""
        what = counted(self.policies, "policy", "policies")
        errors = counted(self.count(Severity.ERROR), "error", "errors")
        warnings = counted(self.count(Severity.WARNING), "warning", "warnings")
        fixed = f"{counted(self.fixed, 'mistake', 'mistakes')} mended"
        if self.found:
            left = f"{fixed}, and {errors} and {warnings} left" if self.fixed else ""
            yield f"{left or f'{errors}, {warnings}'} in {what}"
            if hint:
                yield f"`connectrules code {self.found[0].code}` tells more"
        else:
            yield f"{fixed if self.fixed else 'nothing to mend'} in {what}"


class _Text:
    """For reading."""

    def __init__(self, *, to_error: bool) -> None:
        self._to_error = to_error
        self._paint = console.paint(sys.stderr if to_error else sys.stdout)
        self._shown = False

    def add(self, found: Found) -> None:
        """Show what was mended, then what is left."""
        for text in (
            fixed_text(found.fixed, paint=self._paint),
            diagnostics_text(found.diagnostics, paint=self._paint),
        ):
            if text:
                click.echo("\n" * self._shown + text, err=self._to_error)
                self._shown = True

    def end(self) -> None:
        """All is written."""


class _Json:
    """A line a file."""

    def __init__(self, *, fix: bool) -> None:
        self._fix = fix

    def add(self, found: Found) -> None:
        """Write the line."""
        fixed = found.fixed if self._fix else None
        click.echo(dumps(diagnostics_json(found.source.name, found.diagnostics, fixed=fixed)))

    def end(self) -> None:
        """All is written."""


class _Sarif:
    """One log of all files."""

    def __init__(self) -> None:
        self._checked: list[Checked] = []

    def add(self, found: Found) -> None:
        """Keep it for the log."""
        self._checked.append(found.checked())

    def end(self) -> None:
        """Write the log."""
        click.echo(sarif_text(self._checked))
