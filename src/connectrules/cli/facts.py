"""`connectrules facts`: what a policy may speak of, and what is known."""

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click

from connectrules.cli import console
from connectrules.cli.reading import (
    condition_option,
    file_type,
    holds_contacts,
    policy_and_files,
)
from connectrules.cli.table import Row, Table
from connectrules.cli.words import counted
from connectrules.render.cells import harmless
from connectrules.schema.contact import Contact
from connectrules.schema.types import (
    UNSURE,
    CountType,
    Date,
    FactType,
    Number,
    OneOf,
    Text,
    TextList,
    Unfit,
    YesNo,
)
from connectrules.schema.vocabulary import Fact, Vocabulary
from connectrules.sources import open_contacts


@click.command(short_help="List the facts a policy may speak of.")
@click.argument("paths", nargs=-1, type=file_type, metavar="[POLICY] [CONTACTS...]")
@condition_option
def facts(paths: tuple[Path, ...], condition: str | None) -> None:
    """List every fact, how to say it, and for how many of CONTACTS it is known.

    The facts that POLICY declares itself are marked `*`.
    """
    own = Vocabulary.of(Contact)
    vocabulary, files = own, paths
    if condition is not None or (paths and not (paths[0].is_dir() or holds_contacts(paths[0]))):
        policy, files = policy_and_files(paths, condition)
        vocabulary = policy.vocabulary
    known: Counter[str] = Counter()
    total = 0
    lines: tuple[str, ...] = ()
    if files:
        loaded = open_contacts(files, vocabulary)
        for contact in loaded.contacts:
            total += 1
            known.update(_known(contact, vocabulary.facts.values()))
        lines = loaded.report.lines()
    rows = [
        Row(
            (
                f"{fact.name}{'' if key in own.facts else ' *'}",
                fact.type.name,
                say(fact),
                f"{known[key]:,} of {total:,}" if files else "",
            )
        )
        for key, fact in vocabulary.facts.items()
    ]
    table = Table(
        ("fact", "type", "say", "known"), console.width(sys.stdout), console.paint(sys.stdout)
    )
    click.echo("\n".join(table.lines(rows)))
    for line in lines:
        console.note(harmless(line))
    declared = len(vocabulary.facts.keys() - own.facts.keys())
    if declared:
        console.note(f"* {counted(declared, 'fact', 'facts')} of the policy's own")


def _known(contact: Contact, all_facts: Iterable[Fact]) -> Iterable[str]:
    for fact in all_facts:
        value = getattr(contact, fact.attribute) if fact.attribute else contact.other.get(fact.slot)
        if value is None or value is UNSURE:
            continue
        try:
            if fact.type.ready(value) is not None:
                yield fact.key
        except Unfit:
            continue


def say(fact: Fact) -> str:
    """A sentence about *fact*, to start from."""
    match fact.type:
        case OneOf(choices):
            return f'{fact.name} is "{choices[0]}"'
        case kind:
            return _SENTENCES[type(kind)].format(fact.name)


_SENTENCES: dict[type[FactType], str] = {
    YesNo: "{}",
    Number: "{} is at least 5",
    CountType: "has at least 5 {}",
    Text: '{} is "…"',
    Date: "{} is within the last 6 months",
    TextList: '{} include "…"',
}
