"""Texts that a fact could be: the present one with parts gained or lost, or another."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, combinations, islice

import attrs

from connectrules.exact.atoms import Atom
from connectrules.explain.changing.moves import UNKNOWN_TO_VALUE, Move
from connectrules.rules.parts import PARTS, mentioned
from connectrules.schema.types import folded

_SPACED_MARK = re.compile(r" ([,;:.)])")

_FEW = 5
"""Of so many parts all sets are tried, of more those that count for the tests."""

_MOST_SETS, _MOST_NEAR = 1_024, 256

_MOST_LISTED = 10
"""Of so many parts all sets are looked at, to see which a text may have."""

OTHER = ("another", "other", "xyz")
"""Texts for where it must be none of those that the policy names."""


@attrs.frozen(slots=False)
class Wording:
    """What the tests of one text compare it with.

    Attributes:
        named: The whole texts.
        groups: The parts of a text, those together that the tests cannot tell apart.
        written: How a policy writes a text, by how tests compare it.
    """

    named: tuple[str, ...]
    groups: tuple[tuple[Atom, ...], ...]
    written: Mapping[str, str]

    @cached_property
    def parts(self) -> tuple[Atom, ...]:
        """The parts of a text."""
        return tuple(sorted(atom for group in self.groups for atom in group))

    def possible(self) -> list[frozenset[Atom]] | None:
        """All sets of parts that a text may have; None where there are too many to list them."""
        if len(self.parts) > _MOST_LISTED:
            return None
        every = (
            frozenset(chosen)
            for size in range(len(self.parts) + 1)
            for chosen in combinations(self.parts, size)
        )
        return [each for each in every if self._may_be(each)]

    def _may_be(self, has: frozenset[Atom]) -> bool:
        """Whether nothing is known why a text cannot have just these of the parts."""
        lacks = [atom for atom in self.parts if atom not in has]
        return not any(_implies(one, other) for one in has for other in lacks) and not any(
            _excludes(one, other) for one, other in combinations(sorted(has), 2)
        )

    def moves(self, ready: str | None, raw: object) -> Iterator[Move]:
        """Texts that it could be instead of *ready*, which was found as *raw*."""
        for text in self.named:
            distance = 1.0 if ready is not None else UNKNOWN_TO_VALUE
            yield Move(text, self.written.get(text, text), distance)
        present = raw if isinstance(raw, str) and ready is not None else ""
        has = self._has(folded(present)) if ready is not None else frozenset()
        most = _MOST_SETS if ready is None else _MOST_NEAR
        sets = [*islice(self._sets(has), most)]
        yield from (self.moved(ready, self._turned(present, has, wanted), has) for wanted in sets)
        if ready is None:
            yield from (self.moved(None, text) for each in sets for text in self._anew(each))
        else:
            yield from (self.moved(ready, text) for text in _more(present))

    def padded(self, ready: str, raw: object) -> Iterator[Move]:
        """The same as the moves from *ready*, with other words around what stands there then."""
        present = raw if isinstance(raw, str) else ready
        has = self._has(ready)
        for wanted in islice(self._sets(has), _MOST_NEAR):
            for text in _more(self._turned(present, has, wanted)):
                yield self.moved(ready, text)

    def moved(self, ready: str | None, text: str, has: frozenset[Atom] | None = None) -> Move:
        """The move from *ready*, which *has* these parts, to *text*."""
        compared = folded(text)
        if ready is None:
            return Move(compared, text, UNKNOWN_TO_VALUE)
        has, now = self._has(ready) if has is None else has, self._has(compared)
        gains, loses = self._told(now - has), self._told(has - now)
        return Move(compared, text, float(len(gains) + len(loses)) or 1.0, None, gains, loses)

    def _has(self, text: str) -> frozenset[Atom]:
        return frozenset(atom for atom in self.parts if PARTS[atom[0]](text, atom[1]))

    def _told(self, atoms: Iterable[Atom]) -> tuple[str, ...]:
        return tuple(sorted({self.written.get(part, part) for _, part in atoms}))

    def _sets(self, has: frozenset[Atom]) -> Iterator[frozenset[Atom]]:
        """Sets of parts to have, those that differ least from what it *has* first."""
        if sum(map(len, self.groups)) <= _FEW:
            for size in range(len(self.parts) + 1):
                for turned in combinations(self.parts, size):
                    yield has ^ frozenset(turned)
            return
        found = [frozenset[Atom]()]
        for group in self.groups:
            own = [atom for atom in group if atom in has]
            rest = [atom for atom in group if atom not in has]
            sizes = sorted({0, 1, len(own), len(group) - 1, len(group)})
            ways = [frozenset((own + rest)[:size]) for size in sizes]
            found = [one | other for one in found for other in ways][:_MOST_SETS]
        yield from sorted(found, key=lambda each: (len(each ^ has), sorted(each)))

    def _turned(self, present: str, has: frozenset[Atom], wanted: frozenset[Atom]) -> str:
        """The *present* text without what it *has* and is not *wanted*, and with what is."""
        text = present
        for kind, part in sorted(has - wanted, key=lambda atom: (-len(atom[1]), atom)):
            text = _without(text, kind, part)
        return _joined(text, self._named(sorted(wanted - self._has(folded(text)))), " ")

    def _named(self, atoms: Sequence[Atom]) -> list[Atom]:
        return [(kind, self.written.get(part, part)) for kind, part in atoms]

    def _anew(self, wanted: frozenset[Atom]) -> Iterator[str]:
        """Texts made of the *wanted* parts alone."""
        atoms = self._named(sorted(wanted))
        if not atoms:
            yield from OTHER
            yield ""
            return
        for gap in (" ", ", ", "", " x "):
            yield _joined("", atoms, gap)
            yield _joined(OTHER[0], atoms, gap)
        # A part that stands there and is not mentioned has letters beside it.
        yield _joined("", [(kind, f"x{p}x" if kind == "contains" else p) for kind, p in atoms], " ")
        yield _joined(
            OTHER[0],
            [(kind, {"starts": f"{p}x", "ends": f"x{p}"}.get(kind, f"x{p}x")) for kind, p in atoms],
            " ",
        )
        yield _joined("x", [(kind, p) for kind, p in atoms], " x ")
        # A part that neither begins nor ends it has words on both sides.
        yield from _more(_joined("", atoms, " "))
        for one in _other_orders(atoms):
            yield _joined("", one, " ")


def _implies(one: Atom, other: Atom) -> bool:
    """Whether each text that has *one* has *other*, as far as the two parts tell."""
    (kind, part), (other_kind, inner) = one, other
    match other_kind:
        case "contains":
            return inner in part
        case "mentions":
            before = "" if kind in {"starts", "mentions"} else "x"
            after = "" if kind in {"ends", "mentions"} else "x"
            return mentioned(f"{before}{part}{after}", inner)
        case _:
            return kind == other_kind and PARTS[kind](part, inner)


def _excludes(one: Atom, other: Atom) -> bool:
    """Whether no text has both, as two ways to begin it or to end it."""
    if one[0] != other[0] or one[0] not in {"starts", "ends"}:
        return False
    return not _implies(one, other) and not _implies(other, one)


def _more(present: str) -> Iterator[str]:
    """The *present* text with more words after it, before it, and both."""
    if present:
        for more in (OTHER[0], OTHER[-1]):
            yield f"{present} {more}"
            yield f"{more} {present}"
            yield f"{more} {present} {more}"


def _other_orders(atoms: Sequence[Atom]) -> Iterator[Sequence[Atom]]:
    """A few other orders of *atoms*."""
    yield atoms[::-1]
    for place in range(1, min(len(atoms), _FEW)):
        yield [*atoms[place:], *atoms[:place]]


def _joined(text: str, atoms: Sequence[Atom], gap: str) -> str:
    """*text* with the parts *atoms* added where they belong."""
    starts = [part for kind, part in atoms if kind == "starts"]
    ends = [part for kind, part in atoms if kind == "ends"]
    inner = [part for kind, part in atoms if kind not in {"starts", "ends"}]
    starts.sort(key=len, reverse=True)
    ends.sort(key=len)
    return gap.join(filter(None, chain(starts[:1], [text], inner, ends[-1:])))


def _without(text: str, kind: str, part: str) -> str:
    """*text* without *part*, as far as it can be told where it stands."""
    compared = folded(text)
    if len(compared) != len(text):
        text = compared
    if not part:
        return text
    match kind:
        case "starts":
            return text[len(part) :].lstrip() if compared.startswith(part) else text
        case "ends":
            return text[: -len(part)].rstrip() if compared.endswith(part) else text
        case _:
            pass
    start = compared.find(part)
    while start >= 0:
        end = start + len(part)
        alone = not (start and compared[start - 1].isalnum()) and not (
            end < len(compared) and compared[end].isalnum()
        )
        if kind == "contains" or alone:
            text = _SPACED_MARK.sub(r"\1", f"{text[:start].rstrip()} {text[end:].lstrip()}").strip()
            compared = folded(text)
            start = compared.find(part)
        else:
            start = compared.find(part, start + 1)
    return text
