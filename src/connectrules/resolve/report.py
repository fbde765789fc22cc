"""What is wrong with a policy, as it is found."""

from collections.abc import Iterable, Iterator, Sequence

import attrs

from connectrules.diagnostics import Diagnostic, Edit, Fix
from connectrules.source import Source, Span
from connectrules.syntax.mistakes import Mistake
from connectrules.syntax.tokens import Token

_MOST_MENDED = 1_000
"""In how many places a fix mends an unknown sentence; where it stands in more it mends none."""


@attrs.define
class _Unread:
    """An unknown sentence that was told.

    Attributes:
        number: Which diagnostic tells it.
        source: Where it stands.
        tokens: Its tokens there.
        again: How often it was met again.
        elsewhere: The tokens of those further places that are in the same text.
    """

    number: int
    source: Source
    tokens: Sequence[Token]
    again: int = 0
    elsewhere: list[Sequence[Token]] = attrs.field(factory=list)


class Report:
    """The mistakes found so far; an unknown sentence is one, however often it is used."""

    def __init__(self) -> None:
        self._diagnostics: list[Diagnostic] = []
        self._unread: dict[str, _Unread] = {}

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

    def is_known(self, sentence: str, source: Source, tokens: Sequence[Token]) -> bool:
        """Whether *sentence* is reported as unknown already; it is counted then."""
        known = self._unread.get(sentence)
        if known is None:
            return False
        known.again += 1
        if source is known.source and known.again <= _MOST_MENDED:
            known.elsewhere.append(tokens)
        return True

    def tell_unread(
        self, source: Source, mistake: Mistake, sentence: str, tokens: Sequence[Token]
    ) -> None:
        """Report *mistake*, that nothing reads like *sentence*, the *tokens* in *source*."""
        self._unread[sentence] = _Unread(len(self._diagnostics), source, tokens)
        self.tell(source, mistake)

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All that was reported, in that order."""
        found = list(self._diagnostics)
        for each in self._unread.values():
            if each.again:
                places = "place" if each.again == 1 else "places"
                counted = f"it stands here and in {each.again:,} more {places}"
                first = found[each.number]
                found[each.number] = attrs.evolve(
                    first, help=(*first.help, counted), fixes=tuple(_everywhere(each, first.fixes))
                )
        return tuple(found)


def _everywhere(unread: _Unread, fixes: Sequence[Fix]) -> Iterator[Fix]:
    """*fixes* of one place, for all places of the sentence; none where not all can be mended."""
    if unread.again > len(unread.elsewhere):
        return
    for fix in fixes:
        edits = [*fix.edits]
        for tokens in unread.elsewhere:
            edits += [_moved(edit, unread.tokens, tokens) for edit in fix.edits]
        yield Fix(fix.title, tuple(edits))


def _moved(edit: Edit, here: Sequence[Token], there: Sequence[Token]) -> Edit:
    """*edit* of the sentence *here*, for the same sentence *there*."""
    return Edit(
        Span(_place(edit.span.start, here, there), _place(edit.span.end, here, there)), edit.text
    )


def _place(place: int, here: Sequence[Token], there: Sequence[Token]) -> int:
    """Where the *place* beside or in a token *here* is *there*."""
    for one, other in zip(here, there, strict=True):
        if one.start <= place <= one.end:
            return min(other.start + place - one.start, other.end)
    return there[-1].end
