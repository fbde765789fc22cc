"""Answers from a file, to be kept: read, and held against a policy and contacts."""

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import attrs

from connectrules.cli.answer_cells import fitting, read_answer, text_of
from connectrules.cli.answer_table import TAKEN_BACK, AnswerTable
from connectrules.cli.answers_file import about
from connectrules.cli.problems import Refused
from connectrules.cli.words import counted
from connectrules.errors import AnswerError, SourceError
from connectrules.policy import Policy
from connectrules.schema.contact import Answers, Contact
from connectrules.schema.suggestions import did_you_mean
from connectrules.schema.types import UNSURE, Unfit, shown
from connectrules.schema.vocabulary import Fact, Vocabulary
from connectrules.sources import answers, open_contacts
from connectrules.sources.answers import Answered
from connectrules.sources.common.columns import NAME
from connectrules.sources.common.files import on_disk
from connectrules.sources.common.values import yes_no
from connectrules.store import NewAnswer, Value, values, writing
from connectrules.store.keys import LASTING, mistake
from connectrules.syntax.words import sentence

_MOST_NAMED = 5
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@attrs.frozen
class Placed:
    """An answer, and where it stands.

    Attributes:
        answer: The answer.
        where: Its file and line.
        named: Whether its key is the name of somebody.
    """

    answer: NewAnswer
    where: str
    named: bool = False


@attrs.frozen
class Held:
    """What answers are held against.

    Attributes:
        policy: What they have to be answers to, if it is given.
        contacts: Whom they have to be about, if they are given.
        latest: The latest day that an answer may be of.
    """

    policy: Policy[Contact] | None
    contacts: Sequence[Path]
    latest: datetime.date

    @property
    def vocabulary(self) -> Vocabulary[Contact]:
        """What columns may speak of."""
        return self.policy.vocabulary if self.policy else Vocabulary.of(Contact)


def read(path: Path, held: Held, *, tell: Callable[[str], object]) -> tuple[Placed, ...]:
    """The answers in the file at *path*, all of which can be kept.

    Args:
        path: The file.
        held: What they are held against.
        tell: Is called with a sentence about what is left out.

    Raises:
        SourceError: Where it, or one of them, cannot be read.
        Refused: Where one is to no fact, or about nobody there is.
    """
    table = AnswerTable.of(on_disk(path)) if path.is_file() else None
    if table:
        for name in table.left_out:
            tell(f"the column `{shown(name)}` is left out: it is none of a table of answers")
    found = tuple(_long(table, held) if table else _wide(path, held, tell))
    for each in found:
        _require_fact(each, held.policy)
        _require_keepable(each)
    return tuple(_with_keys(path, found, held))


# One answer a row


def _long(table: AnswerTable, held: Held) -> Iterator[Placed]:
    for where, cells in table.rows():
        key, fact = text_of(cells["key"]), text_of(cells["fact"])
        if key is None or fact is None:
            msg = f"the row has no `{'fact' if key else 'key'}`"
            raise SourceError(msg, where)
        value = _value(cells["answer"], fact, held, where)
        if value is None:
            continue
        answer = NewAnswer(
            key,
            fact,
            value,
            _day(text_of(cells["day"]), held, where),
            text_of(cells["question"]),
            text_of(cells["by"]),
            taken_back=_taken_back(cells[TAKEN_BACK], where) if table.is_history else None,
        )
        yield Placed(answer, where)


def _value(written: str, fact: str, held: Held, where: str) -> Value | None:
    known = held.vocabulary.facts.get(about(fact))
    try:
        return fitting(known.type, written) if known else read_answer(written)
    except Unfit as misfit:
        raise _unfit(fact, misfit, held, where) from misfit


def _unfit(fact: str, misfit: Unfit, held: Held, where: str) -> SourceError:
    help_ = () if held.policy else (DECLARED,)
    return SourceError(f"`{shown(fact)}`: {misfit}", where, help_)


DECLARED = "where a policy makes something else of the fact, name it with `--policy POLICY`"


def _day(written: str | None, held: Held, where: str) -> datetime.date | None:
    if written is None:
        return None
    try:
        day = datetime.date.fromisoformat(written if _DAY.fullmatch(written) else "")
    except ValueError as error:
        msg = f"`{shown(written)}` is no day: write it as 2026-11-22"
        raise SourceError(msg, where) from error
    if day > held.latest:
        msg = f"`{written}` is still to come: no answer was given then"
        raise SourceError(msg, where)
    return day


def _taken_back(written: str, where: str) -> bool:
    found = yes_no(written) if written.strip() else False
    if not isinstance(found, bool):
        msg = f"`{TAKEN_BACK}` is yes or no, and not `{shown(written)}`"
        raise SourceError(msg, where)
    return found


# A column for each fact


def _wide(path: Path, held: Held, tell: Callable[[str], object]) -> Iterator[Placed]:
    vocabulary = held.vocabulary
    named = {about(fact.name) for fact in held.policy.facts} if held.policy else set()
    passed: dict[str, None] = {}
    for each in answers.load(path, vocabulary):
        for said, found in each.answers.items():
            known = vocabulary.facts.get(about(said))
            if _is_of_the_contact(said, known, vocabulary) and about(said) not in named - {NAME}:
                passed[said] = None
                continue
            value = found
            if isinstance(found, str) and known is None:
                value = read_answer(found)
            elif known is not None and found is not UNSURE:
                try:
                    known.type.ready(found)
                except Unfit as misfit:
                    raise _unfit(said, misfit, held, each.where) from misfit
            if value is not None:
                yield Placed(NewAnswer(each.whom, said, value), each.where, named=each.named)
    for said in passed:
        tell(f"the column `{shown(said)}` is left out: it says what a contact is, and is no answer")


def _is_of_the_contact(said: str, known: Fact | None, vocabulary: Vocabulary[Contact]) -> bool:
    """Whether a contact's own files say it, and nobody is asked for it."""
    if known is None:
        return about(said) in vocabulary.hidden
    return known.attribute is not None and not known.asked


# Held against a policy and contacts


def _require_fact(placed: Placed, policy: Policy[Contact] | None) -> None:
    """Raise Refused where the answer is to nothing that can be asked."""
    said = placed.answer.fact
    if policy is None:
        if not sentence(said):
            msg = f"`{shown(said)}` is no fact: a fact is said in plain words"
            raise SourceError(msg, placed.where)
        return
    facts = policy.vocabulary.facts
    if about(said) not in facts:
        msg = f"no fact is called `{shown(said)}`"
        hints = did_you_mean(said, [fact.name for fact in facts.values()])
        raise Refused(msg, hints or (_LISTED,), code=AnswerError.code, where=placed.where)


_LISTED = "`connectrules facts POLICY` lists the facts"


def _require_keepable(placed: Placed) -> None:
    """Raise SourceError where the answer's value or a text of it cannot be kept."""
    said = shown(placed.answer.fact)
    try:
        values.written(placed.answer.value)
    except TypeError as error:
        msg = f"`{said}` is answered by yes, no, unsure, a number, a day, a text or texts alone"
        raise SourceError(msg, placed.where) from error
    except ValueError as error:
        msg = f"`{said}`: {error}"
        raise SourceError(msg, placed.where) from error
    for text in (placed.answer.fact, placed.answer.question, placed.answer.by):
        wrong = writing.mistake(text)
        if wrong:
            raise SourceError(wrong, placed.where)


def _with_keys(path: Path, found: Sequence[Placed], held: Held) -> Iterator[Placed]:
    """The answers in *found* with the keys of those they are about."""
    keys = _keys(path, found, held) if held.contacts else None
    for each in found:
        key = each.answer.key
        if keys is not None:
            key = keys[key]
        elif each.named:
            msg = f"`{shown(key)}` is a name, and answers are kept by key"
            help_ = "name the files they are in with `--contacts FILE`, or add a column `key`"
            raise Refused(msg, (help_,), where=each.where)
        wrong = mistake(key)
        if wrong:
            raise Refused(wrong, (LASTING,), where=each.where)
        yield attrs.evolve(each, answer=attrs.evolve(each.answer, key=key))


def _keys(path: Path, found: Sequence[Placed], held: Held) -> Mapping[str, str]:
    """The key of everybody that *found* is about, by their key or name."""
    people: dict[str, Answered] = {}
    for each in found:
        whom = each.answer.key
        people.setdefault(whom, Answered(whom, each.where, Answers({}, {})))
    matched = answers.matched(tuple(people.values()), _contacts(held))
    strangers = matched.strangers
    if not strangers:
        return matched.keys
    some = ", ".join(f"`{shown(each.whom)}` ({each.where})" for each in strangers[:_MOST_NAMED])
    more = ", …" if len(strangers) > _MOST_NAMED else ""
    who = counted(len(strangers), "person", "people")
    verb = "is" if len(strangers) == 1 else "are"
    msg = f"{who} in `{path.name}` {verb} not among the contacts: {some}{more}"
    names = (name for contact in _contacts(held) for name in (contact.key, contact.name))
    hints = did_you_mean(strangers[0].whom, (name for name in names if isinstance(name, str)))
    raise Refused(msg, (*hints, "nothing was saved"))


def _contacts(held: Held) -> Iterator[Contact]:
    return open_contacts(held.contacts, held.vocabulary).contacts
