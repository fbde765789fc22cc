"""What somebody who is asked gets to see, line by line, in any width."""

import datetime
import shlex
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

import attrs
import click

from connectrules.cli import console
from connectrules.cli.asking.forms import Form
from connectrules.cli.asking.session import Asking, Back, Outcome
from connectrules.cli.words import called, cut
from connectrules.errors import ContactError
from connectrules.explanation import Basis, Question, WhyNot
from connectrules.render.cells import clipped, harmless, width, wrapped
from connectrules.render.paint import Role
from connectrules.render.text import explanation_text, said
from connectrules.schema.contact import Contact
from connectrules.verdict import Decision

COMMANDS = (("u", "unsure"), ("s", "skip"), ("b", "back"), ("?", "why"), ("q", "stop"))
_TRUTHS = {"y": "yes", "n": "no"}
_PROMPT = "> "
_MARGIN = "  "
_INDENT = "    "
_GAP = "  "
_ROOM_FOR_ANSWER = 8
_MOST_LINES_OF_WHY = 40
_LONGEST_NAME = 100
_ROLES: dict[Decision, Role] = {
    Decision.CONNECT: "connect",
    Decision.DECLINE: "decline",
    Decision.REVIEW: "review",
    Decision.UNDECIDED: "undecided",
}

_Key = tuple[str, str]
"""A key, and what it does."""


class Screen:
    """Writes to *stream*, or nowhere."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream
        self._paint = console.paint(stream)
        self._room = 0

    @property
    def _width(self) -> int:
        return console.width(self._stream)

    # Lines

    def begin(self) -> None:
        """Keep apart from what a terminal shows already."""
        if console.is_terminal(self._stream):
            self.gap()

    def say(
        self, text: str, *, margin: str = "", hanging: str = "", role: Role | None = None
    ) -> None:
        """Write *text* after a *margin*, in as many lines as it takes."""
        first, *rest = _hung(harmless(text), self._width - len(margin), len(hanging))
        for line in (first, *(hanging + each for each in rest)):
            self._write(margin + (self._paint(role, line) if role else line))

    def paste(self, words: Iterable[str]) -> None:
        """Write the *words* of a command to be pasted; its lines go on after a backslash."""
        first, *rest = map(harmless, map(shlex.quote, words))
        line = _INDENT + first
        for word in rest:
            if width(f"{line} {word} \\") > self._width:
                self._write(f"{line} \\")
                line = _INDENT * 2 + word
            else:
                line = f"{line} {word}"
        self._write(line)

    def gap(self) -> None:
        """Write an empty line."""
        self._write()

    def _write(self, line: str = "") -> None:
        click.echo(line.rstrip() if line.isspace() else line, file=self._stream)

    # Who is asked about

    def card(self, contact: Contact, progress: str) -> None:
        """Write who *contact* is, and how far the session is."""
        room = self._width
        name = clipped(cut(called(contact), _LONGEST_NAME), max(room - len(progress) - 4, 8))
        line = "─" * max(room - width(name) - len(progress) - 2, 1)
        self._write()
        self._write(f"{self._paint('title', name)} {self._paint('frame', f'{line} {progress}')}")
        for text in _told(contact):
            self._write(_MARGIN + clipped(harmless(text), room - len(_MARGIN)))
        self._write()

    # Questions

    def question(self, asking: Asking, form: Form) -> None:
        """Write the question and the keys, and wait behind them."""
        self.say(asking.words, margin=_MARGIN, role="title")
        if form.choices:
            choices = [(str(number), each) for number, each in enumerate(form.choices, 1)]
            for line in self._laid_out(choices):
                self._write(line)
        self.keys(form)

    def keys(self, form: Form) -> None:
        """Write the keys, and wait behind them."""
        if form.is_typed:
            self.say(f"type {form.wanted}, and Enter", margin=_MARGIN)
        own = [(key, _TRUTHS[key]) for key in form.keys if key in _TRUTHS]
        self._wait_behind([*own, *COMMANDS], below=form.is_typed)

    def over(self) -> None:
        """Write that there is no more to ask, and wait behind what can still be done."""
        self._write()
        self.say("there is no more to ask", margin=_MARGIN)
        self._wait_behind([each for each in COMMANDS if each[0] in {"b", "q"}])

    def _wait_behind(self, keys: Sequence[_Key], *, below: bool = False) -> None:
        """Write *keys*, and wait behind them; or *below*, where there is more room."""
        *lines, last = self._laid_out(keys)
        for line in lines:
            self._write(line)
        used = width(click.unstyle(last)) + len(_GAP) + len(_PROMPT)
        if below or used + _ROOM_FOR_ANSWER > self._width:
            self._write(last)
            last, used = "", len(_MARGIN) + len(_PROMPT)
        self._room = self._width - used
        click.echo(f"{last}{_GAP}{_PROMPT}", file=self._stream, nl=False)
        if self._stream is not None:
            self._stream.flush()

    def echo(self, text: str) -> None:
        """Write *text* behind the keys: what was answered, once it is safe."""
        self._write(clipped(harmless(text), max(self._room, 1)))

    def saved(self, value: object) -> None:
        """Write how a typed answer was read, once it is safe."""
        self.say(f"kept: {said(value)}", margin=_MARGIN, hanging=_MARGIN)

    def _laid_out(self, keys: Sequence[_Key]) -> list[str]:
        """*keys* and what they do, in lines."""
        room = self._width - len(_MARGIN)
        lines: list[list[_Key]] = [[]]
        taken = 0
        for key, words in keys:
            does = clipped(harmless(words), room - len(key) - 1)
            wide = len(key) + 1 + width(does)
            if lines[-1] and taken + len(_GAP) + wide > room:
                lines.append([])
                taken = 0
            taken += wide + (len(_GAP) if lines[-1] else 0)
            lines[-1].append((key, does))
        return [_MARGIN + _GAP.join(map(self._key, line)) for line in lines]

    def _key(self, key: _Key) -> str:
        return f"{self._paint('help', key[0])} {self._paint('frame', key[1])}"

    # What comes of answers

    def outcome(self, outcome: Outcome) -> None:
        """Write what came of the contact that was asked about."""
        found = outcome.found
        if isinstance(found, ContactError):
            self._arrow("error", "could not be judged", str(found))
            return
        verdict = found.verdict
        role, word = _ROLES[verdict.decision], verdict.decision.value
        if verdict.decision is not Decision.UNDECIDED:
            by = " and ".join(f"`{rule}`" for rule in verdict.rules)
            why = f": {'; '.join(verdict.because)}" if verdict.because else ""
            self._arrow(role, word, f"by {by}{why}")
        elif outcome.waits_for:
            named = ", ".join(f"`{fact}`" for fact in outcome.waits_for)
            self._arrow(role, "still undecided", f"for {named} is not known")
        elif verdict.ask:
            self._arrow(role, "still undecided", "")
        else:
            named = ", ".join(f"`{fact}`" for fact in verdict.unsure)
            self._arrow(role, "still undecided", f"for nobody can say {named}")

    def _arrow(self, role: Role, word: str, more: str) -> None:
        text = f"→ {word}, {more}" if more else f"→ {word}"
        first, *rest = _hung(harmless(text), self._width - len(_MARGIN), len(_MARGIN))
        painted = first.replace(word, self._paint(role, word), 1)
        for line in (painted, *(_MARGIN + each for each in rest)):
            self._write(_MARGIN + line)

    def back(self, found: Back) -> None:
        """Write where one came back to."""
        if found.whom is not None:
            self.say(_came_back(found, found.whom), margin=_MARGIN, hanging=_MARGIN)
        elif found.other is not None:
            self.say(
                f"the answer given last, to `{found.other.fact}` about `{found.other.key}`, is "
                "not asked for here, and was left",
                margin=_MARGIN,
                hanging=_MARGIN,
            )
        else:
            self.say("there is nothing to go back to", margin=_MARGIN)

    def why(self, asking: Asking) -> None:
        """Write why the question is asked: what its answers lead to, and what it is for."""
        self._write()
        for line in self._reasons(asking):
            self._write(_MARGIN + line)
        self._write()

    def _reasons(self, asking: Asking) -> Iterator[str]:
        """The explanation, less all that could be asked besides."""
        question = asking.question
        bare = attrs.evolve(
            asking.explanation,
            contact=called(asking.contact),
            verdict=attrs.evolve(asking.explanation.verdict, ask=(question.fact,)),
            questions=(question.question,),
            account=_Alone(question),
        )
        text = explanation_text(bare, width=self._width - len(_MARGIN), paint=self._paint)
        lines = text.splitlines()
        yield from lines[:_MOST_LINES_OF_WHY]
        if len(lines) > _MOST_LINES_OF_WHY:
            yield f"… and {len(lines) - _MOST_LINES_OF_WHY:,} lines more"


@attrs.frozen
class _Alone:
    """One question, as if it were all there is to say: see `Account`."""

    question: Question
    decisions: tuple[Decision, ...] = ()

    def bases(self) -> Iterator[Basis]:
        """None."""
        return iter(())

    def why_not(self, decision: Decision, /) -> WhyNot:
        """Nothing."""
        return WhyNot(decision, ())

    def what_next(self) -> tuple[Question, ...]:
        """The question."""
        return (self.question,)

    def cannot_matter(self) -> tuple[str, ...]:
        """Nothing."""
        return ()


def _came_back(found: Back, whom: Contact) -> str:
    """What going back to *whom* did; of an answer given before, whose it was."""
    who = cut(called(whom), _LONGEST_NAME)
    if found.is_gone:
        return f"back to {who}: the answer to `{found.fact}` was taken back already, or forgotten"
    answer = found.answer
    if answer is None:
        return f"back to {who}"
    done = f"took back the answer about {who}: `{found.fact}` was {said(answer.value)}"
    if not found.is_before:
        return done
    by = f" by {cut(answer.by, _LONGEST_NAME)}" if answer.by else ""
    return f"{done}, given{by} on {answer.day:%Y-%m-%d}"


def _told(contact: Contact) -> Iterator[str]:
    """What helps to remember who *contact* is; their private note is nobody's to see."""
    job = ", ".join(filter(None, map(_text, (contact.position, contact.company))))
    url = _text(contact.url)
    if job:
        yield job
    if isinstance(contact.connected_on, datetime.date):
        yield f"connected on {contact.connected_on:%Y-%m-%d}"
    if url:
        yield url
    elif contact.key != called(contact):
        yield contact.key


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _hung(text: str, room: int, hanging: int) -> list[str]:
    """*text* in lines of at most *room* columns, less *hanging* from the second on."""
    first, *rest = wrapped(text, max(room, 1))
    return [first, *(wrapped(text[len(first) :].lstrip(), room - hanging) if rest else ())]
