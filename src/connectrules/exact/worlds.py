"""Many ways the facts could be, decided about at once.

A world is one way some facts are, with the others known, filled in, or free. A bit
set has a bit for each world, so that one run through the rules, in Python made for
them, decides about them all: thousands of worlds cost little more than one.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

from connectrules.exact import bits
from connectrules.exact.variables import Variables
from connectrules.rules.tree import AtLeast, Condition, Not, Test, postorder
from connectrules.verdict import Decision

Leaves = Mapping[int, int] | Sequence[int]
"""A set of worlds for each distinct test, by its number."""

Run = Callable[[Leaves, Leaves, int], tuple[int, ...]]
"""From the worlds in which each test can be true, those in which it can be false, and all
worlds, to those in which each condition can be true, and can be false."""


class Worlds:
    """Decides about worlds of one policy, for one owner and one day.

    Args:
        of: The rules, and the tests they hang on.
    """

    def __init__(self, of: Variables) -> None:
        self._of = of

    def decisions(self, true: Leaves, false: Leaves, everything: int) -> Mapping[Decision, int]:
        """For each decision that can be had, the worlds in which it can.

        Args:
            true: For each distinct test, the worlds in which it can be true.
            false: The worlds in which it can be false; both where nothing is known
                of a fact that is tested once.
            everything: All worlds.
        """
        rails = iter(self._run(true, false, everything))
        left, found = everything, dict[Decision, int]()
        for kind in self._of.roots:
            can, cannot = next(rails), next(rails)
            if left & can:
                found[kind] = left & can
            left &= cannot
        if left:
            found[self._of.default] = found.get(self._of.default, 0) | left
        return found

    @cached_property
    def _run(self) -> Run:
        return runner(self._of, tuple(self._of.roots.values()))


def runner(of: Variables, roots: Sequence[Condition]) -> Run:
    """What tells in which worlds *roots* can be true, and can be false.

    Args:
        of: The tests that they hang on.
        roots: Conditions.
    """
    lines = ["def run(T, F, E):"]
    names: dict[int, tuple[str, str]] = {}
    for root in roots:
        for node in postorder(root, known=names):
            names[id(node)] = _named(node, len(names), of, names, lines)
    rails = ", ".join(name for root in roots for name in names[id(root)])
    lines.append(f" return ({rails},)" if rails else " return ()")
    scope = {"at_least": bits.at_least}
    exec(compile("\n".join(lines), "<worlds>", "exec"), scope)  # noqa: S102 - of our own making
    return scope["run"]  # type: ignore[return-value]


def _named(
    node: Condition,
    place: int,
    of: Variables,
    names: Mapping[int, tuple[str, str]],
    lines: list[str],
) -> tuple[str, str]:
    """The names of the rails of *node*, which *lines* give their values."""
    match node:
        case Test():
            number = of.number[id(node)]
            return f"T[{number}]", f"F[{number}]"
        case Not(operand):
            true, false = names[id(operand)]
            return false, true
        case AtLeast(threshold, items, exactly):
            true, false = f"t{place}", f"f{place}"
            below = [(item.weight, *names[id(item.condition)]) for item in items]
            total = sum(item.weight for item in items)
            can = [(weight, name) for weight, name, _ in below]
            cannot = [(weight, name) for weight, _, name in below]
            lines += _reached(true, threshold, can)
            lines += _reached(false, total - threshold + 1, cannot)
            if exactly:
                lines += _reached("x", total - threshold, cannot)
                lines += _reached("y", threshold + 1, can)
                lines += [f" {true} &= x", f" {false} |= y"]
            return true, false


_LONGEST = 50
"""Of how many parts an expression is made: Python refuses those that nest too deeply."""

_FEW = 5
"""Up to how many items are counted one by one."""


def _reached(name: str, need: int, parts: Sequence[tuple[int, str]]) -> Iterator[str]:
    """Lines that give *name* the worlds in which enough of *parts* hold to weigh *need*."""
    weights = [weight for weight, _ in parts]
    rails = [rail for _, rail in parts]
    if need <= 0:
        yield f" {name} = E"
    elif need > sum(weights):
        yield f" {name} = 0"
    elif need <= min(weights):
        yield from _joined(name, "|", rails)
    elif need > sum(weights) - min(weights):
        yield from _joined(name, "&", rails)
    elif len(set(weights)) == 1 and -(-need // weights[0]) <= _FEW:
        yield from _counted(name, -(-need // weights[0]), rails)
    else:
        items = ", ".join(f"({weight}, {rail})" for weight, rail in parts)
        yield f" {name} = at_least({need}, ({items},), E)"


def _joined(name: str, sign: str, rails: Sequence[str]) -> Iterator[str]:
    """Lines that give *name* the *rails* joined by *sign*."""
    yield f" {name} = {f' {sign} '.join(rails[:_LONGEST])}"
    for start in range(_LONGEST, len(rails), _LONGEST):
        yield f" {name} {sign}= {f' {sign} '.join(rails[start : start + _LONGEST])}"


def _counted(name: str, number: int, rails: Sequence[str]) -> Iterator[str]:
    """The same by the worlds in which 1, 2, 3 and so on of the *rails* seen so far hold."""
    seen = [f"{name}_{count}" for count in range(1, number)] + [name]
    yield f" {' = '.join(seen)} = 0"
    for place, rail in enumerate(rails):
        for count in range(min(place + 1, number) - 1, 0, -1):
            yield f" {seen[count]} |= {seen[count - 1]} & {rail}"
        yield f" {seen[0]} |= {rail}"
