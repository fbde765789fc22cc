"""The slow evaluator, held against verdicts worked out by hand."""

import datetime
from collections.abc import Mapping

import pytest

from tests.property import perfect
from tests.property.enumerate import LIMIT, TooMany, fillings, judge
from tests.property.kleene import guess
from tests.property.model import (
    Ago,
    Among,
    Between,
    Case,
    Compare,
    Condition,
    Decided,
    Fact,
    Includes,
    Is,
    Join,
    Kind,
    Mine,
    Multiple,
    Not,
    Odd,
    Part,
    Points,
    Quantified,
    Rule,
    Rules,
    Said,
    Size,
    When,
)

YES = {letter: Fact(letter, Kind.YES_NO) for letter in "abcd"}
A, B, C, D = (Said(YES[letter]) for letter in "abcd")
FOLLOWERS = Fact("followers", Kind.COUNT)
FOLLOWING = Fact("following", Kind.COUNT)
SCORE = Fact("score", Kind.NUMBER)
COUNTRY = Fact("country", Kind.TEXT)
HEADLINE = Fact("headline", Kind.TEXT)
RELATION = Fact("relationship", Kind.ONE_OF, ("client", "journalist", "peer"))
MET = Fact("met on", Kind.DATE)
VALUES = Fact("values", Kind.LIST)
DAY = datetime.date(2026, 8, 31)


def connect_when(condition: Condition, otherwise: Decided = "decline") -> Rules:
    """A policy of one rule."""
    return Rules((Rule("connect", condition),), otherwise)


def both(*operands: Condition) -> Join:
    """All *operands* joined by AND."""
    return Join("AND", operands)


def either(*operands: Condition) -> Join:
    """All *operands* joined by OR."""
    return Join("OR", operands)


KNOWN: list[tuple[Condition, str, object, str]] = [
    (Compare(FOLLOWERS, "is at least", 500), "followers", 500, "connect"),
    (Compare(FOLLOWERS, "is at least", 500), "followers", 499, "decline"),
    (Compare(FOLLOWERS, "has fewer than", 500), "followers", 500, "decline"),
    (Compare(FOLLOWERS, "has no", 0), "followers", 0.0, "connect"),
    (Between(FOLLOWERS, 10, 20), "followers", 20, "connect"),
    (Between(FOLLOWERS, 10, 20), "followers", 21, "decline"),
    (Is(COUNTRY, denied=False, value="uk"), "country", "UK", "connect"),
    (Is(COUNTRY, denied=True, value="uk"), "country", "UK", "decline"),
    (Is(COUNTRY, denied=False, value="\u00e9ire"), "country", "E\u0301IRE", "connect"),
    (Among(COUNTRY, denied=False, values=("UK", "Ireland")), "country", "ireland", "connect"),
    (Part(HEADLINE, "mentions", "one", ("PR",)), "headline", "Head of PR, Leeds", "connect"),
    (Part(HEADLINE, "mentions", "one", ("PR",)), "headline", "Product designer", "decline"),
    (Part(HEADLINE, "mentions", "one", ("a a",)), "headline", "xa a a", "connect"),
    (Part(HEADLINE, "mentions", "one", ("PR",)), "headline", "PR2", "decline"),
    (Part(HEADLINE, "contains", "one", ("PR",)), "headline", "Product designer", "connect"),
    (Part(HEADLINE, "mentions", "any", ("crypto", "PR")), "headline", "pr", "connect"),
    (Part(HEADLINE, "mentions", "all", ("crypto", "PR")), "headline", "pr", "decline"),
    (Part(HEADLINE, "mentions", "none", ("crypto", "PR")), "headline", "art", "connect"),
    (Part(HEADLINE, "starts with", "one", ("head of",)), "headline", "The head of", "decline"),
    (Part(HEADLINE, "ends with", "one", ("head of",)), "headline", "The head of", "connect"),
    (Is(RELATION, denied=False, value="Client"), "relationship", "client", "connect"),
    (
        When(MET, "before", datetime.date(2024, 5, 1)),
        "met on",
        datetime.date(2024, 5, 1),
        "decline",
    ),
    (When(MET, "on", datetime.date(2024, 5, 1)), "met on", datetime.date(2024, 5, 1), "connect"),
    (Ago(MET, "within", 6, "month"), "met on", datetime.date(2026, 3, 1), "connect"),
    (Ago(MET, "within", 6, "month"), "met on", datetime.date(2026, 2, 28), "decline"),
    (Ago(MET, "less than", 6, "month"), "met on", datetime.date(2026, 9, 1), "decline"),
    (Ago(MET, "more than", 2, "year"), "met on", datetime.date(2024, 8, 30), "connect"),
    (Ago(MET, "more than", 2, "year"), "met on", datetime.date(2024, 8, 31), "decline"),
    (Includes(VALUES, "one", ("honesty",)), "values", ["craft", "Honesty"], "connect"),
    (Includes(VALUES, "not", ("honesty",)), "values", [], "connect"),
    (Includes(VALUES, 2, ("honesty", "craft", "wit")), "values", ["craft", "craft"], "decline"),
    (Includes(VALUES, "all", ("honesty", "craft")), "values", {"craft", "HONESTY"}, "connect"),
    (Size(VALUES, "has at least", 2), "values", ["wit", "WIT"], "decline"),
]


@pytest.mark.parametrize(("condition", "name", "value", "wanted"), KNOWN)
def test_known_value(condition: Condition, name: str, value: object, wanted: str) -> None:
    """A sentence about a known value comes out as a reader would have it."""
    assert judge(Case(connect_when(condition), {name: value}, today=DAY)).decision == wanted


UNKNOWN: list[tuple[Condition, Mapping[str, object], str, set[str]]] = [
    (both(A, B), {}, "undecided", {"a", "b"}),
    (both(A, B), {"a": False}, "decline", set()),
    (either(A, Not(A)), {}, "connect", set()),
    (either(both(A, B), both(Not(A), B)), {}, "undecided", {"b"}),
    (either(both(A, B), both(Not(A), C)), {"b": True, "c": True}, "connect", set()),
    (either(both(A, B), both(Not(A), C)), {"b": True, "c": False}, "undecided", {"a"}),
    (both(either(A, B), either(C, D)), {"a": True, "c": False}, "undecided", {"d"}),
    (Quantified("AT LEAST", 2, (A, B, C)), {"a": True, "b": False}, "undecided", {"c"}),
    (Quantified("EXACTLY", 1, (A, Not(A))), {}, "connect", set()),
    (Quantified("AT MOST", 1, (A, B, C)), {"a": True, "b": True}, "decline", set()),
    (Points("5", (("3", A), ("2", B), ("2", C))), {"a": False}, "decline", set()),
    (Points("5", (("3", A), ("2", B), ("2", C))), {"a": True}, "undecided", {"b", "c"}),
    (Points("0.3", (("0.1", A), ("0.2", B))), {"a": True, "b": True}, "connect", set()),
    (both(Compare(SCORE, ">", 4), Compare(SCORE, "<", 5)), {}, "undecided", {"score"}),
    (both(Compare(FOLLOWERS, ">", 4), Compare(FOLLOWERS, "<", 5)), {}, "decline", set()),
    (either(Compare(FOLLOWERS, "<", 500), Compare(FOLLOWERS, ">=", 400)), {}, "connect", set()),
    (Compare(FOLLOWERS, "is at least", 0), {}, "connect", set()),
    (
        both(Is(COUNTRY, denied=False, value="UK"), Is(COUNTRY, denied=False, value="Eire")),
        {},
        "decline",
        set(),
    ),
    (
        either(
            Is(RELATION, denied=False, value="client"),
            Among(RELATION, denied=False, values=("journalist", "peer")),
        ),
        {},
        "connect",
        set(),
    ),
    (
        both(Is(COUNTRY, denied=False, value="UK"), Part(COUNTRY, "contains", "one", ("x",))),
        {},
        "decline",
        set(),
    ),
    (
        either(Compare(FOLLOWERS, ">", FOLLOWING), Compare(FOLLOWING, ">=", FOLLOWERS)),
        {},
        "connect",
        set(),
    ),
    (
        Compare(FOLLOWERS, ">", Multiple(2, percent=False, of=FOLLOWING)),
        {"followers": 5},
        "undecided",
        {"following"},
    ),
    (Is(COUNTRY, denied=False, value=Mine(COUNTRY)), {}, "undecided", {"country", "my country"}),
]


@pytest.mark.parametrize(("condition", "contact", "wanted", "ask"), UNKNOWN)
def test_unknown_facts(
    condition: Condition, contact: Mapping[str, object], wanted: str, ask: set[str]
) -> None:
    """Where facts are missing, the verdict and the facts asked for are exact."""
    found = judge(Case(connect_when(condition), contact))

    assert (found.decision, found.ask) == (wanted, ask)


def test_rules_that_decide_together() -> None:
    """Rules decide together where none of their kind holds in every filling."""
    rules = Rules(
        (
            Rule("connect", A, name="left"),
            Rule("connect", Not(A), name="right"),
            Rule("decline", B),
        )
    )

    assert judge(Case(rules, {"b": False})).rules == {"left", "right"}
    assert judge(Case(rules, {"b": True})).rules == {"decline 1"}
    assert judge(Case(rules)).ask == {"b"}


def test_the_default_takes_part() -> None:
    """The default is named with the rules of its kind where some filling reaches it."""
    found = judge(Case(Rules((Rule("decline", A),), "decline")))

    assert (found.decision, found.rules) == ("decline", {"decline 1", "otherwise"})


def test_an_exception_is_to_its_own_rule() -> None:
    """UNLESS takes its own rule alone out."""
    rules = Rules((Rule("connect", A, unless=B, name="one"), Rule("connect", B, name="two")))

    assert judge(Case(rules, {"a": True, "b": True})).rules == {"two"}
    assert judge(Case(rules, {"a": True})).rules == {"one", "two"}


def test_assumptions() -> None:
    """An assumption fills a gap, and is named where the decision hangs on it."""
    rules = Rules((Rule("connect", A, unless=B),), assumes=((YES["b"], False),))

    hangs, free, open_ = (
        judge(Case(rules, {"a": a} if a is not None else {})) for a in (True, False, None)
    )

    assert (hangs.decision, hangs.assumed) == ("connect", {"b"})
    assert (free.decision, free.assumed) == ("decline", set())
    assert (open_.decision, open_.ask, open_.assumed) == ("undecided", {"a"}, set())


def test_unsure_and_faulty() -> None:
    """What is unsure is not asked for, and a fault that matters is an error."""
    rules = connect_when(either(A, B))

    unsure = judge(Case(rules, {"a": Odd.UNSURE, "b": False}))
    error = judge(Case(rules, {"a": Odd.RAISES, "b": False}))
    fault = judge(Case(rules, {"a": 5, "b": True}))

    assert (unsure.ask, unsure.unsure) == (set(), {"a"})
    assert (error.errors, error.faults) == ({("a", "CR502")}, set())
    assert (fault.decision, fault.errors, fault.faults) == ("connect", set(), {("a", "CR501")})


def test_a_faulty_value_is_not_assumed_away() -> None:
    """An assumption does not stand in for a value that does not fit."""
    rules = Rules((Rule("connect", A),), assumes=((YES["a"], False),))

    assert judge(Case(rules, {"a": "maybe"})).errors == {("a", "CR501")}


def test_what_kleene_logic_misses() -> None:
    """Kleene logic leaves open what enumeration settles, and asks no fewer facts."""
    case = Case(connect_when(either(both(A, B), both(Not(A), B))))

    assert guess(case).open == {"a", "b"}
    assert judge(case).ask == {"b"}
    assert guess(Case(connect_when(either(A, Not(A))))).decision == "undecided"


def test_the_limit() -> None:
    """The limit counts the fillings of facts that are tested twice, and of those alone."""
    facts = [Said(Fact(f"fact {number}", Kind.YES_NO)) for number in range(17)]
    twice = [either(each, Not(each)) for each in facts]

    def counted(*conditions: Condition) -> int:
        return fillings(Case(connect_when(both(*conditions))))

    assert counted(*twice[:16]) == LIMIT
    assert counted(*twice[:16], facts[16]) == LIMIT
    assert counted(*twice) == 2 * LIMIT
    assert counted(*twice[:2], Compare(FOLLOWERS, "is at least", 0)) == 4
    assert counted(*twice[:2], Compare(FOLLOWERS, "<", 5), Compare(FOLLOWERS, ">", 9)) == 12
    assert guess(Case(connect_when(both(*twice)))).decision == "undecided"


def test_too_many_fillings() -> None:
    """A case too large to enumerate is refused."""
    facts = [Said(Fact(f"fact {number}", Kind.YES_NO)) for number in range(19)]

    with pytest.raises(TooMany):
        judge(Case(connect_when(both(*facts))))


def test_a_perfect_reasoner_links_what_the_language_does_not() -> None:
    """Real values settle what counts as independent, and only that."""
    linked = both(
        Part(HEADLINE, "mentions", "one", ("PR",)),
        Not(Part(HEADLINE, "contains", "one", ("PR",))),
    )
    length = both(Includes(VALUES, "one", ("wit",)), Size(VALUES, "has fewer than", 1))
    nothing = Compare(FOLLOWERS, "is less than", FOLLOWING)

    for condition, contact in ((linked, {}), (length, {}), (nothing, {"following": 0})):
        case = Case(connect_when(condition), contact)
        assert judge(case).decision == "undecided"
        assert judge(case).linked
        assert perfect.decisions(case) == {"decline"}
    assert perfect.decisions(Case(connect_when(nothing))) == {"connect", "decline"}
