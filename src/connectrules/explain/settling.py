"""The smallest sets of a contact's facts that settle its decision, one after the other.

Each conjunct of the decision (see `needs`) must be settled. Those that share no fact with
anything else are settled by themselves; those that share a token are looked at together.
"""

import heapq
from collections.abc import Callable, Iterator, Sequence

from connectrules.exact.bits import places
from connectrules.explain.forming import Formed
from connectrules.explain.formulas import Formula
from connectrules.explain.hitting import Search, Tokens, in_order
from connectrules.explain.needs import Case, Conjunct, Layout
from connectrules.explain.streams import Facts, Stream, together
from connectrules.explain.trying import Trying, World

_MOST_STEPS = 40_000
"""How long the search for the smallest goes on before one is taken of which nothing can be
left out."""


class Settling:
    """What settles one decision of one contact.

    Args:
        layout: The policy.
        trying: The contact, and what tries sets of its facts.
        weights: What each fact weighs, by its slot.
        case: The decision's needs.
        exactly: Whether what Kleene logic leaves open is tried out.
    """

    def __init__(
        self,
        layout: Layout,
        trying: Trying,
        weights: Sequence[int],
        case: Case,
        *,
        exactly: bool,
    ) -> None:
        self._formed = Formed(layout, trying, weights, case)
        self._tokens = self._formed.tokens
        self._trying, self._case, self._exactly = trying, case, exactly
        self._sure = True

    def __iter__(self) -> Iterator[tuple[int, bool]]:
        """The sets in their order, each as bits, and whether the order is certain so far."""
        for _, facts in self._all() or ():
            yield facts, self._sure and self._formed.sure

    def _all(self) -> Stream | None:
        streams: list[Stream] = []
        open_: list[_Open] = []
        for each in self._case.conjuncts:
            if self._case.needs[each.root].alone:
                stream = self._formed.alone[each.root]
                if stream is None:
                    return None
                streams.append(stream)
            else:
                open_.append(self._opened(each))
                if open_[-1].is_hopeless:
                    return None
        start, left = self._forced(open_)
        streams.append(self._formed.expanded(start))
        for component in self._components(left, start):
            stream = self._searched(component, start)
            if stream is None:
                return None
            streams.append(stream)
        return together(streams)

    def _opened(self, conjunct: Conjunct) -> "_Open":
        formed = self._formed
        formula, every = formed.made_of(conjunct)
        if not conjunct.torn or not self._exactly:
            return _Open(formula, self._tokens, every)
        failing = self._trying.of(conjunct)
        return _Open(
            formula,
            self._tokens,
            every,
            lambda tokens: failing(formed.facts(tokens)),
            lambda world: formed.formula(conjunct, world),
        )

    # Tokens that are needed whatever else there is, and the rest

    def _forced(self, open_: Sequence["_Open"]) -> tuple[int, list["_Open"]]:
        """The tokens that every set has, and the conjuncts that these do not settle."""
        start = 0
        for each in open_:
            while (obstacle := each.obstacle(start)) and not obstacle & (obstacle - 1):
                if self._formed.is_listed(obstacle.bit_length() - 1):
                    break
                start |= obstacle
        return start, [each for each in open_ if each.obstacle(start) is not None]

    def _components(self, left: Sequence["_Open"], start: int) -> list[list["_Open"]]:
        """The conjuncts that share tokens together."""
        found: list[tuple[int, list[_Open]]] = []
        for each in left:
            tokens, members = each.every & ~start, [each]
            apart = []
            for others, their in found:
                if others & tokens:
                    tokens |= others
                    members = their + members
                else:
                    apart.append((others, their))
            found = [*apart, (tokens, members)]
        return [members for _, members in found]

    def _searched(self, members: Sequence["_Open"], start: int) -> Stream | None:
        def examine(chosen: int) -> int | None:
            before, fewest = self._trying.steps, None
            for each in members:
                obstacle = each.obstacle(chosen)
                if obstacle is not None and (
                    fewest is None or obstacle.bit_count() < fewest.bit_count()
                ):
                    fewest = obstacle
            search.charge(self._trying.steps - before)
            return fewest

        def settles(chosen: int) -> bool:
            before = self._trying.steps
            found = all(each.is_settled(chosen) for each in members)
            search.charge(self._trying.steps - before + cost)
            return found

        obstacles = []
        for each in members:
            chosen = start
            while obstacle := each.obstacle(chosen):
                obstacles.append(obstacle)
                for token in places(obstacle):
                    chosen |= self._tokens.above[token] | self._tokens.closures[token]
        cost = sum(each.cost for each in members)
        search = Search(self._tokens, examine, settles, obstacles, start, (_MOST_STEPS, cost))
        sets = self._in_order(search, start)
        first = next(sets, None)
        return None if first is None else Stream(first, lambda: sets)

    def _in_order(self, search: Search, start: int) -> Iterator[Facts]:
        """All that the sets of tokens of *search* stand for, the lightest first."""
        found = in_order(search)
        heap: list[tuple[Facts, int, Stream, int]] = []
        lightest, more = 0, True
        number = 0
        while more or heap:
            if more and (not heap or heap[0][0][0] > lightest):
                chosen, sure = next(found, (0, True))
                self._sure = self._sure and sure
                if not chosen:
                    more = False
                    continue
                stream = self._formed.expanded(chosen & ~start)
                lightest = stream.first[0]
                number += 1
                heapq.heappush(heap, (stream.first, number, stream, 0))
                continue
            facts, _, stream, place = heapq.heappop(heap)
            yield facts
            following = stream.get(place + 1)
            if following is not None:
                number += 1
                heapq.heappush(heap, (following, number, stream, place + 1))


class _Open:
    """A conjunct, and what satisfies it.

    Args:
        formula: What satisfies it for Kleene logic.
        tokens: What it is made of.
        every: Which of them it has.
        failing: From tokens to a world in which they do not settle it, None where they
            do; there is none where Kleene logic is exact.
        within: From a world to what satisfies it there.
    """

    def __init__(
        self,
        formula: Formula,
        tokens: Tokens,
        every: int,
        failing: Callable[[int], World | None] | None = None,
        within: Callable[[World], Formula] | None = None,
    ) -> None:
        self.formula, self._tokens, self.every = formula, tokens, every
        self._failing, self._within = failing, within

    @property
    def cost(self) -> int:
        """How many steps it takes to look for an obstacle."""
        return 10 + sum(len(parts) for _, parts in self.formula.gates) // 10

    @property
    def is_hopeless(self) -> bool:
        """Whether nothing settles it."""
        return self._failing is None and not self.formula.gates

    def is_settled(self, chosen: int) -> bool:
        """Whether *chosen* settle it."""
        if self.formula.obstacle(chosen) is None:
            return True
        return self._failing is not None and self._failing(chosen & self.every) is None

    def obstacle(self, chosen: int) -> int | None:
        """Tokens without which it is not settled; None where *chosen* settle it."""
        found = self.formula.obstacle(chosen)
        if found is None:
            return None
        found = self._tokens.lowest(found)
        if self._failing is None or self._within is None:
            return found
        # What Kleene logic lacks is lacking, if all else does not settle it.
        if found and self._failing(self.every & ~self._above(found)) is not None:
            return found
        world = self._failing(chosen & self.every)
        if world is None:
            return None
        lacking = self._within(world).obstacle(chosen) if world else None
        if lacking:
            return self._tokens.lowest(lacking)
        # There is no such world past the limit, and a list that counts exactly may fail in
        # it though all its items are met.
        return self._tokens.left_out(self.every, chosen & self.every, self._settles)

    def _settles(self, tokens: int) -> bool:
        return self._failing is None or self._failing(tokens) is None

    def _above(self, tokens: int) -> int:
        found = 0
        for each in places(tokens):
            found |= self._tokens.above[each]
        return found
