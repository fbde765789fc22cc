"""How many contacts came out how, in a few lines."""

from collections import Counter
from collections.abc import Callable, Iterator

from connectrules.cli.words import counted
from connectrules.errors import ContactError
from connectrules.verdict import Decision, Verdict

_FIRST = 3
"""Of how many contacts it is told what is wrong with them."""
_MOST = 6
"""How many groups a line names."""

_DECIDED = {
    Decision.CONNECT: "to connect with",
    Decision.REVIEW: "to review",
    Decision.DECLINE: "declined",
}


class Summary:
    """Verdicts, counted by decision and by rule."""

    def __init__(self, why_inexact: Callable[[Verdict], str]) -> None:
        """Nothing counted yet; *why_inexact* says why a verdict is not exact."""
        self._why_inexact = why_inexact
        self._rules: dict[Decision, Counter[tuple[str, ...]]] = {
            decision: Counter() for decision in Decision
        }
        self._next: Counter[str] = Counter()
        self._assumed: Counter[str] = Counter()
        self._assuming = 0
        self._asked: set[str] = set()
        self._inexact: Counter[str] = Counter()
        self._faults: Counter[str] = Counter()
        self._wrong: Counter[str] = Counter()
        self._errors: list[ContactError] = []
        self._most_told = 0

    @property
    def errors(self) -> int:
        """How many contacts could not be judged."""
        return self._wrong.total()

    @property
    def asked(self) -> frozenset[str]:
        """All facts that are asked for."""
        return frozenset(self._asked)

    def add(self, result: Verdict | ContactError, number: int = 1) -> None:
        """Count *result*, of so many contacts."""
        if isinstance(result, ContactError):
            self._wrong[result.fact] += number
            if len(self._errors) < self._most_told:
                self._errors.append(result)
            return
        self._rules[result.decision][result.rules] += number
        if result.ask:
            self._next[result.ask[0]] += number
            self._asked.update(result.ask)
        if result.assumed:
            self._assuming += number
            self._assumed.update(dict.fromkeys(result.assumed, number))
        if not result.exact:
            self._inexact[self._why_inexact(result)] += number
        if result.faults:
            self._faults.update([fault.fact for fault in result.faults] * number)

    def tell_errors(self) -> None:
        """Tell of the first contacts that cannot be judged what is wrong with them."""
        self._most_told = _FIRST

    def lines(self) -> Iterator[str]:
        """The summary in sentences."""
        totals = {decision: rules.total() for decision, rules in self._rules.items()}
        yield f"{counted(sum(totals.values()) + self.errors, 'contact', 'contacts')} judged"
        figures = max(len(f"{number:,}") for number in (*totals.values(), self.errors))
        for decision, what in _DECIDED.items():
            if totals[decision]:
                rules = Counter(
                    {_together(names): number for names, number in self._rules[decision].items()}
                )
                yield f"{totals[decision]:>{figures},} {what}: {_groups(rules, '{1} by {0}')}"
        if totals[Decision.UNDECIDED]:
            asking = (
                f": ask first {_groups(_quoted(self._next), '{0} ({1})')}" if self._next else ""
            )
            yield f"{totals[Decision.UNDECIDED]:>{figures},} undecided{asking}"
        if self.errors:
            facts = _groups(_quoted(self._wrong), "{0} ({1})")
            yield f"{self.errors:>{figures},} could not be judged: {facts}"
        for error in self._errors:
            where = f" ({error.where})" if error.where else ""
            yield f"`{error.contact}`: {error}{where}"
        if self._assuming:
            rest = counted(self._assuming, "decision rests", "decisions rest")
            yield f"{rest} on assumptions: {_groups(_quoted(self._assumed), '{0} ({1})')}"
        for why, number in self._inexact.most_common():
            what = counted(number, "undecided contact", "undecided contacts")
            yield f"{what} may need fewer answers than are asked for: {why}"
        if self._faults:
            what = counted(self._faults.total(), "value was", "values were")
            facts = _groups(_quoted(self._faults), "{0} ({1})")
            yield f"{what} set aside as unusable, without effect: {facts}"


def _together(names: tuple[str, ...]) -> str:
    return " and ".join(f"`{name}`" for name in names)


def _quoted(counts: Counter[str]) -> Counter[str]:
    return Counter({f"`{name}`": number for name, number in counts.items()})


def _groups(counts: Counter[str], form: str) -> str:
    """The largest of *counts*, each in *form* of what it is and how many."""
    named = [form.format(name, f"{number:,}") for name, number in counts.most_common(_MOST)]
    left = len(counts) - _MOST
    return ", ".join(named) + (f" and {left} more" if left > 0 else "")
