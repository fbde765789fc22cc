"""`connectrules ask`: the questions that settle what is undecided, one key each."""

import getpass
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TextIO

import attrs
import click

from connectrules.cli import console, reading
from connectrules.cli.answers_file import AnswersFile, GivenAnswers, keeping_option, store_path
from connectrules.cli.asking.dialogue import Dialogue
from connectrules.cli.asking.keys import keyboard
from connectrules.cli.asking.screen import Screen
from connectrules.cli.asking.session import Session
from connectrules.cli.asking.stopping import Stopped, stops
from connectrules.cli.asking.survey import Survey, Surveyor, in_order
from connectrules.cli.asking.telling import after, before
from connectrules.cli.policies import STDIN, holds_contacts
from connectrules.cli.problems import Refused
from connectrules.cli.progress import Working
from connectrules.cli.reading import Given, Typed, judging
from connectrules.cli.words import cut
from connectrules.explanation import Explanation
from connectrules.render.cells import harmless
from connectrules.schema.contact import Contact
from connectrules.sources import open_contacts
from connectrules.store import AnswerStore, is_lasting

_LONGEST_NAME = 1_000
_KILLED = 128
"""What is added to a signal's number for an exit status."""


@click.command(short_help="Ask you what is missing, one key a question.")
@partial(judging, answers=keeping_option)
def ask(typed: Typed) -> None:
    """Ask about the undecided of CONTACTS, and ask only what decides.

    With -c, all arguments are CONTACTS. Each answer is kept as it is given, in the store
    that --answers names. The keys are y for yes, n for no, u for unsure, s to skip, b to go
    back, ? for why it is asked and q to stop; they may come through a pipe. The exit status
    is 1 where some contact could not be judged.
    """
    path = _store(typed.answers_file)
    _require_keys(typed)
    given = Given.read(attrs.evolve(typed, answers_file=None))
    is_new = not path.exists()
    with AnswerStore.open(path) as store:
        kept = GivenAnswers.kept(store, given.policy.facts)
        given = attrs.evolve(given, given=attrs.evolve(kept, store=None))
        explain = _explain(given)
        survey, contacts = _surveyed(given, store, explain)
        for line in given.lines():
            console.note(console.paint(sys.stderr)("frame", harmless(line)))
        screen = Screen(_stream())
        screen.begin()
        for line in before(survey, path, is_new=is_new):
            screen.say(line)
        session = Session(given.policy, store, explain, _finder(given), contacts)
        stopped = None
        try:
            stopped = _talked(session, screen, given)
        finally:
            for line in after(survey, session.done()):
                screen.say(line)
        if session.done().answered:
            screen.say("the verdicts are shown by")
            screen.paste(("connectrules", "judge", *_again(typed)))
    if stopped is not None:
        raise click.exceptions.Exit(_KILLED + stopped.number)
    raise click.exceptions.Exit(1 if survey.wrong else 0)


def _store(typed: AnswersFile | None) -> Path:
    """Where answers are kept."""
    path = store_path(None if typed is None else typed.path)
    if holds_contacts(path):
        msg = f"`{path}` is called as a table is, and answers are kept in a store"
        take_in = f"`connectrules answers import {path}` takes answers from a table into your store"
        raise Refused(msg, (take_in, "without --answers, that is the store that is used here"))
    return path


def _require_keys(typed: Typed) -> None:
    """See that standard input is free for answers."""
    if typed.condition is None and typed.paths[:1] == (STDIN,):
        msg = "the policy cannot come from standard input: that is where your answers come from"
        raise Refused(msg, ("name a file, or give a condition with -c",))


def _explain(given: Given) -> Callable[[Contact, Mapping[str, Any]], Explanation]:
    def explain(contact: Contact, answers: Mapping[str, Any]) -> Explanation:
        return given.policy.explain(contact, me=given.me, today=given.today, answers=answers)

    return explain


def _surveyed(
    given: Given,
    store: AnswerStore,
    explain: Callable[[Contact, Mapping[str, Any]], Explanation],
) -> tuple[Survey, list[Contact]]:
    """How the contacts stand, and those to ask about in order."""
    surveyor = Surveyor(given.policy, lasts=is_lasting, forgotten=store.forgotten)
    with Working() as working:
        for contact, result in given.judged():
            surveyor.add(contact, result, answers=len(given.answers.get(contact.key, ())))
            working.count()
        survey = surveyor.end()
        contacts = in_order(survey, lambda each: explain(each, given.answers.get(each.key, {})))
    return survey, contacts


def _finder(given: Given) -> Callable[[str], Contact | None]:
    """What finds a contact by its key, in the files: most are settled, and not kept in mind."""

    def found(key: str) -> Contact | None:
        contacts = open_contacts(given.files, given.policy.vocabulary).contacts
        return next((each for each in contacts if each.key == key), None)

    return found


def _talked(session: Session, screen: Screen, given: Given) -> Stopped | None:
    """Ask the questions; what stopped it, if a signal did."""
    try:
        with stops() as heard:
            Dialogue(
                session, keyboard(), screen, heard, day=reading.real_day(), by=who(given.me)
            ).run()
    except Stopped as stopped:
        if stopped.is_hung_up:
            console.abandon()
        screen.gap()
        return stopped
    finally:
        screen.gap()
    return None


def _stream() -> TextIO | None:
    """Standard output; where a person types and that is no terminal, standard error.

    None where a program is started without it.
    """
    if console.is_terminal(sys.stdin) and not console.is_terminal(sys.stdout):
        return sys.stderr
    return sys.stdout


def who(me: Contact | None) -> str | None:
    """Who gives the answers: the owner, else whoever is logged in."""
    if me is not None and isinstance(me.name, str) and me.name:
        return cut(harmless(me.name), _LONGEST_NAME)
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return None


def _again(typed: Typed) -> Iterator[str]:
    """What was typed, as it may be typed again for the verdicts."""
    if typed.condition is not None:
        yield from ("-c", typed.condition)
    yield from map(str, typed.paths)
    if typed.me_file is not None:
        yield from ("--me", str(typed.me_file))
    if typed.today is not None:
        yield from ("--today", str(typed.today))
    file = typed.answers_file
    yield "--answers" if file is None or file.own else f"--answers={file.path}"
