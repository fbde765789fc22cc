"""`connectrules test --mutate`: whether EXAMPLEs notice small changes of a policy."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs
import click

from connectrules.cli import console
from connectrules.cli.progress import Working
from connectrules.cli.words import counted
from connectrules.policy import Policy
from connectrules.render.cells import harmless
from connectrules.render.json import dumps
from connectrules.testing.mutation import Mutation, mutate
from connectrules.testing.mutation_report import mutation_json, mutation_text, percent


@attrs.frozen
class Mutated:
    """A policy, and which changes of it its EXAMPLEs notice.

    Attributes:
        file: What its text is called.
        found: What was found.
    """

    file: str
    found: Mutation


def show_mutations(policies: Iterable[Policy[Any]], form: str) -> list[Mutated]:
    """Show which changes of *policies* their EXAMPLEs notice, as *form* says."""
    shown: list[Mutated] = []
    for policy in policies:
        with Working("changes") as working:
            # Without an EXAMPLE nothing is noticed, and the first are better written otherwise.
            found = mutate(policy, propose=bool(policy.examples), tell=working.tell)
        each = Mutated(policy.source.name, found)
        if form == "json":
            click.echo(dumps(mutation_json(each.file, found)))
        else:
            paint = console.paint(sys.stdout)
            click.echo("\n" * bool(shown) + mutation_text(each.file, found, paint=paint))
        shown.append(each)
    return shown


def short_of(mutated: Iterable[Mutated], minimum: float) -> list[Mutated]:
    """Those of *mutated* whose score is below *minimum*."""
    return [each for each in mutated if each.found.score < minimum]


def notes(mutated: Sequence[Mutated], minimum: float) -> Iterator[str]:
    """What is said beside the report."""
    for each in mutated:
        if not each.found.examples and each.found.survivors:
            yield f"`{harmless(each.file)}` has no EXAMPLE, so nothing is noticed"
            yield f"write some with `connectrules examples {harmless(each.file)}`"
    proposed = sum(len(each.found.proposed) for each in mutated)
    if proposed:
        yield (
            f"{counted(proposed, 'EXAMPLE', 'EXAMPLEs')} proposed: add those that say what you "
            "mean, and mend the rules where they don't"
        )
    for each in short_of(mutated, minimum):
        score = f"`{harmless(each.file)}` scores {percent(each.found)} %"
        yield f"{score}, and {minimum:g} % was asked for"
