"""Sets that hit every obstacle, in order, the lightest first.

An obstacle is a set of tokens without which something is not settled, whatever else is
known: a contrastive set. What settles it hits every obstacle, and the smallest sets
that hit all obstacles are the smallest that settle it (Reiter 1987). The obstacles are
not known before: they are found while searching, each where a set hits all that were
found so far and still settles nothing.
"""

import heapq
from collections.abc import Callable, Iterator, Sequence
from random import Random

import attrs

from connectrules.exact.bits import places

_SHORTER = 10
"""How much sooner the search for one set is given up, once the order is lost."""
_MOST_TRIES = 3
"""How many sets are tried in vain before the search goes on."""
_LONGER = 20
"""How much longer sets are tried, all in all, before that is the end."""

Examine = Callable[[int], int | None]
"""From tokens to an obstacle that they do not hit; None where they settle it."""


@attrs.define(eq=False)
class Tokens:
    """What sets are made of.

    A token may need others before it, as the third of a list's items needs two.

    Attributes:
        weights: What each weighs.
        closures: Each with those it needs.
        above: Each with those that need it.
    """

    weights: list[int] = attrs.field(factory=list)
    closures: list[int] = attrs.field(factory=list)
    above: list[int] = attrs.field(factory=list)

    def add(self, weight: int, before: int | None = None) -> int:
        """The number of a new token of *weight*, which needs the one *before*."""
        number = len(self.weights)
        self.weights.append(weight)
        self.closures.append(1 << number)
        self.above.append(1 << number)
        if before is not None:
            self.closures[number] |= self.closures[before]
            for each in places(self.closures[before]):
                self.above[each] |= 1 << number
        return number

    def weight(self, tokens: int) -> int:
        """What *tokens* weigh together."""
        return sum(self.weights[each] for each in places(tokens))

    def lowest(self, tokens: int) -> int:
        """*tokens* without those that need another of them."""
        for each in places(tokens):
            if self.closures[each] & tokens != 1 << each:
                tokens ^= 1 << each
        return tokens

    def left_out(self, every: int, tokens: int, settles: Callable[[int], bool]) -> int:
        """What some set that settles nothing lacks of *every* token, where any more settles it.

        Args:
            every: All tokens.
            tokens: Those that are in the set in any case; they settle nothing.
            settles: Whether tokens settle it; more of them do so all the more.
        """
        rest, out = sorted(places(every & ~tokens)), 0
        while rest:
            # How many of the rest can be added before it is settled.
            few, many = 0, len(rest) + 1
            while many - few > 1:
                middle = (few + many) // 2
                if settles(tokens | sum(1 << each for each in rest[:middle])):
                    many = middle
                else:
                    few = middle
            tokens |= sum(1 << each for each in rest[:few])
            if few == len(rest):
                break
            out |= 1 << rest[few]
            rest = [each for each in rest[few + 1 :] if not self.closures[each] & out]
        return self.lowest(out)


class GivenUp(Exception):  # noqa: N818 - a finding, caught where it is of use
    """The search took more steps than are allowed."""


@attrs.frozen(eq=False)
class _Bound:
    """What is known of all sets that contain some tokens and not others.

    Attributes:
        weight: What must be added weighs as much at least.
        choices: The tokens of which one must be added; None where all obstacles are hit.
    """

    weight: int
    choices: tuple[int, ...] | None


class Search:
    """All smallest sets of tokens for which *examine* finds no obstacle, the lightest first.

    This is A*: of all sets that are not complete yet, the one is taken up that can be
    completed with the least weight as far as is known. The obstacles that have no token
    in common are hit one by one, so what hits them each costs something.

    Args:
        tokens: The tokens.
        examine: What finds an obstacle.
        settles: Whether there is none: the same, where it need not be found.
        obstacles: Obstacles that are known before.
        start: Tokens that are in every set.
        steps: How many steps are taken before it gives up, and how many it takes to
            examine a set.
    """

    def __init__(
        self,
        tokens: Tokens,
        examine: Examine,
        settles: Callable[[int], bool],
        obstacles: Sequence[int],
        start: int,
        steps: tuple[int, int],
    ) -> None:
        self._tokens, self._examine, self._start = tokens, examine, start
        self._obstacles = [(each, tuple(places(each))) for each in obstacles]
        self._found: list[int] = []
        self._heap: list[tuple[int, int, int, int]] = [(0, start, 0, 0)]
        self._steps, self._cost = steps
        self._settles = settles
        self._patience, self._spare = self._steps // _SHORTER, self._steps * _LONGER
        # Always the same: an explanation must not change from one day to the next.
        self._chance = Random(0)  # noqa: S311 - no secret

    def __iter__(self) -> Iterator[int]:
        """The sets in their order.

        Raises:
            GivenUp: Where it takes too many steps until the next one. It can be
                iterated again, in no order, by `anyhow`.
        """
        heap, tokens = self._heap, self._tokens
        while heap:
            if self._steps < 0:
                raise GivenUp
            bound, chosen, forbidden, weight = heapq.heappop(heap)
            if self._is_superfluous(chosen):
                continue
            known = self._bound(chosen, forbidden)
            if known is None:
                continue
            if weight + known.weight > bound:
                heapq.heappush(heap, (weight + known.weight, chosen, forbidden, weight))
                continue
            if known.choices is None:
                if self._is_settled(chosen):
                    self._found.append(chosen)
                    yield chosen
                else:
                    heapq.heappush(heap, (bound, chosen, forbidden, weight))
                continue
            for child, without in self._children(chosen, forbidden, known.choices):
                more = weight + tokens.weight(child ^ chosen)
                heapq.heappush(heap, (max(more, bound), child, without, more))

    def anyhow(self) -> Iterator[int]:
        """The sets that were not found yet, in no order: smaller ones may come later.

        Where the search for the next takes too many steps, another is taken of which
        nothing can be left out. That ends after a number of steps, and some may be missing.
        """
        stack = [(chosen, forbidden) for _, chosen, forbidden, _ in self._heap]
        self._steps = self._patience
        while stack:
            if self._steps < 0:
                found = self._another()
                if found is not None:
                    yield found
                elif self._spare < 0:
                    return
                self._steps = self._patience
                continue
            chosen, forbidden = stack.pop()
            if self._is_superfluous(chosen):
                continue
            choices = self._choices(chosen, forbidden)
            if choices:
                stack += reversed([*self._children(chosen, forbidden, choices)])
            elif choices is not None and not self._is_settled(chosen):
                stack.append((chosen, forbidden))
            elif choices is not None:
                # It holds none that was found, so neither does what is left of it.
                found = self._shrunk(chosen)
                self._found.append(found)
                yield found
                self._steps = self._patience

    def _is_superfluous(self, chosen: int) -> bool:
        """Whether *chosen* holds a set that was found."""
        self._steps -= len(self._found) // 32
        return any(each & chosen == each for each in self._found)

    def _choices(self, chosen: int, forbidden: int) -> list[int] | None:
        """Tokens of which *chosen* needs one more; None if it cannot be completed."""
        self._steps -= 1 + len(self._obstacles) // 32
        left, fewest = ~(chosen | forbidden), 0
        for each, _ in self._obstacles:
            if not each & chosen:
                free = each & left
                if not free:
                    return None
                if not fewest or free.bit_count() < fewest.bit_count():
                    fewest = free
        return [*places(fewest)]

    def _another(self) -> int | None:
        """A set that was not found yet, found by trying; None where a few tries find none."""
        for _ in range(_MOST_TRIES):
            self._steps = 0
            found = self._reduced()
            self._spare += self._steps
            if found not in self._found:
                self._found.append(found)
                return found
            if self._spare < 0:
                break
        return None

    def _reduced(self) -> int:
        """What is left of all tokens if what can be left out is, in an order of chance."""
        every = (1 << len(self._tokens.weights)) - 1
        order = [*places(every & ~self._start)]
        self._chance.shuffle(order)
        chosen, parts = every, [order]
        while parts:
            part = parts.pop()
            less = chosen
            for each in part:
                less &= ~self._tokens.above[each]
            if self._is_enough(less):
                chosen = less
            elif len(part) > 1:
                parts += [part[len(part) // 2 :], part[: len(part) // 2]]
        return chosen

    def some(self) -> int:
        """A set of which nothing can be left out, found without any search."""
        tokens, chosen = self._tokens, self._start
        while (obstacle := self._unhit(chosen)) is not None:
            hits = [0] * len(tokens.weights)
            for each, choices in self._obstacles:
                if not each & chosen:
                    for token in choices:
                        hits[token] += 1
            best = min(places(obstacle), key=lambda each: (-hits[each], tokens.weights[each]))
            chosen |= tokens.closures[best]
        return self._shrunk(chosen)

    def _shrunk(self, chosen: int) -> int:
        """*chosen*, which settles it, without what can be left out."""
        weights, above = self._tokens.weights, self._tokens.above
        for each in sorted(places(chosen & ~self._start), key=lambda each: -weights[each]):
            if not chosen & above[each] & ~(1 << each):
                less = chosen ^ (1 << each)
                if self._is_enough(less):
                    chosen = less
        return chosen

    def _is_enough(self, chosen: int) -> bool:
        """Whether *chosen* settles it; no obstacle is looked for where it does not."""
        return all(each & chosen for each, _ in self._obstacles) and self._settles(chosen)

    def charge(self, steps: int) -> None:
        """Count *steps* that were taken elsewhere."""
        self._steps -= steps

    @property
    def has_found(self) -> bool:
        """Whether a set was found so far."""
        return bool(self._found)

    def note(self, chosen: int) -> None:
        """Take *chosen* for found."""
        self._found.append(chosen)

    def _unhit(self, chosen: int) -> int | None:
        for each, _ in self._obstacles:
            if not each & chosen:
                return each
        return None if self._is_settled(chosen) else self._obstacles[-1][0]

    def _is_settled(self, chosen: int) -> bool:
        """Whether *chosen* settles it; where it does not, there is one more obstacle."""
        self._steps -= self._cost
        obstacle = self._examine(chosen)
        if obstacle is None:
            return True
        self._obstacles.append((obstacle, tuple(places(obstacle))))
        return False

    def _children(
        self, chosen: int, forbidden: int, choices: Sequence[int]
    ) -> Iterator[tuple[int, int]]:
        """*chosen* with each of *choices*, and without those before it."""
        for each in choices:
            yield chosen | self._tokens.closures[each], forbidden
            forbidden |= self._tokens.above[each]

    def _bound(self, chosen: int, forbidden: int) -> _Bound | None:
        """What is known of the sets with *chosen*, not *forbidden*; None if there is none."""
        weights, closures = self._tokens.weights, self._tokens.closures
        self._steps -= 1 + len(self._obstacles) // 8
        total = used = 0
        fewest: list[int] | None = None
        for obstacle, tokens in self._obstacles:
            if obstacle & chosen:
                continue
            choices = [each for each in tokens if not forbidden >> each & 1]
            if not choices:
                return None
            if fewest is None or len(choices) < len(fewest):
                fewest = choices
            reach, least = 0, -1
            for each in choices:
                closure = closures[each] & ~chosen
                reach |= closure
                # A token by itself is the usual case, and the sum is slow.
                cost = weights[each] if closure == 1 << each else self._tokens.weight(closure)
                if least < 0 or cost < least:
                    least = cost
            if not reach & used:
                used |= reach
                total += least
        if fewest is None:
            return _Bound(0, None)
        return _Bound(total, tuple(fewest))


def in_order(search: Search) -> Iterator[tuple[int, bool]]:
    """The sets of *search*, each with whether none after it is surely lighter.

    Where the search for the first takes too long, that is one of which nothing can be
    left out.
    """
    try:
        for chosen in search:
            yield chosen, True
    except GivenUp:
        if not search.has_found:
            chosen = search.some()
            search.note(chosen)
            yield chosen, False
        for chosen in search.anyhow():
            yield chosen, False
