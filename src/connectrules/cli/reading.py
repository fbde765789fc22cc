"""What commands read: the policy, the contacts, and what belongs to them."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import reduce, wraps
from pathlib import Path
from typing import Any

import attrs
import click

from connectrules.bulk.job import Job
from connectrules.cli.answers_file import LAST, AnswersFile, GivenAnswers, answers_option
from connectrules.cli.console import note
from connectrules.cli.options import condition_option, file_type, me_option, today_option
from connectrules.cli.policies import policy_and_files
from connectrules.cli.problems import Refused
from connectrules.cli.words import counted
from connectrules.errors import ContactError, ContextError
from connectrules.explanation import Explanation
from connectrules.policy import Policy
from connectrules.render.cells import harmless
from connectrules.schema.contact import Answers, Contact
from connectrules.sources import Loaded, open_contacts, record
from connectrules.sources.common.report import LoadReport
from connectrules.verdict import Verdict


@attrs.frozen
class Typed:
    """What was typed for a command that judges.

    Attributes:
        paths: The policy and the contacts; the contacts alone where there is a condition.
        condition: A bare condition in place of the policy.
        me_file: The owner's own record.
        today: The day to count from.
        answers_file: Answers by the contact's key or name, or the store of them.
    """

    paths: tuple[Path, ...]
    condition: str | None
    me_file: Path | None
    today: datetime.date | None
    answers_file: AnswersFile | None


def judging(
    command: Callable[..., None],
    *,
    answers: Callable[[Callable[..., None]], Callable[..., None]] = answers_option,
) -> Callable[..., None]:
    """Give *command* the arguments of those that judge, as a `Typed` before its own.

    Args:
        command: What is to be run.
        answers: The option that names a file of answers.
    """

    @wraps(command)
    def run(**typed: Any) -> None:  # noqa: ANN401 - as in click
        mine = {field.name: typed.pop(field.name) for field in attrs.fields(Typed)}
        command(Typed(**mine), **typed)

    parameters = (
        click.argument("paths", nargs=-1, type=file_type, metavar="POLICY CONTACTS..."),
        condition_option,
        me_option,
        today_option,
        answers,
    )
    return reduce(lambda made, parameter: parameter(made), reversed(parameters), run)


def no_contacts(answers: AnswersFile | None) -> click.UsageError | Refused:
    """That no contacts are named, which *answers* may have swallowed."""
    msg = "name the CONTACTS: files, or an export's folder or zip"
    if answers is None or answers.own:
        return click.UsageError(msg)
    return Refused(msg, (f"--answers took `{answers.path}`: {LAST}",))


def _tell(line: str) -> None:
    note(harmless(line))


def _me_missing(policy: Policy[Contact], where: str) -> Refused:
    name, _, number = where.rpartition(":")
    own = name == policy.source.name
    line = policy.source.line(int(number)).strip() if own else name
    return Refused(
        f"`{line}` speaks of you, and your own record is not given",
        ("give it with `--me FILE`, a JSON object or a CSV file with one row",),
        code="CR504",
        where=where,
    )


def real_day() -> datetime.date:
    """The day it is where the user is."""
    return datetime.date.today()  # noqa: DTZ011 - in no other time zone


@attrs.frozen
class Given:
    """What contacts are judged with.

    Attributes:
        policy: The policy.
        loaded: The contacts, and what becomes known as they are read.
        me: The owner's own record, if there is one.
        today: The day to count from, if the policy needs one.
        today_chosen: Whether nobody gave the day, so that it is the real one.
        given: Answers, and whom they are about.
        files: What the contacts are read from.
    """

    policy: Policy[Contact]
    loaded: Loaded
    me: Contact | None
    today: datetime.date | None
    today_chosen: bool
    given: GivenAnswers
    files: tuple[Path, ...]
    _used: Counter[str] = attrs.field(init=False, factory=Counter)

    @classmethod
    def read(cls, typed: Typed) -> "Given":
        """What was typed, read from its files."""
        policy, files = policy_and_files(typed.paths, typed.condition)
        if not files:
            raise no_contacts(typed.answers_file)
        return cls.of(policy, files, typed)

    @classmethod
    def of(cls, policy: Policy[Contact], files: tuple[Path, ...], typed: Typed) -> "Given":
        """The contacts in *files* for *policy*, and what else was typed, read from its files."""
        vocabulary = policy.vocabulary
        loaded = open_contacts(files, vocabulary)
        me = record.load_me(typed.me_file, vocabulary, tell=_tell) if typed.me_file else loaded.me
        chosen = typed.today is None and policy.needs_today
        today = real_day() if chosen else typed.today
        try:
            policy.decider(me=me, today=today)
        except ContextError as error:
            raise _me_missing(policy, error.where) from error
        given = GivenAnswers.read(
            typed.answers_file,
            files,
            vocabulary,
            facts=policy.facts,
            require=lambda given: policy.judge_all((), me=me, today=today, answers=given),
        )
        return cls(policy, loaded, me, today, chosen, given, files)

    @property
    def answers(self) -> Mapping[str, Answers]:
        """Answers by the contact's key."""
        return self.given.by_key

    def answers_about(self, key: str) -> Answers | None:
        """The answers about the contact with *key*, if there are any; they are counted as used."""
        found = self.answers.get(key)
        if found:
            self._used[key] = len(found)
        return found

    def contacts(self) -> Iterator[Contact]:
        """The contacts, in order."""
        yield from self.loaded.contacts

    def judged(self) -> Iterator[tuple[Contact, Verdict | ContactError]]:
        """Each contact and what is decided about it, in order."""
        job = Job(self.policy, self.me, self.today, self.answers)
        yield from job.one_by_one(self.contacts())

    def explain(self, contact: Contact) -> Explanation | ContactError:
        """Why *contact* is decided about as it is."""
        answers = self.answers_about(contact.key)
        try:
            return self.policy.explain(contact, me=self.me, today=self.today, answers=answers)
        except ContactError as error:
            return error

    def lines(self, report: LoadReport | None = None) -> Iterator[str]:
        """What to say on standard error about what was read, once it has been.

        Args:
            report: What was read, where that was not the contacts one by one.
        """
        yield from (report or self.loaded.report).lines()
        yield from self.given.lines(self._used)
        if self.today_chosen:
            yield f"counted from today, {self.today}: --today gives another day"
        if self.policy.warnings:
            what = counted(len(self.policy.warnings), "warning", "warnings")
            yield f"the policy has {what}: `connectrules check` shows them"
