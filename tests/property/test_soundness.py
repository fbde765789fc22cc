"""What the library says of sentences that the slow evaluator does not count is never wrong."""

import pytest
from hypothesis import given as drawn
from hypothesis import reject

from connectrules import ContactError, Decision, Verdict
from tests.property import perfect
from tests.property.enumerate import TooMany, readings
from tests.property.model import Case, Part, Rule, Rules, Verb
from tests.property.running import judged, parsed, tried
from tests.property.strategies import case
from tests.property.universe import NAMED

FACTS = [
    NAMED[name]
    for name in (
        "followers",
        "posts",
        "stars",
        "country",
        "headline",
        "met on",
        "last active on",
        "values",
        "would recommend",
    )
]


def test_another_fact_in_any_place() -> None:
    """A decision is the one that real values bring about, and an exact doubt is a real one."""
    seen: set[object] = set()

    @tried(100)
    @drawn(case(FACTS, wider=True))
    def sound(each: Case) -> None:
        seen.add(_soundness(each))

    sound()

    assert seen == {"error", "decided", "exact", "not exact"}


def _soundness(each: Case) -> str:
    read = readings(each)
    open_ = {name for name, found in read.items() if found.state in {"unknown", "faulty", "unsure"}}
    try:
        possible = perfect.decisions(each)
    except TooMany:
        reject()
    verdict = judged(parsed(each), each)

    if isinstance(verdict, ContactError):
        assert verdict.fact in open_
        return "error"
    assert {*verdict.ask, *verdict.unsure} <= open_
    if verdict.decision is not Decision.UNDECIDED:
        assert possible == {verdict.decision.value}
        return "decided"
    assert verdict.ask or verdict.unsure
    assert not verdict.exact or len(possible) > 1
    return "exact" if verdict.exact else "not exact"


@pytest.mark.parametrize("verb", ["contains", "starts with", "ends with"])
def test_an_empty_part(verb: Verb) -> None:
    """The empty text is a part of every text, an unknown one too."""
    always = Rules((Rule("connect", Part(NAMED["headline"], verb, "one", ("",))),))
    verdict = judged(parsed(Case(always)), Case(always))

    assert isinstance(verdict, Verdict)
    assert (verdict.decision, verdict.ask) == (Decision.CONNECT, ())
