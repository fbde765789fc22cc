"""`connectrules code`: what a code means."""

import re
import sys
from collections.abc import Iterator

import click

from connectrules.cli import console
from connectrules.cli.problems import Refused
from connectrules.codes import KINDS, codes, find
from connectrules.render.page import page_text
from connectrules.render.paint import Paint
from connectrules.schema.suggestions import did_you_mean

_TYPED = re.compile(r"(?:error|warning)?\[?(?:CR)?\s*(\d+)\]?", re.IGNORECASE)


@click.command(short_help="Say what a code such as CR103 means.")
@click.argument("code", required=False, metavar="[CODE]")
def code(code: str | None) -> None:
    """Say what CODE means, why it is so, and show it wrong and right.

    A code stands in brackets at the beginning of a message: `error[CR103]`. Without
    CODE, list them all.
    """
    paint = console.paint(sys.stdout)
    if code is None:
        click.echo("\n".join(_listed(paint)))
        return
    match = _TYPED.fullmatch(code.strip())
    number = f"CR{match[1]}" if match else code.upper()
    found = find(number)
    if found is None:
        msg = f"there is no code `{code}`"
        near = did_you_mean(number, [each.number for each in codes()])
        raise Refused(msg, (*near, "`connectrules code` lists those there are"))
    width = console.width(sys.stdout)
    click.echo(page_text(found.page, width=width, paint=paint).rstrip("\n"))


def _listed(paint: Paint) -> Iterator[str]:
    for beginning, kind in KINDS.items():
        if beginning != next(iter(KINDS)):
            yield ""
        yield paint("title", kind)
        for each in codes():
            if each.number.startswith(beginning):
                yield f"  {each.number}  {each.title}"
