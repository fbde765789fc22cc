"""The summary counts by decision and by rule."""

from connectrules.cli.summary import Summary
from connectrules.errors import ContactError
from connectrules.verdict import Decision, Fault, Verdict

OTHERWISE = Verdict(Decision.DECLINE, ("otherwise",))


def summed(*results: Verdict | ContactError) -> list[str]:
    """The summary of *results*."""
    summary = Summary(lambda _: "nobody knows why")
    for result in results:
        summary.add(result)
    return list(summary.lines())


def test_decisions_are_counted_by_rule() -> None:
    """The largest group first; rules that decide together are one group."""
    never = Verdict(Decision.DECLINE, ("never met",))
    both = Verdict(Decision.CONNECT, ("three rules", "trusted circle"))
    results = [*[OTHERWISE] * 17, *[never] * 4, both, Verdict(Decision.REVIEW, ("press",))]

    assert summed(*results) == [
        "23 contacts judged",
        " 1 to connect with: 1 by `three rules` and `trusted circle`",
        " 1 to review: 1 by `press`",
        "21 declined: 17 by `otherwise`, 4 by `never met`",
    ]


def test_what_is_left_open_says_what_to_ask_first() -> None:
    """The first question of each; some have none, as nobody could say."""
    one = Verdict(Decision.UNDECIDED, ask=("would recommend", "met in person"))
    other = Verdict(Decision.UNDECIDED, unsure=("would recommend",), exact=False)

    assert summed(one, one) == [
        "2 contacts judged",
        "2 undecided: ask first `would recommend` (2)",
    ]
    assert summed(other) == [
        "1 contact judged",
        "1 undecided",
        "1 undecided contact may need fewer answers than are asked for: nobody knows why",
    ]


def test_what_stands_beside_decisions_is_counted() -> None:
    """Assumptions, values set aside, and contacts that could not be judged."""
    fault = Fault("followers", "CR501", "`followers`: bad")
    assumed = Verdict(Decision.CONNECT, ("policy",), assumed=("is a recruiter",), faults=(fault,))
    error = ContactError("bad", contact="eve", code="CR501", fact="following")

    assert summed(assumed, error) == [
        "2 contacts judged",
        "1 to connect with: 1 by `policy`",
        "1 could not be judged: `following` (1)",
        "1 decision rests on assumptions: `is a recruiter` (1)",
        "1 value was set aside as unusable, without effect: `followers` (1)",
    ]


def test_many_groups_are_cut() -> None:
    """The largest are named, the others counted."""
    rules = [Verdict(Decision.DECLINE, (f"rule {number}",)) for number in range(8)]

    assert summed(*rules)[1] == (
        "8 declined: 1 by `rule 0`, 1 by `rule 1`, 1 by `rule 2`, 1 by `rule 3`, 1 by `rule 4`, "
        "1 by `rule 5` and 2 more"
    )


def test_nobody_is_nobody() -> None:
    """Without contacts there is nothing more to say."""
    assert summed() == ["0 contacts judged"]
