"""The talk itself: a question, a key, and what comes of it, until there is no more to ask."""

import datetime

from connectrules.cli.asking.forms import Form, form
from connectrules.cli.asking.keys import Keyboard, TooLong, Unended
from connectrules.cli.asking.screen import COMMANDS, Screen
from connectrules.cli.asking.session import Asking, Session
from connectrules.cli.asking.stopping import Stops
from connectrules.cli.problems import Refused
from connectrules.cli.words import called, cut
from connectrules.errors import StoreError
from connectrules.render.cells import harmless
from connectrules.render.values import said
from connectrules.schema.contact import Contact
from connectrules.schema.types import UNSURE, Unfit
from connectrules.store import Value

_WORDS = dict(COMMANDS)
_UNSURE = "u"
_MOST_SHOWN = 60
"""How many characters of a line that is not taken are shown."""


class Dialogue:
    """Asks the questions of a session."""

    def __init__(
        self,
        session: Session,
        keyboard: Keyboard,
        screen: Screen,
        stops: Stops,
        *,
        day: datetime.date,
        by: str | None,
    ) -> None:
        """Nothing asked yet.

        Args:
            session: The session.
            keyboard: Where answers come from.
            screen: Where questions go.
            stops: What ends it.
            day: The day of the answers.
            by: Who gives them.
        """
        self._session, self._keyboard, self._screen = session, keyboard, screen
        self._stops, self._day, self._by = stops, day, by
        self._shown: Contact | None = None

    def run(self) -> None:
        """Ask until there is no more to ask, or somebody stops it."""
        with self._keyboard.ready():
            goes_on = True
            while goes_on:
                asking = self._session.current()
                if asking is None:
                    self._leave()
                    goes_on = self._once_more()
                else:
                    self._turn_to(asking.contact)
                    goes_on = self._ask(asking)

    def _turn_to(self, contact: Contact) -> None:
        """Show *contact*, unless that was done."""
        if self._shown is not None and self._shown.key == contact.key:
            self._screen.gap()
            return
        self._leave()
        self._keyboard.fresh()
        settled, left = len(self._session.settled), self._session.left
        self._screen.card(contact, f"{settled:,} settled, {left:,} left")
        self._shown = contact

    def _leave(self) -> None:
        """Say what came of the contact that was shown last."""
        if self._shown is not None:
            self._screen.outcome(self._session.outcome(self._shown))
        self._shown = None

    def _ask(self, asking: Asking) -> bool:
        """Ask one question until something comes of it; whether to go on."""
        how = form(asking.subject)
        self._screen.question(asking, how)
        while True:
            typed = self._typed(how)
            match typed:
                case None | "q":
                    self._echo(how, "q")
                    return False
                case "s":
                    self._session.skip(asking)
                    self._echo(how, "s")
                    return True
                case "b":
                    self._echo(how, "b")
                    if self._back():
                        return True
                    self._screen.keys(how)
                case "?":
                    self._echo(how, "?")
                    self._screen.why(asking)
                    self._screen.question(asking, how)
                case _:
                    if self._answered(asking, how, typed):
                        return True
                    self._screen.keys(how)

    def _once_more(self) -> bool:
        """Let somebody go back who has answered all; whether they did."""
        if not (self._keyboard.patient and self._session.has_way_back):
            return False
        self._keyboard.fresh()
        self._screen.over()
        while (key := self._key()) not in {None, "q"}:
            if key == "b":
                self._screen.echo(_WORDS[key])
                if self._back():
                    return True
            else:
                self._screen.echo(key or "")
                self._screen.say(f"`{key}` is none of the keys", margin="  ", role="warning")
            self._screen.over()
        self._screen.echo(_WORDS["q"])
        return False

    def _key(self) -> str | None:
        with self._stops.waiting():
            return self._keyboard.key().lower() or None

    def _typed(self, how: Form) -> str | None:
        """A key, or a line; None where no more come."""
        if not how.is_typed:
            return self._key()
        while True:
            try:
                with self._stops.waiting():
                    line = self._keyboard.line()
            except TooLong as long:
                self._warn(
                    f"a line may have {long.most:,} bytes here, and the rest of this is lost"
                )
                self._screen.keys(how)
                continue
            except Unended as unended:
                self._say_unended(unended.typed)
                return None
            return line.lower() if line and line.lower() in _WORDS else line

    def _say_unended(self, typed: str) -> None:
        """Say that what was *typed* may be half of what was meant; a `q` ends it anyhow."""
        if typed.lower() != "q":
            self._screen.gap()
            shown = harmless(cut(typed, _MOST_SHOWN))
            self._warn(f"`{shown}` was not ended with Enter, and is not kept")

    def _warn(self, text: str) -> None:
        self._screen.say(text, margin="  ", role="warning")

    def _echo(self, how: Form, key: str) -> None:
        """Show what *key* did, unless it shows already as it was typed."""
        if not (how.is_typed and self._keyboard.echoes):
            self._screen.echo(_WORDS[key])

    def _answered(self, asking: Asking, how: Form, typed: str) -> bool:
        """Save the answer that was *typed*, if it is one."""
        if how.is_typed and not self._keyboard.echoes:
            self._screen.echo(typed)
        try:
            value = _value(how, typed)
        except Unfit as unfit:
            if not how.is_typed:
                self._screen.echo(typed)
            if not self._keyboard.patient:
                raise self._refused(asking, how, unfit) from None
            self._warn(str(unfit))
            return False
        try:
            self._session.answer(asking, value, day=self._day, by=self._by)
        except StoreError as error:
            return self._not_kept(asking, how, error)
        # What is shown is safe by now.
        if how.is_typed:
            self._screen.saved(value)
        else:
            self._screen.echo(value if isinstance(value, str) else said(value))
        return True

    def _not_kept(self, asking: Asking, how: Form, error: StoreError) -> bool:
        """Say why an answer is not kept, where somebody sees it; whether to go on without it."""
        if not self._keyboard.patient:
            raise error
        if not how.is_typed:
            self._screen.echo("not kept")
        for text in (str(error), *error.help):
            self._warn(text)
        return self._session.abandon_forgotten(asking)

    def _refused(self, asking: Asking, how: Form, unfit: Unfit) -> Refused:
        """That nobody can be asked again, and what comes next might be about somebody else."""
        wanted = how.wanted or " or ".join(f"`{key}`" for key in how.keys)
        keys = ", ".join(f"`{key}`" for key in _WORDS)
        help_ = (
            f"give {wanted} here, or one of {keys}",
            "the answers before it are kept",
        )
        msg = f"no answer to `{asking.question.fact}` about `{called(asking.contact)}`: {unfit}"
        return Refused(msg, help_, where=self._keyboard.where)

    def _back(self) -> bool:
        """Go back; whether there is somewhere to go back to."""
        try:
            found = self._session.back()
        except StoreError as error:
            if not self._keyboard.patient:
                raise
            self._warn(str(error))
            return False
        self._screen.back(found)
        if found.whom is None:
            return False
        self._shown = None
        asking = self._session.current()
        if asking is None or (asking.contact.key, asking.question.fact) != (
            found.whom.key,
            found.fact,
        ):
            self._screen.say(f"`{found.fact}` is not asked for any more", margin="  ")
        return True


def _value(how: Form, typed: str) -> Value:
    """The answer that was *typed*."""
    if typed == _UNSURE:
        return UNSURE
    if how.is_typed:
        return how.read(typed)
    if typed not in how.keys:
        msg = f"`{harmless(typed)}` is none of the keys"
        raise Unfit(msg)
    return how.keys[typed]
