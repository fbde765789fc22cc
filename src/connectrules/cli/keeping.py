"""A page to keep, as a file."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from connectrules.cli.policies import STDIN
from connectrules.cli.problems import Refused
from connectrules.cli.reading import Given, real_day
from connectrules.cli.unheard import asking_me
from connectrules.cli.writing import Replacing, unwritable
from connectrules.errors import ContactError
from connectrules.explanation import Explanation
from connectrules.schema.contact import Contact
from connectrules.verdict import Verdict

Add = Callable[[Contact, Verdict | ContactError], None]


def refuse_other(path: Path) -> None:
    """Refuse to write a page where something else is already.

    Raises:
        Refused: Where *path* is another file, or none can be there.
    """
    if path == STDIN:
        msg = "`--html -`: a page is a file, and `-` names none"
        raise Refused(msg, ("give it a name, as in `--html contacts.html`",))
    from connectrules.render.html import MARK  # noqa: PLC0415 - for a page alone

    try:
        if path.is_file():
            with path.open("rb") as file:
                begins = file.read(len(MARK))
            if begins and begins != MARK.encode():
                msg = f"`{path}` is there already, and is no page of connectrules"
                raise Refused(msg, ("give the page another name; nothing in the file was changed",))
    except OSError as error:
        raise unwritable(path, error) from error


def keep(path: Path, given: Given, add: Add, notes: Callable[[], Iterable[str]]) -> None:
    """Write the page about all contacts to *path*.

    Args:
        path: The file; it takes its place when the page is whole.
        given: What they are judged with.
        add: Is told of each contact and what came out.
        notes: Lines to stand below, once all are judged; the store in them is called by
            its name, for a page is passed on, and a path says whose computer it is from.

    Raises:
        Refused: Where the file cannot be written; it is then as it was.
    """
    from connectrules.render.html import Told, page  # noqa: PLC0415 - for a page alone

    def results() -> Iterator[tuple[Contact, Explanation | ContactError]]:
        for contact in given.contacts():
            result = given.explain(contact)
            if isinstance(result, ContactError):
                add(contact, result)
            else:
                add(contact, result.verdict)
                result = asking_me(given.policy, result)
            yield contact, result

    def without_paths() -> Iterator[str]:
        store = given.given.store
        for line in notes():
            yield line if store is None else line.replace(f"`{store}`", f"`{store.name}`")

    files = tuple(file.resolve().name or str(file) for file in given.files)
    told = Told(given.today or real_day(), files, without_paths)
    with Replacing(path) as file:
        for piece in page(given.policy, results(), told):
            file.write(piece)
