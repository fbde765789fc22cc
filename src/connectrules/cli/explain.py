"""`connectrules explain`: why one contact is decided about as it is."""

import shlex
import sys
from itertools import islice

import attrs
import click

from connectrules.cli import console
from connectrules.cli.problems import Refused
from connectrules.cli.reading import Given, Typed, judging
from connectrules.cli.unheard import asking_me
from connectrules.cli.words import called
from connectrules.errors import ContactError
from connectrules.explanation import Explanation
from connectrules.render.cells import harmless
from connectrules.render.json import dumps, error_json, explanation_json
from connectrules.render.text import error_text, explanation_text
from connectrules.schema.contact import Contact
from connectrules.schema.suggestions import either, meant
from connectrules.schema.types import canonical
from connectrules.verdict import Decision

_MOST_NAMED = 5
_MOST_SHOWN = 3
_MOST_BASES = 100
"""Of very many sets of facts that each settle it, nobody reads more."""


SAID = (Decision.CONNECT, Decision.DECLINE, Decision.REVIEW)


@attrs.frozen
class Asked:
    """What to tell beyond why.

    Attributes:
        why_not: A decision to say all of that would bring it.
        bases: How many sets of facts that settle it alone to show at most.
    """

    why_not: Decision | None
    bases: int


@click.command(short_help="Say why a contact is decided about as it is.")
@judging
@click.option("--contact", "key", metavar="KEY", help="The contact's key, or its name.")
@click.option(
    "--why-not",
    "wanted",
    type=click.Choice([each.value for each in SAID], case_sensitive=False),
    help="Say what would bring this decision, all the nearest ways.",
)
@click.option(
    "--all",
    "every",
    is_flag=True,
    help="Show what else of the facts known would settle it alone.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="A tree, or a JSON object.",
)
def explain(typed: Typed, key: str | None, wanted: str | None, *, every: bool, form: str) -> None:
    """Say why one of CONTACTS is decided about as it is.

    With -c, all arguments are CONTACTS. The exit status is 1 where the contact
    could not be judged.
    """
    given = Given.read(typed)
    if key is None:
        raise _nobody_named(given)
    contact = _found(given, key)
    result = given.explain(contact)
    asked = Asked(None if wanted is None else Decision(wanted), _MOST_BASES if every else 0)
    if form == "json":
        text, status = _json(contact, result, asked)
    else:
        text, status = _text(given, contact, result, asked)
    click.echo(text)
    for line in given.lines():
        console.note(harmless(line))
    raise click.exceptions.Exit(status)


def _json(contact: Contact, result: Explanation | ContactError, asked: Asked) -> tuple[str, int]:
    match result:
        case ContactError():
            return dumps(error_json(contact.key, result)), 1
        case Explanation():
            named = attrs.evolve(result, contact=contact.key)
            return dumps(explanation_json(named, why_not=asked.why_not, bases=asked.bases)), 0


def _text(
    given: Given, contact: Contact, result: Explanation | ContactError, asked: Asked
) -> tuple[str, int]:
    name = called(contact)
    if name != contact.key:
        name = f"{name} ({contact.key})"
    wide, paint = console.width(sys.stdout), console.paint(sys.stdout)
    match result:
        case ContactError():
            return error_text(result, contact=name, width=wide, paint=paint), 1
        case Explanation():
            named = attrs.evolve(asking_me(given.policy, result), contact=name)
            shown = explanation_text(
                named, why_not=asked.why_not, bases=asked.bases, width=wide, paint=paint
            )
            return shown, 0


def _nobody_named(given: Given) -> Refused:
    """That no contact is named, with some that can be."""
    some = [called(contact) for contact in islice(given.contacts(), _MOST_SHOWN)]
    if not some:
        return Refused("there is nobody here to explain")
    likely = either(f"`--contact {shlex.quote(each)}`" for each in some)
    return Refused("say which contact to explain, by name or key", (f"write {likely}",))


def _found(given: Given, typed: str) -> Contact:
    """The contact whose key is *typed*, else the one with that name."""
    wanted = canonical(typed)
    named: list[Contact] = []
    known: dict[str, str] = {}
    found: Contact | None = None
    for contact in given.contacts():
        names = [contact.key, *([contact.name] if isinstance(contact.name, str) else [])]
        known.update((canonical(name), name) for name in names)
        if contact.key == typed:
            found = contact
        elif wanted in map(canonical, names):
            named.append(contact)
    if found:
        return found
    match named:
        case [one]:
            return one
        case []:
            near = meant(wanted, known)
            like = [near] if near else [each for each in known if wanted in each][:_MOST_NAMED]
            message = f"there is no contact `{typed}`"
            likely = either(f"`{known[each]}`" for each in like) if like else ""
            raise Refused(message, (f"did you mean {likely}?",) if likely else ())
        case several:
            keys = ", ".join(f"`{each.key}`" for each in several[:_MOST_NAMED])
            more = ", …" if len(several) > _MOST_NAMED else ""
            message = f"{len(several)} contacts are called `{typed}`: {keys}{more}"
            raise Refused(message, ("name it by its key",))
