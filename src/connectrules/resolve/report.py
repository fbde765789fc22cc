"""What is wrong with a policy, as it is found."""

from collections.abc import Iterable

import attrs

from connectrules.diagnostics import Diagnostic
from connectrules.source import Source
from connectrules.syntax.mistakes import Mistake


class Report:
    """The mistakes found so far; an unknown sentence is one, however often it is used."""

    def __init__(self) -> None:
        self._diagnostics: list[Diagnostic] = []
        self._unread: dict[str, tuple[int, int]] = {}
        """For each unknown sentence its diagnostic's number, and how often it was met again."""

    def tell(self, source: Source, mistake: Mistake) -> None:
        """Report *mistake*, which stands in *source*."""
        self._diagnostics.append(mistake.diagnostic(source))

    def tell_all(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Report *diagnostics*."""
        self._diagnostics += diagnostics

    @property
    def unread(self) -> int:
        """How many different sentences are unknown."""
        return len(self._unread)

    def is_known(self, sentence: str) -> bool:
        """Whether *sentence* is reported as unknown already; it is counted then."""
        known = self._unread.get(sentence)
        if known is None:
            return False
        number, again = known
        self._unread[sentence] = number, again + 1
        return True

    def tell_unread(self, source: Source, mistake: Mistake, sentence: str) -> None:
        """Report *mistake*, that nothing reads like *sentence*."""
        self._unread[sentence] = len(self._diagnostics), 0
        self.tell(source, mistake)

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All that was reported, in that order."""
        found = list(self._diagnostics)
        for number, again in self._unread.values():
            if again:
                places = "place" if again == 1 else "places"
                counted = f"it stands here and in {again:,} more {places}"
                first = found[number]
                found[number] = attrs.evolve(first, help=(*first.help, counted))
        return tuple(found)
