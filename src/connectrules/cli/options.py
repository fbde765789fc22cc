"""What may be typed for several commands: options, and the kinds of their values."""

import datetime
import re
from pathlib import Path

import click

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _day(_ctx: click.Context, _param: click.Parameter, typed: str | None) -> datetime.date | None:
    if typed is None:
        return None
    try:
        # Other forms of ISO dates are read too, and written by nobody.
        return datetime.date.fromisoformat(typed if _DAY.fullmatch(typed) else "")
    except ValueError as error:
        msg = f"`{typed}` is no day: write it as 2026-11-22"
        raise click.BadParameter(msg) from error


file_type = click.Path(path_type=Path)

condition_option = click.option(
    "-c", "--condition", metavar="CONDITION", help="A bare condition in place of POLICY."
)

me_option = click.option(
    "--me",
    "me_file",
    type=file_type,
    metavar="FILE",
    help="Your own record, for what the policy says of `my …`.",
)

today_option = click.option(
    "--today",
    callback=_day,
    metavar="DATE",
    help="The day that lengths of time count from; without it, the day this is run.",
)
