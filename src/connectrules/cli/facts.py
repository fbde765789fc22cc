"""`connectrules facts`: what a policy may speak of, and what is known."""

import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import partial
from itertools import chain
from pathlib import Path

import click

from connectrules.cli import console
from connectrules.cli.answers_file import AnswersFile, GivenAnswers, answers_option
from connectrules.cli.options import condition_option, file_type
from connectrules.cli.policies import holds_contacts, policy_and_files
from connectrules.cli.reading import no_contacts
from connectrules.cli.table import Row, Table
from connectrules.cli.words import counted
from connectrules.errors import AnswerError
from connectrules.render.cells import harmless
from connectrules.schema.contact import Answers, Contact
from connectrules.schema.suggestions import did_you_mean
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
from connectrules.schema.vocabulary import Fact, Vocabulary, slot
from connectrules.sources import open_contacts


@click.command(short_help="List the facts a policy may speak of.")
@click.argument("paths", nargs=-1, type=file_type, metavar="[POLICY] [CONTACTS...]")
@condition_option
@answers_option
def facts(paths: tuple[Path, ...], condition: str | None, answers_file: AnswersFile | None) -> None:
    """List every fact, how to say it, and for how many of CONTACTS it is known.

    The facts that POLICY declares itself are marked `*`.
    """
    own = Vocabulary.of(Contact)
    vocabulary, files = own, paths
    if condition is not None or (paths and not (paths[0].is_dir() or holds_contacts(paths[0]))):
        policy, files = policy_and_files(paths, condition)
        vocabulary = policy.vocabulary
    if answers_file and not files:
        raise no_contacts(answers_file)
    known: Counter[str] = Counter()
    total = 0
    lines: tuple[str, ...] = ()
    if files:
        given = GivenAnswers.read(
            answers_file,
            files,
            vocabulary,
            facts=vocabulary.facts.values(),
            require=partial(_require_known, vocabulary),
        )
        used: Counter[str] = Counter()
        loaded = open_contacts(files, vocabulary)
        for contact in loaded.contacts:
            total += 1
            answers = given.by_key.get(contact.key) or Answers({}, {})
            if answers:
                used[contact.key] = len(answers)
            known.update(_known(contact, answers, vocabulary.facts.values()))
        lines = (*loaded.report.lines(), *given.lines(used))
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


def _require_known(
    vocabulary: Vocabulary[Contact], answers: Mapping[str, Mapping[str, object]]
) -> None:
    """Raise AnswerError where one of *answers* is to no fact."""
    for said in chain.from_iterable(answers.values()):
        if slot(said).removeprefix("my ") not in vocabulary.facts:
            hints = did_you_mean(said, [fact.name for fact in vocabulary.facts.values()])
            raise AnswerError("; ".join((f"no fact is called `{said}`", *hints)), said)


def _known(
    contact: Contact, answers: Mapping[str, object], all_facts: Iterable[Fact]
) -> Iterable[str]:
    answered = {slot(said): value for said, value in answers.items()}
    for fact in all_facts:
        held = getattr(contact, fact.attribute) if fact.attribute else contact.other.get(fact.slot)
        if _fits(fact, held) or _fits(fact, answered.get(fact.slot)):
            yield fact.key


def _fits(fact: Fact, value: object) -> bool:
    """Whether *value* is known, and one of *fact*."""
    if value is None or value is UNSURE:
        return False
    try:
        return fact.type.ready(value) is not None
    except Unfit:
        return False


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
