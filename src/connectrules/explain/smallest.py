"""The sets of facts that settle a contact's decision alone, the smallest first."""

from collections.abc import Iterator

from connectrules.exact.bits import places
from connectrules.explain.hitting import Search, Tokens, in_order
from connectrules.explain.needs import Layout
from connectrules.explain.settling import Settling
from connectrules.explain.trying import Trying
from connectrules.program import Program, Settled

Found = tuple[int, bool]
"""Facts, as bits by their slots; and whether it is certain that none after it is smaller."""

_MOST_STEPS = 12_000
_JUDGING = 20
"""How long the search goes on where each set takes verdicts of its own, and for each of these."""


def smallest(program: Program, settled: Settled) -> Iterator[Found]:
    """All sets of facts that settle a decision alone and of which nothing can be left out.

    The smallest come first, of as many facts those with fewer assumed, and then the
    first by their names; so no order of the policy's text plays a part.
    """
    layout = program.kept(Layout)
    case = layout.case(settled.verdict.decision)
    trying = Trying(program, settled.pattern, settled.readings)
    assumed = [reading.assumed for reading in settled.readings]
    weights = [each[is_] for each, is_ in zip(layout.weights, assumed, strict=True)]
    limited = layout.may_pass and any(each.torn for each in case.conjuncts)
    past = limited and layout.is_past(settled.pattern)
    found = list[int]()
    for facts, sure in Settling(layout, trying, weights, case, exactly=not past):
        if limited and not past and not _is_judged_alike(program, settled, facts):
            # With so few facts there are too many fillings, and it would be undecided.
            yield from _judged(program, settled, weights, found)
            return
        found.append(facts)
        yield facts, sure


def _is_judged_alike(program: Program, settled: Settled, facts: int) -> bool:
    """Whether the verdict with only *facts* known is the same decision."""
    values = [
        reading.ready if facts >> place & 1 else None
        for place, reading in enumerate(settled.readings)
    ]
    found = program.analyser.analyse(program.tests(values))
    return found.decisions == {settled.verdict.decision}


def _judged(
    program: Program, settled: Settled, weights: list[int], before: list[int]
) -> Iterator[Found]:
    """The same by a verdict for each set that is tried; *before* was found already."""
    tokens, facts = Tokens(), list[int]()
    for place, reading in enumerate(settled.readings):
        if reading.ready is not None:
            tokens.add(weights[place])
            facts.append(place)

    def settles(chosen: int) -> bool:
        search.charge(_JUDGING)
        known = sum(1 << facts[each] for each in places(chosen))
        return _is_judged_alike(program, settled, known)

    everything = (1 << len(facts)) - 1

    def examine(chosen: int) -> int | None:
        return None if settles(chosen) else tokens.left_out(everything, chosen, settles)

    search = Search(tokens, examine, settles, [], 0, (_MOST_STEPS, 0))
    for each in before:
        search.note(sum(1 << number for number, fact in enumerate(facts) if each >> fact & 1))
    for chosen, sure in in_order(search):
        yield sum(1 << facts[each] for each in places(chosen)), sure
