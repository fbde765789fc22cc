"""`connectrules forget`: erase all answers about somebody."""

import re
import shlex
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from connectrules.cli import console
from connectrules.cli.answers_file import store_option, store_path
from connectrules.cli.problems import Refused, told
from connectrules.cli.words import counted
from connectrules.render.cells import harmless
from connectrules.schema.suggestions import either, nearest
from connectrules.schema.types import canonical, shown
from connectrules.store import AnswerStore, as_key, is_lasting

_MOST = 3


@click.command(short_help="Erase all answers about somebody, for good.")
@click.argument("key", metavar="KEY")
@store_option
@click.option("--lift", is_flag=True, help="Let answers about KEY be kept again.")
@click.option("--unseen", is_flag=True, help="Keep answers about KEY out before there are any.")
def forget(key: str, store: Path | None, *, lift: bool, unseen: bool) -> None:
    """Erase all answers about the contact with KEY from the store, for good.

    A salted hash of KEY is kept, so that no import and no question brings them back. Where
    there are no answers about KEY, nothing is done, unless `--unseen` says so.
    """
    with AnswerStore.open(store_path(store), create=unseen and not lift) as kept:
        if lift:
            _lift(kept, key)
            return
        keys = kept.keys()
        heard_of = as_key(key) in keys or kept.is_forgotten(key)
        if is_lasting(key) and not (unseen or heard_of):
            console.note(told(_nobody(kept, key, keys), console.paint(sys.stderr)))
            raise click.exceptions.Exit(1)
        erased = kept.forget(key)
        who = harmless(key)
        if erased:
            what = counted(erased, "answer", "answers")
            console.note(f"`{who}` is forgotten: {what} erased from `{kept.path}`")
        else:
            console.note(f"`{who}` is forgotten: there was nothing about them in `{kept.path}`")


def _nobody(kept: AnswerStore, key: str, keys: Sequence[str]) -> Refused:
    msg = f"there are no answers about `{shown(key)}` in `{kept.path}`, and nobody is forgotten"
    likely = tuple(dict.fromkeys(_likely(key, keys)))[:_MOST]
    hints = (f"did you mean {either(f'`{each}`' for each in likely)}?",) if likely else ()
    unseen = f"to keep answers about them out: connectrules forget --unseen {shlex.quote(key)}"
    return Refused(msg, (*hints, "KEY is the contact's key, and not a name", unseen))


def _likely(key: str, keys: Sequence[str]) -> Iterator[str]:
    """Those of *keys* that *key* may stand for: written alike, of the same words, or shorter."""
    yield from nearest(key, keys)
    wanted = _words(key)
    yield from (each for each in keys if wanted and wanted <= _words(each))
    by_id: dict[str, list[str]] = {}
    for each in keys:
        by_id.setdefault(each.partition(":")[2] or each, []).append(each)
    for near in (*((key,) if key in by_id else ()), *nearest(key, by_id)):
        yield from by_id[near]


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", canonical(text).replace("_", " ")))


def _lift(kept: AnswerStore, key: str) -> None:
    if not kept.lift(key):
        msg = f"`{key}` was not forgotten"
        raise Refused(msg)
    console.note(f"answers about `{harmless(key)}` are kept again; what was erased stays erased")
