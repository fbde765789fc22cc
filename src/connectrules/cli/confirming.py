"""Goes through proposed EXAMPLEs with somebody, who says what they would do, one key each."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, count
from typing import TYPE_CHECKING

import attrs

from connectrules.cli.asking.keys import END, Keyboard
from connectrules.cli.asking.screen import Screen
from connectrules.cli.asking.stopping import Stops
from connectrules.cli.problems import Refused
from connectrules.render.cells import harmless
from connectrules.testing.written import written
from connectrules.verdict import Decision, Verdict

if TYPE_CHECKING:  # few ask for EXAMPLEs, and every command would load what finds them
    from connectrules.testing.coverage import ProposedExample

_DECISIONS = {
    "y": Decision.CONNECT,
    "n": Decision.DECLINE,
    "r": Decision.REVIEW,
    "u": Decision.UNDECIDED,
}
_NAMES = {
    Decision.CONNECT: "I would connect",
    Decision.DECLINE: "I would decline",
    Decision.REVIEW: "I would look myself",
    Decision.UNDECIDED: "I would have to know more",
}
"""What EXAMPLEs are called in which somebody says otherwise than the policy."""
_KEYS = "y yes  n no  r review  u undecided  ? why  s skip  b back  q stop"


@attrs.frozen
class Confirmed:
    """An EXAMPLE that somebody has seen.

    Attributes:
        proposed: What was proposed.
        expected: The verdict that somebody expects.
        name: What to call it, where they expect something else than the policy says.
    """

    proposed: "ProposedExample"
    expected: Verdict
    name: str | None = None

    @property
    def text(self) -> str:
        """The EXAMPLE as it is written in a policy."""
        return self.proposed.expecting(self.expected, name=self.name)

    @property
    def agrees(self) -> bool:
        """Whether the policy says what is expected."""
        return self.expected.decision is self.proposed.verdict.decision


class Confirming:
    """Asks about each of the *proposed* EXAMPLEs what somebody would do.

    Args:
        proposed: The EXAMPLEs.
        taken: What other EXAMPLEs are called.
        keyboard: Where keys come from.
        screen: Where questions go.
        stops: What ends it.
        keep: What keeps those that are confirmed, each time there is another.
    """

    def __init__(
        self,
        proposed: "Sequence[ProposedExample]",
        taken: Iterable[str],
        keyboard: Keyboard,
        screen: Screen,
        stops: Stops,
        keep: "Callable[[Sequence[Confirmed]], None]",
    ) -> None:
        self._proposed, self._keyboard = tuple(proposed), keyboard
        self._screen, self._stops, self._keep = screen, stops, keep
        self._taken = {*taken, *(each.name for each in self._proposed)}
        self._done: dict[int, Confirmed] = {}

    @property
    def confirmed(self) -> tuple[Confirmed, ...]:
        """What was answered so far, in order."""
        return tuple(each for _, each in sorted(self._done.items()))

    def run(self) -> None:
        """Ask until all are answered, or somebody stops it."""
        place = 0
        with self._keyboard.ready():
            self._keyboard.fresh()
            while place < len(self._proposed):
                self._show(place)
                key = self._key()
                if key == END and not self._keyboard.patient:
                    self._tell_unanswered(len(self._proposed) - place)
                if key in {END, "q"}:
                    return
                place = self._did(place, key)

    def _tell_unanswered(self, left: int) -> None:
        of, are = len(self._proposed), "is" if left == 1 else "are"
        self._screen.say(
            f"→ standard input ends here: {left} of {of} {are} not answered", margin="  "
        )

    def agreed_to_write(self, many: int, where: str) -> bool:
        """Whether *many* of the confirmed are to be added to *where*; a pipe is not asked."""
        if not (many and self._keyboard.patient):
            return False
        with self._keyboard.ready():
            self._keyboard.fresh()
            self._screen.gap()
            what = "this EXAMPLE" if many == 1 else f"these {many} EXAMPLEs"
            self._screen.say(f"Add {what} to `{where}`?", margin="  ", role="title")
            self._screen.say("y yes  n no", margin="  ", role="frame")
            while (key := self._pressed()) not in {END, "q", "y", "n"}:
                self._screen.say(f"`{harmless(key)}` is none of the keys: y yes  n no", margin="  ")
        return key == "y"

    def _show(self, place: int) -> None:
        example, screen = self._proposed[place], self._screen
        screen.gap()
        screen.say(f"{place + 1} of {len(self._proposed)}", role="frame")
        screen.say("Suppose that this is all you know of somebody:", margin="  ")
        for line in _known(example):
            screen.say(line, margin="    ", hanging="  ")
        screen.say("With these facts, would you connect?", margin="  ", role="title")
        screen.say(_KEYS, margin="  ", role="frame")

    def _did(self, place: int, key: str) -> int:
        """What comes of *key*; the place of the next to ask about."""
        example, screen = self._proposed[place], self._screen
        if key == "b":
            before = max(place - 1, 0)
            if self._done.pop(before, None) is not None:
                self._keep(self.confirmed)
            return before
        if key == "s":
            return place + 1
        if key == "?":
            for line in example.shows:
                screen.say(line, margin="  ", hanging="  ")
            screen.say(_said(example.verdict), margin="  ")
            return place
        decision = _DECISIONS[key]
        agrees = decision is example.verdict.decision
        if agrees:
            self._done[place] = Confirmed(example, example.verdict)
        else:
            self._done[place] = Confirmed(example, Verdict(decision), self._free(_NAMES[decision]))
        self._keep(self.confirmed)
        if agrees:
            screen.say(f"→ {decision.value}, as the policy says", margin="  ")
        else:
            screen.say(
                f"→ {decision.value}; the policy says {example.verdict.decision.value}, so that "
                "this EXAMPLE will fail until one of the two is changed",
                margin="  ",
                hanging="  ",
            )
        return place + 1

    def _free(self, name: str) -> str:
        """*name*, or that with a number, as nothing else is called."""
        taken = {*self._taken, *(each.name for each in self._done.values())}
        numbered = (f"{name} ({number})" for number in count(2))
        return next(each for each in chain([name], numbered) if each not in taken)

    def _key(self) -> str:
        """The next key that means something."""
        while True:
            key = self._pressed()
            if key in {END, "q", "b", "s", "?", *_DECISIONS}:
                return key
            if not self._keyboard.patient:
                msg = f"{self._keyboard.where}: `{harmless(key)}` is none of the keys"
                raise Refused(msg, (f"the keys are {_KEYS}",))
            self._screen.say(f"`{harmless(key)}` is none of the keys: {_KEYS}", margin="  ")

    def _pressed(self) -> str:
        with self._stops.waiting():
            return self._keyboard.key().lower()


def _known(example: "ProposedExample") -> Iterator[str]:
    """What is known, line by line."""
    for subject, value in example.facts.items():
        yield f"{subject.name}: {written(value)}"
    for fact, value in example.mine.items():
        yield f"my {fact.name}: {written(value)}"
    if example.today is not None:
        yield f"today is {example.today.isoformat()}"
    if not example.facts:
        yield "nothing at all"


def _said(verdict: Verdict) -> str:
    rules = " and ".join(f'"{name}"' for name in verdict.rules)
    return f"The policy says {verdict.decision.value}{f', by {rules}' if rules else ''}."
