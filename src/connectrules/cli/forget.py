"""`connectrules forget`: erase all answers about somebody."""

from pathlib import Path

import click

from connectrules.cli import console
from connectrules.cli.answers_file import store_option, store_path
from connectrules.cli.problems import Refused
from connectrules.cli.words import counted
from connectrules.render.cells import harmless
from connectrules.schema.suggestions import did_you_mean
from connectrules.store import AnswerStore


@click.command(short_help="Erase all answers about somebody, for good.")
@click.argument("key", metavar="KEY")
@store_option
@click.option("--lift", is_flag=True, help="Let answers about KEY be kept again.")
def forget(key: str, store: Path | None, *, lift: bool) -> None:
    """Erase all answers about the contact with KEY from the store, for good.

    A salted hash of KEY is kept, so that no import and no question brings them back.
    """
    with AnswerStore.open(store_path(store), create=not lift) as kept:
        if lift:
            _lift(kept, key)
            return
        erased = kept.forget(key)
        who = harmless(key)
        if erased:
            what = counted(erased, "answer", "answers")
            console.note(f"`{who}` is forgotten: {what} erased from `{kept.path}`")
        else:
            console.note(f"`{who}` is forgotten: there was nothing about them in `{kept.path}`")
            for hint in did_you_mean(key, kept.keys()):
                console.note(harmless(hint))


def _lift(kept: AnswerStore, key: str) -> None:
    if not kept.lift(key):
        msg = f"`{key}` was not forgotten"
        raise Refused(msg)
    console.note(f"answers about `{harmless(key)}` are kept again; what was erased stays erased")
