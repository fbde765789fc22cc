"""What to ask next, what each answer leads to, and what nobody need be asked."""

from connectrules.explain.prospects import Prospects
from connectrules.explanation import Question
from connectrules.program import Program, Settled
from connectrules.rules.tree import Mine, subjects


def what_next(program: Program, settled: Settled) -> tuple[Question, ...]:
    """The questions worth asking about *settled*, first the one that settles soonest.

    There is one for each fact in the verdict's ``ask``; ``{name}`` stands in the
    question for what the contact is called.
    """
    verdict = settled.verdict
    if not verdict.ask:
        return ()
    prospects = program.kept(Prospects)
    return prospects.questions(settled.pattern, verdict.ask, verdict.unsure)


def cannot_matter(program: Program, settled: Settled) -> tuple[str, ...]:
    """The unknown facts that no answer could make matter, as the policy names them."""
    verdict = settled.verdict
    matter = {*verdict.ask, *verdict.unsure, *verdict.assumed, *_assumed(program, settled)}
    found: dict[str, None] = {}
    for test in program.analyser.tests:
        for subject in subjects(test):
            if isinstance(subject, Mine):
                is_open = program.mine[subject.fact.key].ready is None
            else:
                reading = settled.readings[program.place[subject]]
                is_open = reading.ready is None or reading.assumed
            if is_open and subject.name not in matter:
                found[subject.name] = None
    return tuple(found)


def _assumed(program: Program, settled: Settled) -> set[str]:
    """The assumed facts that another value of theirs could make matter."""
    readings = settled.readings
    if not any(reading.assumed for reading in readings):
        return set()
    known = [None if reading.assumed else reading.ready for reading in readings]
    released = program.analyser.analyse(program.tests(known))
    return {
        subject.name
        for number, _ in released.critical
        for subject in program.analyser.variables[number].speaks_of
        if not isinstance(subject, Mine) and readings[program.place[subject]].assumed
    }
