"""The needs of one contact's decision as tokens, and formulas of them.

A token is a fact that is tested more than once, or a part of the policy that shares no
fact with anything else: what settles such a part comes ready-made, as a stream.
"""

from collections.abc import Iterator, Mapping, Sequence

from connectrules.exact.bits import places
from connectrules.explain.formulas import Formula, Gate
from connectrules.explain.hitting import Tokens
from connectrules.explain.needs import Case, Conjunct, Layout
from connectrules.explain.streams import NOTHING, Facts, Stream, gate, one_of, together
from connectrules.explain.trying import Trying, World

_NO_WORLD: World = {}


class Formed:
    """The needs of one contact's decision.

    Args:
        layout: The policy.
        trying: The contact, and what tries sets of its facts.
        weights: What each fact weighs, by its slot.
        case: The decision's needs.
    """

    def __init__(self, layout: Layout, trying: Trying, weights: Sequence[int], case: Case) -> None:
        self.sure = True
        """Whether the order of the streams is certain."""
        self.tokens = Tokens()
        self._layout, self._trying, self._case, self._weights = layout, trying, case, weights
        self._streams: list[Stream] = []
        """What settles each token."""
        self._group: list[tuple[int, int]] = []
        """The list each token is of, and how many of its items it stands for."""
        self._lists: list[list[Stream]] = []
        self._of_fact: dict[int, int] = {}
        self._of_need: dict[int, int] = {}
        self._of_gate: dict[int, list[tuple[int, int]]] = {}
        self.alone: dict[int, Stream | None] = {}
        """What settles each need that shares no fact with any other; None if nothing does."""
        for number, need in enumerate(case.needs):
            if need.alone:
                self.alone[number] = self._settled(number)

    # Parts that share nothing

    def _settled(self, number: int) -> Stream | None:
        """What settles a need that shares no fact with anything else."""
        need = self._case.needs[number]
        if need.test is not None:
            return self._test(need.test, wanted=need.wanted)
        below = [(weight, self.alone[each]) for weight, each in need.below]
        items = [(weight, stream) for weight, stream in below if stream is not None]
        if need.exactly is not None:
            true = sum(stream is not None for _, stream in below[: need.need])
            if len(items) < need.need or true != need.exactly:
                return None
        stream, sure = gate(need.need, items)
        self.sure = self.sure and sure
        return stream

    def _test(self, test: int, *, wanted: bool) -> Stream | None:
        """What makes a test known that comes out as *wanted*."""
        constant = None if self._layout.may_pass else self._layout.constant.get(test)
        if constant is not None:
            return Stream(NOTHING) if constant is wanted else None
        if self._trying.pattern[test] is not wanted:
            return None
        return one_of([self._weighed(facts) for facts in self._trying.ways(test)])

    def _weighed(self, facts: Sequence[int]) -> Facts:
        return sum(self._weights[each] for each in facts), sum(1 << each for each in facts)

    # Tokens

    def _token(self, stream: Stream, before: int | None = None) -> int:
        weight = stream.first[0]
        self._streams.append(stream)
        self._group.append((-1, 1))
        return self.tokens.add(weight, before)

    def _fact(self, fact: int) -> int:
        if fact not in self._of_fact:
            stream = Stream((self._weights[fact], 1 << fact))
            self._of_fact[fact] = self._token(stream)
        return self._of_fact[fact]

    def _listed(self, streams: Sequence[Stream]) -> list[int]:
        """Tokens for one, two, three of *streams*, and so on, the lightest first."""
        ranked = sorted(streams, key=lambda each: each.first)
        self._lists.append(ranked)
        tokens: list[int] = []
        for number, stream in enumerate(ranked, 1):
            tokens.append(self._token(stream, tokens[-1] if tokens else None))
            self._group[-1] = (len(self._lists) - 1, number)
        return tokens

    def expanded(self, chosen: int) -> Stream:
        """All that tokens stand for."""
        streams: list[Stream] = []
        most: dict[int, int] = {}
        for each in places(chosen):
            number, count = self._group[each]
            if number < 0:
                streams.append(self._streams[each])
            else:
                most[number] = max(count, most.get(number, 0))
        for number, count in most.items():
            stream, _ = gate(count, [(1, each) for each in self._lists[number]])
            assert stream is not None  # noqa: S101 - there are as many
            streams.append(stream)
        return together(streams)

    def facts(self, chosen: int) -> int:
        """Facts that settle the tokens *chosen*."""
        found = 0
        for each in places(chosen):
            found |= self._streams[each].first[1]
        return found

    # Formulas of what is left

    def made_of(self, conjunct: Conjunct) -> tuple[Formula, int]:
        """The formula of *conjunct* for Kleene logic, and all its tokens."""
        before = len(self._streams)
        formula = self.formula(conjunct)
        every = (1 << len(self._streams)) - (1 << before)
        for _, parts in formula.gates:
            for _, part in parts:
                if part >= 0:
                    every |= 1 << part
        if conjunct.torn:
            for fact in self._known_of(conjunct):
                every |= 1 << self._fact(fact)
        return formula, every

    def is_listed(self, token: int) -> bool:
        """Whether a token stands for some items of a list."""
        return self._group[token][0] >= 0

    def _known_of(self, conjunct: Conjunct) -> Iterator[int]:
        """The known facts of *conjunct* that something else speaks of too."""
        for test in conjunct.tests:
            if test not in self._case.tested_once and self._trying.pattern[test] is not None:
                for fact in self._layout.facts_of[test]:
                    if self._trying.is_known(fact):
                        yield fact

    def formula(self, conjunct: Conjunct, world: World = _NO_WORLD) -> Formula:
        """What satisfies *conjunct*.

        Args:
            conjunct: The conjunct.
            world: How tests come out whose facts are not known; where it leaves a
                doubt the formula is satisfied, so that what it lacks is surely lacking.
        """
        gates: list[Gate] = []
        parts: dict[int, int | None] = {}
        """For each need its part; None where it cannot be met."""
        for number in conjunct.needs:
            if not self._case.needs[number].alone:
                parts[number] = self._part(number, parts, gates, world)
        root = parts[conjunct.root]
        if root is None:
            return Formula(())
        if root >= 0 or ~root != len(gates) - 1:
            gates.append((1, ((1, root),)))
        return Formula(gates)

    def _part(
        self, number: int, parts: Mapping[int, int | None], gates: list[Gate], world: World
    ) -> int | None:
        need = self._case.needs[number]
        if need.test is not None:
            if world.get(need.test) is need.wanted:
                return self._gate(0, (), gates)
            return self._tested(need.test, need.wanted, gates)
        if need.exactly is not None:
            return self._exact(number, parts, gates, world)
        return self._counted(number, parts, gates)

    def _counted(
        self, number: int, parts: Mapping[int, int | None], gates: list[Gate]
    ) -> int | None:
        """The gate that enough of what is below a need is met."""
        need = self._case.needs[number]
        missing = need.need
        alone: list[tuple[int, int, Stream]] = []
        shared: list[tuple[int, int | None]] = []
        for weight, each in need.below:
            if not self._case.needs[each].alone:
                shared.append((weight, parts[each]))
                continue
            stream = self.alone[each]
            if stream is not None and stream.first == NOTHING:
                missing -= weight
            elif stream is not None:
                alone.append((weight, each, stream))
        weights = [weight for weight, _ in shared] + [weight for weight, _, _ in alone]
        if missing > sum(weights):
            return None
        items = [(weight, part) for weight, part in shared if part is not None]
        if missing > 0 and alone:
            if number not in self._of_gate:
                self._of_gate[number] = self._grouped(missing, weights, alone)
            items += self._of_gate[number]
        if missing > sum(weight for weight, _ in items):
            return None
        return self._gate(missing, items, gates)

    def _gate(self, need: int, items: Sequence[tuple[int, int]], gates: list[Gate]) -> int:
        gates.append((need, tuple(items)))
        return ~(len(gates) - 1)

    def _grouped(
        self, need: int, weights: Sequence[int], alone: Sequence[tuple[int, int, Stream]]
    ) -> list[tuple[int, int]]:
        """Items of a gate that share no fact with anything else, as few tokens."""
        single = [each for each in alone if self._case.parents[each[1]] > 1]
        several = [(w, stream) for w, each, stream in alone if self._case.parents[each] == 1]
        found = []
        for weight, each, stream in single:
            if each not in self._of_need:
                self._of_need[each] = self._token(stream)
            found.append((weight, self._of_need[each]))
        total, least = sum(weights), min(weights)
        if need > total - least and several:
            found.append(
                (sum(w for w, _ in several), self._token(together([s for _, s in several])))
            )
            return found
        if need <= least and several:
            either, _ = gate(1, [(1, stream) for _, stream in several])
            assert either is not None  # noqa: S101 - one of several
            found.append((need, self._token(either)))
            return found
        for weight in dict.fromkeys(weight for weight, _ in several):
            alike = [stream for each, stream in several if each == weight]
            found += [(weight, token) for token in self._listed(alike)]
        return found

    def _tested(self, test: int, wanted: bool, gates: list[Gate]) -> int | None:  # noqa: FBT001
        constant = None if self._layout.may_pass else self._layout.constant.get(test)
        if constant is not None:
            return self._gate(0, (), gates) if constant is wanted else None
        if self._trying.pattern[test] is not wanted:
            return None
        ways = []
        for facts in self._trying.ways(test):
            tokens = [(1, self._fact(fact)) for fact in facts]
            if len(tokens) == 1:
                ways.append((1, tokens[0][1]))
            else:
                ways.append((1, self._gate(len(tokens), tokens, gates)))
        return ways[0][1] if len(ways) == 1 else self._gate(1, ways, gates)

    def _exact(
        self, number: int, parts: Mapping[int, int | None], gates: list[Gate], world: World
    ) -> int | None:
        """The gate that all of a list's items are known, and so many are true."""
        need = self._case.needs[number]
        found: list[int | None] = []
        for _, each in need.below:
            if self._case.needs[each].alone:
                stream = self.alone[each]
                if stream is None:
                    found.append(None)
                elif stream.first == NOTHING:
                    found.append(self._gate(0, (), gates))
                else:
                    if each not in self._of_need:
                        self._of_need[each] = self._token(stream)
                    found.append(self._of_need[each])
            else:
                found.append(parts[each])
        known = [(1, part) for part in found if part is not None]
        if world:
            both = zip(found[: need.need], found[need.need :], strict=True)
            ways = [[(1, part) for part in pair if part is not None] for pair in both]
            if not all(ways):
                return None
            return self._gate(need.need, [(1, self._gate(1, way, gates)) for way in ways], gates)
        true = sum(part is not None for part in found[: need.need])
        if len(known) < need.need or true != need.exactly:
            return None
        return self._gate(len(known), known, gates)
