"""`connectrules fmt`: policies laid out in one way."""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import attrs
import click

from connectrules.cli import console
from connectrules.cli.options import condition_option, file_type
from connectrules.cli.policies import STDIN, holds_contacts, read_stdin
from connectrules.cli.problems import Refused, told, unreadable
from connectrules.cli.words import counted
from connectrules.cli.writing import replace_text
from connectrules.diagnostics import Diagnostic
from connectrules.errors import FormattingError, PolicyError
from connectrules.loading import limited
from connectrules.render.diff import diff_text
from connectrules.source import Source
from connectrules.syntax.formatter import format_source
from connectrules.syntax.parser import decode

_WRONG = 2


@attrs.frozen
class Text:
    """The text of one policy.

    Attributes:
        source: The text.
        data: What a file holds of it, byte by byte.
        path: The file, if it is one.
    """

    source: Source
    data: bytes
    path: Path | None = None


@click.command(short_help="Lay out policies in one way.")
@click.argument("policies", nargs=-1, type=file_type, metavar="POLICY...")
@condition_option
@click.option("--check", is_flag=True, help="Change nothing, and name what would change.")
@click.option("--diff", is_flag=True, help="Change nothing, and show what would change.")
def fmt(policies: tuple[Path, ...], condition: str | None, *, check: bool, diff: bool) -> None:
    """Lay out each POLICY in the one way that all policies can be.

    Files are changed in place; `-` and -c print the result. What a policy says stays
    the same, and so do its comments. The exit status with --check is 1 where something
    would change; it is 2 where a policy cannot be read, and that one stays as it is.
    """
    if not policies and condition is None:
        msg = "name a POLICY, or give a condition with -c"
        raise click.UsageError(msg)
    if check and diff:
        msg = "--check and --diff exclude each other"
        raise click.UsageError(msg)
    counts: Counter[str] = Counter()
    given: list[Path | str] = [*policies, *([] if condition is None else [condition])]
    for each in given:
        try:
            outcome = _lay_out(_read(each), check=check, diff=diff)
        except (PolicyError, Refused) as error:
            console.note(told(error, console.paint(sys.stderr)))
            outcome = "refused"
        counts[outcome] += 1
    summary = ", ".join(_summary(counts, would=check or diff))
    if summary:
        console.note(summary)
    if counts["refused"]:
        raise click.exceptions.Exit(_WRONG)
    if check and counts["changed"]:
        raise click.exceptions.Exit(1)


def _read(given: Path | str) -> Text:
    """The text at a path, or the condition itself."""
    if isinstance(given, str):
        return Text(Source("condition", given), given.encode(errors="surrogatepass"))
    if given == STDIN:
        source = read_stdin()
        return Text(source, source.text.encode())
    if holds_contacts(given):
        msg = f"`{given}` is called as contacts are, and fmt lays out policies"
        raise Refused(msg, ("call a policy by another name, such as `rules.policy`",))
    try:
        with given.open("rb") as stream:
            data = limited(stream)
    except OSError as error:
        raise unreadable(given, error) from error
    decoded = decode(data, str(given))
    if isinstance(decoded, Diagnostic):
        raise PolicyError([decoded])
    return Text(decoded, data, given)


def _lay_out(text: Text, *, check: bool, diff: bool) -> str:
    """Lay out *text*, or say what would change in it; what came of it, in a word."""
    try:
        result = format_source(text.source)
    except FormattingError as error:
        raise Refused(str(error), ("please report it, with the policy",)) from error
    changed = result.encode() != text.data
    if check and changed:
        click.echo(text.source.name)
    elif diff and changed:
        before = text.data.decode()
        paint = console.paint(sys.stdout)
        click.echo(diff_text(text.source.name, before, result, paint=paint), nl=False)
    elif not (check or diff) and text.path is None:
        click.echo(result, nl=False)
        return "printed"
    elif changed and text.path is not None:
        _replace(text.path, text.data, result)
    return "changed" if changed else "same"


def _replace(path: Path, before: bytes, text: str) -> None:
    """Make *text* what the file at *path* holds, if that is still *before*."""
    try:
        with path.open("rb") as stream:
            now = limited(stream)
    except OSError as error:
        raise unreadable(path, error) from error
    if now != before:
        msg = f"`{path}` was changed by somebody else while it was read"
        raise Refused(msg, ("lay it out once more",))
    replace_text(path, text)


def _summary(counts: Counter[str], *, would: bool) -> Iterator[str]:
    changed, same, refused = counts["changed"], counts["same"], counts["refused"]
    if changed:
        yield f"{counted(changed, 'policy', 'policies')} {'would change' if would else 'changed'}"
    if same:
        what = f"{same:,}" if changed else counted(same, "policy", "policies")
        if would:
            yield f"{what} would stay as {'it is' if same == 1 else 'they are'}"
        else:
            yield f"{what} left as {'it was' if same == 1 else 'they were'}"
    if refused:
        what = f"{refused:,}" if changed or same else counted(refused, "policy", "policies")
        yield f"{what} could not be laid out"
