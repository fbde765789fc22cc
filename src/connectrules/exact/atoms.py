"""Atoms: the single values that a fact's tests compare it with."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any

from connectrules.rules.meaning import Form, primitives
from connectrules.rules.parts import PARTS

Atom = tuple[str, Any]
"""A primitive of the algebra, and the value that it compares with."""


def atoms_of(form: Form) -> Iterator[Atom]:
    """What a test compares its fact with, as ``(primitive, value)``."""
    for each in primitives(form):
        match each:
            case ("less", left, right):
                yield from _compared("less", (left, right))
            case ("equal", sides):
                yield from _compared("equal", sides)
            case ("member", (_, item), _):
                yield ("member", item)
            case (str(name), _, (_, part)) if name in PARTS and not is_in_any(name, part):
                yield (name, part)
            case _:
                pass


def _compared(name: str, sides: Iterable[Form]) -> Iterator[Atom]:
    kinds = {side[0]: side for side in sides}
    if "literal" in kinds:
        yield ("length" if "length" in kinds else name, kinds["literal"][1])


def groups(atoms: Iterable[Atom], forms: Sequence[Form]) -> list[list[Atom]]:
    """*atoms*, those together that the tests cannot tell one from another.

    Atoms that only ever count together, as in two lists of words to mention, are
    alike: of a group of such, how many hold is all that matters.
    """
    roles = _roles(forms)
    found: dict[object, list[Atom]] = {}
    for atom in sorted(atoms):
        found.setdefault(roles[atom], []).append(atom)
    return [*found.values()]


def _roles(forms: Sequence[Form]) -> dict[Atom, object]:
    """For each atom the forms it counts in; the atom itself where it is not merely counted."""
    played: dict[Atom, list[int]] = {}
    singular: set[Atom] = set()
    for place, each in enumerate(forms):
        counts = _merely_counts(each)
        for atom in atoms_of(each):
            places = played.setdefault(atom, [])
            if not counts or place in places[-1:]:
                singular.add(atom)
            places.append(place)
    return {atom: atom if atom in singular else tuple(places) for atom, places in played.items()}


def _merely_counts(form: Form) -> bool:
    """Whether *form* is one count of atoms that weigh the same."""
    match form:
        case ("not", below):
            return _merely_counts(below)
        case ("at least", _, _, *items):
            alike = len({weight for weight, _ in items}) == 1
            return alike and all(below[0] in {*PARTS, "member"} for _, below in items)
        case _:
            return True


def is_in_any(name: str, part: str) -> bool:
    """Whether every text has *part*: the empty one stands anywhere, though not as a word."""
    return not part and name != "mentions"


_MOST_PARTS = 1_000
"""More parts of one text than these are not looked through for one in another."""


def linked(atoms: Sequence[Atom]) -> bool:
    """Whether tests that count as independent might hang together.

    Parts of a text are independent in truth where none lies within another and no
    two begin or end it: a text of the wanted parts, apart from one another, has
    just these. Members of a list are; its length and its members may not be.
    """
    names = [name for name, _ in atoms]
    parts = [value for name, value in atoms if name in PARTS]
    if names.count("starts") > 1 or names.count("ends") > 1 or {"length", "member"} <= {*names}:
        return True
    return len(parts) > _MOST_PARTS or any(
        one in other or other in one for one, other in combinations(parts, 2)
    )
