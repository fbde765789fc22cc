"""Searches for somebody for whom conditions come out as wanted."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum

import attrs

from connectrules.exact import bits
from connectrules.rules.tree import AtLeast, Condition, Not, Subject, Test, fold_over, postorder
from connectrules.testing.counting import Counted, Truths
from connectrules.testing.domains import Domains
from connectrules.testing.ways import Left, Need, forced


class Failure(Enum):
    """Why nobody was found."""

    NOBODY = "nobody"
    """There can be nobody: everything was tried."""
    NOT_FOUND = "not found"
    """Not everything was tried."""


Found = Mapping[Subject, object]
"""Somebody: values for the facts that matter."""

_Columns = Mapping[int, tuple[int, int, int]]
"""The place of each test's domain, and the ways for which it holds and does not; by its id."""

MOST_STEPS = 20_000
"""How many steps a search takes at most."""


@attrs.frozen(eq=False)
class State:
    """What is settled, and what is still to be.

    Attributes:
        masks: For each domain the ways that are still open.
        touched: The domains of what was settled, as bits.
        waiting: What is still to be met in one way or another.
    """

    masks: tuple[int, ...]
    touched: int = 0
    waiting: tuple[Counted, ...] = ()


class Finder:
    """Finds values of facts for which conditions come out as wanted, few facts and simple values.

    Args:
        domains: The ways in which the facts can be.
    """

    def __init__(self, domains: Domains) -> None:
        self.domains = domains
        """The ways in which the facts can be."""
        self.anybody = State(tuple(each.everything for each in domains.domains))
        """Where nothing is settled."""
        self._columns = dict(_columns(domains))
        self._parts: dict[int, _Parts] = {}
        self._forced: dict[tuple[int, bool], tuple[Need, ...] | None] = {}
        self._counted: dict[tuple[int, object], Counted] = {}
        self.steps = 0
        """How many steps the last search took."""
        self._looked = 0
        """The domains of what was looked at, as bits."""

    def find(self, needs: Sequence[Need | Left], most: int = MOST_STEPS) -> Found | Failure:
        """Somebody for whom *needs* are met, and are known to be, or why there is none.

        Args:
            needs: What is to be so of them.
            most: How many steps may be taken.
        """
        found = self.finished(self.anybody, needs, most)
        return found if isinstance(found, Failure) else self.somebody(found)

    def somebody(self, state: State) -> Found:
        """Somebody of whom all is known that is settled."""
        found: dict[Subject, object] = {}
        for place in sorted(bits.places(state.touched)):
            domain, mask = self.domains.domains[place], state.masks[place]
            way = domain.ways[(mask & -mask).bit_length() - 1]
            found.update(zip(domain.subjects, way, strict=True))
        return found

    def finished(
        self, state: State, needs: Sequence[Need | Left] = (), most: int = MOST_STEPS
    ) -> State | Failure:
        """Where *needs* are met as well, and nothing is left to be, or why that cannot be.

        Depth first, with a stack of its own; what leaves no choice is seen to at once.
        """
        self.steps = 0
        self._looked = state.touched
        stack: list[tuple[State, Iterator[Sequence[Need | Left] | None]]] = [(state, iter([needs]))]
        while stack:
            state, choices = stack[-1]
            try:
                chosen = next(choices)
            except StopIteration:
                stack.pop()
                continue
            self.steps += 1
            if self.steps > most:
                return Failure.NOT_FOUND
            try:
                after = None if chosen is None else self._settled(state, chosen)
            except _Lost:
                continue
            if after is None:
                continue
            if not after.waiting:
                return after
            # Each choice meets the first that is waiting: whether it does is not asked again.
            rest = attrs.evolve(after, waiting=after.waiting[1:])
            stack.append((rest, self._choices(after)))
        looked = bits.places(self._looked)
        known = all(self.domains.domains[each].complete for each in looked)
        return Failure.NOBODY if known else Failure.NOT_FOUND

    def settled(self, state: State, needs: Sequence[Need | Left]) -> State | None:
        """Where all is seen to of *needs* that leaves no choice; None where they cannot be met."""
        try:
            return self._settled(state, needs)
        except _Lost:
            return None

    def _settled(self, state: State, needs: Sequence[Need | Left]) -> State:
        """See `settled`.

        Raises:
            _Lost: Where they, or what was *waiting*, cannot be met.
        """
        todo: list[Need | Left] = [*reversed(needs)]
        masks, touched, narrowed = [*state.masks], state.touched, 0
        waiting, new = [*state.waiting], list[Counted]()
        while True:
            while todo:
                need = todo.pop()
                if isinstance(need, Need) and isinstance(need.condition, Test):
                    place, yes, no = self._columns[id(need.condition)]
                    mask = masks[place] & (yes if need.holds else no)
                    if not mask:
                        self._looked |= 1 << place
                        raise _Lost
                    if mask != masks[place] or not touched >> place & 1:
                        narrowed |= 1 << place
                    masks[place] = mask
                    touched |= 1 << place
                elif (parts := self._comes_to(need)) is None:
                    new.append(self._counted_of(need))
                else:
                    todo += reversed(parts)
            self._looked |= touched
            changed = {each.alike for each in waiting if each.domains & narrowed}
            changed.update(each.alike for each in new)
            if not changed:
                return State(tuple(masks), touched, tuple(waiting))
            waiting, new, narrowed = [*dict.fromkeys((*new, *waiting))], [], 0
            met, outlook = set[int](), self._outlook(masks, touched)
            for alike in changed:
                those = [each for each in waiting if each.alike == alike]
                todo += self._see_to(those, outlook, met)
            waiting = [each for each in waiting if id(each) not in met]

    def _see_to(self, those: Sequence[Counted], outlook: "_Outlook", met: set[int]) -> list[Need]:
        """What must be so for lists of the same items; notes which are *met*.

        Raises:
            _Lost: If they cannot be met together.
        """
        truths = {
            id(each.count): outlook.of(each.count)
            for each in {id(each.count): each for each in those}.values()
        }
        least, most = 0, those[0].total
        for each in those:
            self._looked |= each.domains
            certain, known = truths[id(each.count)]
            low, high = each.range(certain)
            least, most = max(least, low), min(most, high)
            if each.is_met(known):
                met.add(id(each))
            elif each.is_settled(certain) and not each.is_met(certain):
                raise _Lost
        needs: list[Need] = []
        for each in {id(each.count): each for each in those}.values():
            certain, _ = truths[id(each.count)]
            low, high = each.reach(certain)
            if max(low, least) > min(high, most):
                raise _Lost
            forced = each.forced(certain, (least, most))
            needs += (Need(each.count.items[place].condition, holds) for place, holds in forced)
        return needs

    def _counted_of(self, need: Need | Left) -> Counted:
        """*need* as one of a list; the same each time."""
        if isinstance(need, Left):
            count, item, holds = need.count, need.item, True
        else:
            assert isinstance(need.condition, AtLeast)  # noqa: S101 - else there is no choice
            count, item, holds = need.condition, None, need.holds
        key = id(count), (item, holds)
        if key not in self._counted:
            alike = tuple(
                sorted((each.weight, *self._said(each.condition)) for each in count.items)
            )
            domains = self._parts_of(count).domains
            self._counted[key] = Counted(count, holds, item, domains, alike)
        return self._counted[key]

    def _said(self, condition: Condition) -> tuple[bool, int, int]:
        """The same for conditions that say the same, so far as that is seen at once."""
        denied = False
        while isinstance(condition, Not):
            condition, denied = condition.operand, not denied
        if isinstance(condition, Test):
            return denied, 0, self.domains.number[id(condition)]
        return denied, 1, id(condition)

    def _comes_to(self, need: Need | Left) -> tuple[Need, ...] | None:
        """See `forced`; kept for conditions, which are met with again and again."""
        if isinstance(need, Left):
            return forced(need)
        self._parts_of(need.condition)
        key = id(need.condition), need.holds
        if key not in self._forced:
            self._forced[key] = forced(need)
        return self._forced[key]

    def _parts_of(self, condition: Condition) -> "_Parts":
        """What *condition* is made of; it is kept, so that no other gets its id."""
        found = self._parts.get(id(condition))
        if found is None:
            nodes = tuple(postorder(condition))
            places = {self._columns[id(each)][0] for each in nodes if isinstance(each, Test)}
            found = _Parts(nodes, sum(1 << place for place in places))
            self._parts[id(condition)] = found
        return found

    def _outlook(self, masks: Sequence[int], touched: int) -> "_Outlook":
        settled = _Open(self._columns, masks, touched)
        return _Outlook(_Open(self._columns, masks, -1), settled, self._parts_of)

    def _choices(self, state: State) -> Iterator[tuple[Need, ...] | None]:
        """The ways to meet the first that is waiting, those first that need least."""
        each = state.waiting[0]
        certain, known = self._outlook(state.masks, state.touched).of(each.count)
        for choice in each.choices(certain, known):
            if choice is None:
                yield None
            else:
                items = each.count.items
                yield tuple(Need(items[place].condition, holds) for place, holds in choice)


@attrs.frozen(eq=False)
class _Parts:
    """What a condition is made of.

    Attributes:
        nodes: All that is at or below it, from below.
        domains: The domains of its tests, as bits.
    """

    nodes: tuple[Condition, ...]
    domains: int


@attrs.frozen(eq=False)
class _Open:
    """The logic of what holds in all ways that are open, fails in all, or is not certain.

    Attributes:
        columns: Where tests hold.
        masks: The ways that are open.
        among: The domains of which anything is certain, as bits.
    """

    columns: _Columns
    masks: Sequence[int]
    among: int

    def test(self, test: Test) -> bool | None:
        """By the ways of its domain."""
        place, yes, no = self.columns[id(test)]
        mask = self.masks[place]
        if (mask & yes and mask & no) or not self.among >> place & 1:
            return None
        return bool(mask & yes)

    def negate(self, value: bool | None) -> bool | None:  # noqa: FBT001 - a logic's truth
        """Certain where that is."""
        return None if value is None else not value

    def at_least(
        self, threshold: int, items: Sequence[tuple[int, bool | None]], *, exactly: bool = False
    ) -> bool | None:
        """By the items that are certain; that a list has exactly so many is never taken for it."""
        if exactly:
            return None
        if sum(weight for weight, truth in items if truth) >= threshold:
            return True
        most = sum(weight for weight, truth in items if truth is not False)
        return None if most >= threshold else False


@attrs.frozen(eq=False)
class _Outlook:
    """How conditions come out so far.

    Attributes:
        certain: In all ways that are open.
        settled: In those of what is settled, whatever is open besides.
        parts_of: What a condition is made of.
    """

    certain: _Open
    settled: _Open
    parts_of: Callable[[Condition], _Parts]
    _certain: dict[int, bool | None] = attrs.field(factory=dict, init=False)
    _settled: dict[int, bool | None] = attrs.field(factory=dict, init=False)

    def of(self, count: AtLeast) -> tuple[Truths, Truths]:
        """How the items of a list come out: for certain, and of these by what is settled."""
        columns, masks, among = self.certain.columns, self.certain.masks, self.settled.among
        certain: list[bool | None] = []
        known: list[bool | None] = []
        for item in count.items:
            column = columns.get(id(item.condition))
            if column is None:
                truth = self._folded(item.condition, self.certain, self._certain)
                is_known = truth is not None and (
                    self._folded(item.condition, self.settled, self._settled) is not None
                )
            else:
                place, yes, no = column
                mask = masks[place]
                truth = None if mask & yes and mask & no else bool(mask & yes)
                is_known = bool(among >> place & 1)
            certain.append(truth)
            known.append(truth if is_known else None)
        return certain, known

    def _folded(
        self, condition: Condition, logic: _Open, values: dict[int, bool | None]
    ) -> bool | None:
        if id(condition) not in values:
            nodes = self.parts_of(condition).nodes
            fold_over([each for each in nodes if id(each) not in values], logic, values)
        return values[id(condition)]


def _columns(domains: Domains) -> Iterator[tuple[int, tuple[int, int, int]]]:
    for test, number in domains.number.items():
        if number in domains.domain_of:
            place = domains.domain_of[number]
            domain = domains.domains[place]
            column = domain.columns[number]
            yield test, (place, column, domain.everything ^ column)


class _Lost(Exception):  # noqa: N818 - a finding, caught where it is raised
    """Something cannot be met."""
