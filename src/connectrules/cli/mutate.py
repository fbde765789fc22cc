"""`connectrules test --mutate`: whether EXAMPLEs notice small changes of a policy."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs
import click

from connectrules.cli import console
from connectrules.cli.progress import Working
from connectrules.cli.words import counted
from connectrules.policy import Policy
from connectrules.render.cells import harmless
from connectrules.render.json import dumps
from connectrules.resolve.resolved import BARE
from connectrules.testing.mutation import Mutation, mutate
from connectrules.testing.mutation_report import mutation_json, mutation_text, percent


@attrs.frozen
class Mutated:
    """A policy, and which changes of it its EXAMPLEs notice.

    Attributes:
        file: What its text is called.
        found: What was found.
        is_bare: Whether it is a bare condition.
    """

    file: str
    found: Mutation
    is_bare: bool = False


def show_mutations(
    policies: Iterable[Policy[Any]], form: str, beside: Mapping[str, Mapping[str, Any]]
) -> list[Mutated]:
    """Show which changes of *policies* their EXAMPLEs notice.

    Args:
        policies: The policies.
        form: ``text`` or ``json``.
        beside: What else is said of a file in its line of JSON, if anything is.
    """
    shown: list[Mutated] = []
    for policy in policies:
        with Working("changes") as working:
            # Without an EXAMPLE nothing is noticed, and the first are better written otherwise.
            found = mutate(policy, propose=bool(policy.examples), tell=working.tell)
        is_bare = [rule.name for rule in policy.rules] == [BARE]
        each = Mutated(policy.source.name, found, is_bare)
        if form == "json":
            said = mutation_json(each.file, found)
            if each.file in beside:
                del said["file"]
                said = {**beside[each.file], "mutation": said}
            click.echo(dumps(said))
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
            if each.is_bare:
                yield "beside a bare condition none can stand: write `CONNECT WHEN` before it, and"
                yield "the line `OTHERWISE DECLINE`"
            else:
                yield f"write some with `connectrules examples {harmless(each.file)}`"
    proposed = sum(len(each.found.proposed) for each in mutated)
    if proposed:
        yield (
            f"{counted(proposed, 'EXAMPLE', 'EXAMPLEs')} proposed: add those that say what you "
            "mean, and mend the rules where they don't"
        )
    for each in short_of(mutated, minimum):
        found = "has nothing to try" if each.found.is_idle else f"scores {percent(each.found)} %"
        yield f"`{harmless(each.file)}` {found}, and {minimum:g} % was asked for"
