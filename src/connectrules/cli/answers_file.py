"""`--answers`: a file of answers, or the store that keeps them."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from connectrules.cli.problems import Refused
from connectrules.cli.words import counted
from connectrules.errors import AnswerError
from connectrules.rules.tree import Spoken
from connectrules.schema.contact import Answers, Contact
from connectrules.schema.vocabulary import Fact, Vocabulary, slot

if TYPE_CHECKING:
    from connectrules.sources.answers import Answered
    from connectrules.store import AnswerStore

_MOST_NAMED = 5
_OWN = "\0"
"""What stands for the user's own store; nobody can type it."""


@attrs.frozen
class AnswersFile:
    """What was typed after `--answers`.

    Attributes:
        path: The file.
        own: Whether none was named, so that it is the user's own store.
    """

    path: Path
    own: bool = False


def _answers_file(
    _ctx: click.Context, _param: click.Parameter, typed: str | None
) -> AnswersFile | None:
    if typed is None:
        return None
    if typed == _OWN:
        from connectrules.store import default_path  # noqa: PLC0415 - with answers alone

        return AnswersFile(default_path(), own=True)
    path = Path(typed)
    what = _what(path) if typed else "nothing"
    if what:
        msg = f"--answers takes a file of answers, and `{typed}` is {what}"
        raise Refused(msg, (LAST,))
    return AnswersFile(path)


LAST = "put --answers last, or write --answers=FILE, so that it takes nothing else"


def _what(path: Path) -> str | None:
    """What *path* is that holds no answers, if it shows."""
    if str(path) == "-":
        return "standard input"
    if path.suffix.lower() == ".policy":
        return "a policy"
    if path.suffix.lower() == ".zip":
        return "a zip"
    return "a folder" if path.is_dir() else None


def _option(help_: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(
        "--answers",
        "answers_file",
        callback=_answers_file,
        is_flag=False,
        flag_value=_OWN,
        metavar="[FILE]",
        help=help_,
    )


answers_option = _option(
    "Answers, for what the contacts leave unknown: a file of them by key or name, or a "
    "store; without FILE, your own store."
)
keeping_option = _option("The store that keeps your answers; without FILE, your own store.")

store_option = click.option(
    "--answers",
    "store",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The store; without it, your own.",
)


def store_path(typed: Path | None) -> Path:
    """The store that was *typed*, else the user's own."""
    from connectrules.store import default_path  # noqa: PLC0415 - with answers alone

    return default_path() if typed is None else typed


@attrs.frozen
class GivenAnswers:
    """Answers that were given.

    Attributes:
        by_key: The answers, by the contact's key.
        strangers: Those about nobody there is.
        store: The store that they are from, if they are from one.
    """

    by_key: Mapping[str, Answers] = attrs.field(factory=dict)
    strangers: "tuple[Answered, ...]" = ()
    store: Path | None = None

    @classmethod
    def read(
        cls,
        file: AnswersFile | None,
        contacts: Sequence[Path],
        vocabulary: Vocabulary[Contact],
        *,
        facts: Iterable[Fact | Spoken],
        require: Callable[[Mapping[str, Answers]], object],
    ) -> "GivenAnswers":
        """The answers in *file* about *contacts*.

        Args:
            file: What was typed.
            contacts: The files of contacts.
            vocabulary: What columns may speak of.
            facts: The facts that are of use: a store holds answers to others as well,
                and those are passed over.
            require: Raises AnswerError where an answer in a file is to no fact.

        Raises:
            Refused: As *require* says.
            SourceError: Where the file or the contacts cannot be read.
            StoreError: Where the store cannot be used.
        """
        if file is None:
            return cls()
        from connectrules.sources import answers, open_contacts  # noqa: PLC0415 - with answers alone
        from connectrules.store import AnswerStore, is_store  # noqa: PLC0415 - with answers alone

        if file.own or is_store(file.path):
            with AnswerStore.reading(file.path) as store:
                return cls.kept(store, facts)
        _refuse_table(file.path)
        answered = answers.load(file.path, vocabulary)
        try:
            require({each.whom: each.answers for each in answered})
        except AnswerError as error:
            raise _no_answer(error, answered) from error
        found = answers.matched(answered, open_contacts(contacts, vocabulary).contacts)
        return cls(found.by_key, found.strangers)

    @classmethod
    def kept(cls, store: "AnswerStore", facts: Iterable[Fact | Spoken]) -> "GivenAnswers":
        """The answers to *facts* in *store*."""
        used = {about(fact.name) for fact in facts}
        wanted = [said for said in store.facts() if about(said) in used]
        return cls(store.known(wanted), store=store.path)

    def lines(self, used: Counter[str]) -> Iterator[str]:
        """Sentences about whom they are about, where *used* counts those of use by key."""
        if self.strangers:
            some = self.strangers[:_MOST_NAMED]
            named = ", ".join(f"`{each.whom}` ({each.where})" for each in some)
            more = ", …" if len(self.strangers) > _MOST_NAMED else ""
            what = counted(len(self.strangers), "answered record is", "answered records are")
            yield f"{what} about nobody here: {named}{more}"
        if self.store is not None:
            what = counted(used.total(), "answer", "answers")
            people = counted(len(used), "contact", "contacts")
            yield f"{what} about {people} taken from `{self.store}`"


def _refuse_table(path: Path) -> None:
    """Refuse a table with an answer a row, which is made for another command."""
    from connectrules.cli.answer_table import AnswerTable  # noqa: PLC0415 - with answers alone
    from connectrules.sources.common.files import on_disk  # noqa: PLC0415

    if path.is_file() and AnswerTable.of(on_disk(path)) is not None:
        msg = f"`{path}` has an answer a row, and --answers takes a column for each fact"
        take_in = f"take it into your store: connectrules answers import {path}"
        raise Refused(msg, (take_in, "and then judge with --answers alone, put last"))


def about(said: str) -> str:
    """The fact that *said* is, the owner's or a contact's."""
    return slot(said).removeprefix("my ")


def _no_answer(error: AnswerError, answered: "Sequence[Answered]") -> Refused:
    where = next((each.where for each in answered if error.sentence in each.answers), None)
    help_ = "call a column as the policy calls the fact: `connectrules facts POLICY` lists them"
    return Refused(str(error), (help_,), code=error.code, where=where)
