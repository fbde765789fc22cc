"""Phrases are held to their laws, and one that breaks a law is shown the smallest record."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import settings
from hypothesis import strategies as st

from connectrules import Contact, Count, Duration, Unsure, Vocabulary, phrase
from connectrules.schema.vocabulary import fact
from connectrules.testing import LawBroken, check_phrase

pytest_plugins = ["pytester"]

ALIKE = settings(max_examples=40, derandomize=True)
"""The same records each time."""
FEW = settings(max_examples=15, derandomize=True)
"""Enough where nothing is to be found."""


@dataclass(frozen=True)
class Lead:
    """Somebody who may buy."""

    name: str | None = None
    followers: Count | Unsure | None = None
    emails: list[str] | None = None
    jobs: tuple[tuple[str, date], ...] | None = None
    seen_on: date | None = None
    other: dict[str, object] = field(default_factory=dict)


Answer = Callable[..., Any]
ASKED: list[Lead] = []
"""What a phrase that keeps something has been asked about."""


def follows(lead: Lead, times: int) -> bool | None:
    """Whether it has so many followers."""
    return lead.followers >= times if isinstance(lead.followers, int) else None


def worked_at(lead: Lead, company: str, time: Duration) -> bool | None:
    """Whether it worked there once, that long before another day."""
    if lead.jobs is None or lead.seen_on is None:
        return None
    long_ago = time.before(lead.seen_on)
    return any(name == company and day <= long_ago for name, day in lead.jobs)


def is_called(lead: Lead, names: tuple[str, ...]) -> bool | None:
    """Whether it is called as one of them."""
    return None if lead.name is None else lead.name in names


def speaks(lead: Lead) -> bool | None:
    """Whether one fact without a field is so."""
    found = lead.other.get("speaks german")
    return found if isinstance(found, bool) else None


@pytest.mark.once
@pytest.mark.parametrize(
    ("pattern", "function"),
    [
        ("has {times:count} followers at least", follows),
        ("worked at {company:text} more than {time:duration} ago", worked_at),
        ("is called {names:texts}", is_called),
        ("speaks a language", speaks),
    ],
)
def test_a_phrase_that_keeps_the_laws_passes(pattern: str, function: Answer) -> None:
    """Nothing is said."""
    check_phrase(phrase(pattern)(function), settings=FEW)


# Phrases that break a law


def raises(lead: Lead) -> bool | None:
    """It does not expect somebody who is unsure."""
    return None if lead.followers is None else lead.followers > 10  # type: ignore[operator]


def raises_far_off(lead: Lead, than: int) -> bool | None:
    """It raises for large numbers."""
    if not isinstance(lead.followers, int):
        return None
    if lead.followers > 4711 + than:
        msg = "that one"
        raise ValueError(msg)
    return lead.followers > than


def answers_with_a_text(lead: Lead) -> Any:  # noqa: ANN401 - it is wrong
    """It gives what it found."""
    return lead.name


def is_recent(lead: Lead) -> bool | None:
    """It asks for the day."""
    return None if lead.seen_on is None else lead.seen_on > date.today() - timedelta(7)  # noqa: DTZ011


def keeps_count(lead: Lead) -> bool | None:
    """It says something else the second time."""
    ASKED.append(lead)
    return len(ASKED) % 2 == 0


def adds_an_address(lead: Lead) -> bool | None:
    """It works on the record's own list."""
    if lead.emails is None:
        return None
    lead.emails.append(f"{lead.name}@example.org")
    return len(lead.emails) > 1


def takes_gaps_for_no(lead: Lead) -> bool | None:
    """It takes what is missing for no."""
    return bool(lead.name and lead.emails)


def turns(lead: Lead) -> bool | None:
    """It says yes by one fact, and takes that back by another."""
    if isinstance(lead.followers, int):
        return lead.followers > 10
    return None if lead.name is None else True


BROKEN: dict[str, tuple[str, Answer, str]] = {
    "never-raises": (
        "is known",
        raises,
        """\
`is known` breaks a law of phrases: it never raises

    record: Lead(followers=UNSURE)

it raised TypeError: '>' not supported between instances of 'Unsure' and 'int'
help: answer None where `followers` is None or UNSURE""",
    ),
    "never-raises, for some": (
        "has more than {than:count}",
        raises_far_off,
        """\
`has more than {than:count}` breaks a law of phrases: it never raises

    record: Lead(followers=4712)
    said:   has more than 0

it raised ValueError: that one
help: answer None where it does not know""",
    ),
    "answers": (
        "has a name",
        answers_with_a_text,
        """\
`has a name` breaks a law of phrases: it answers yes, no or unknown

    record: Lead(name='')

it answered `''`
help: return True, False or None""",
    ),
    "reads-only-the-record": (
        "was seen lately",
        is_recent,
        """\
`was seen lately` breaks a law of phrases: it reads only the record

    record: Lead(seen_on=datetime.date(2000, 1, 1))

it asked for the time (`date.today`)
help: make what it needs a field of the record, and fill that before contacts are judged""",
    ),
    "deterministic": (
        "is every other one",
        keeps_count,
        """\
`is every other one` breaks a law of phrases: it answers alike when asked again

    record: Lead()

asked twice, it said yes and then no
help: keep nothing between calls: let the record and the values alone decide""",
    ),
    "leaves-the-record": (
        "has two addresses",
        adds_an_address,
        """\
`has two addresses` breaks a law of phrases: it does not change the record

    record: Lead(emails=[])

it changed `emails` from [] to ['None@example.org']
help: work on a copy: other rules read the same record""",
    ),
    "unknown": (
        "can be written to",
        takes_gaps_for_no,
        """\
`can be written to` breaks a law of phrases: it says unknown when the facts it needs are

    record: Lead()

it looked at `name` alone, of which nothing is known, and said no
help: answer None where `name` is None""",
    ),
    "monotone": (
        "is somebody",
        turns,
        """\
`is somebody` breaks a law of phrases: it keeps to its answer when unknown facts become known

    record: Lead(name='', followers=0)

it said no; but yes where `followers` is not known
help: answer None where `followers` is None or UNSURE and that could matter""",
    ),
}


@pytest.mark.parametrize(("pattern", "function", "told"), BROKEN.values(), ids=BROKEN)
def test_a_phrase_that_breaks_a_law_is_shown_the_smallest_record(
    pattern: str, function: Answer, told: str
) -> None:
    """The message says which law, for whom, what the phrase did, and what to do."""
    with pytest.raises(LawBroken) as caught:
        check_phrase(phrase(pattern)(function), settings=ALIKE)

    assert str(caught.value) == told


def test_chance_is_seen_and_not_only_when_it_tells() -> None:
    """A phrase that draws lots breaks a law even where all lots come out alike."""

    def draws(_lead: Lead) -> bool | None:
        return random.random() < 2  # noqa: S311 - it is wrong

    with pytest.raises(LawBroken, match=r"it drew a random number \(`random.random`\)"):
        check_phrase(phrase("is lucky")(draws), settings=ALIKE)


# Column forms


def large(column: Answer, times: int) -> object:
    """Whether it has so many followers, for a table."""
    return column("followers") >= times


def larger(column: Answer, times: int) -> object:
    """It is one off."""
    return column("followers") > times


def not_there(column: Answer, times: int) -> object:
    """It speaks of a column that nobody has."""
    return column("folowers") > times


PATTERN = "has {times:count} followers at least"


def test_a_column_form_that_agrees_passes() -> None:
    """It is tried on a table of each record."""
    check_phrase(phrase(PATTERN, frame=large)(follows), settings=FEW)


@pytest.mark.once
def test_a_column_form_that_disagrees_is_shown() -> None:
    """The record says for whom, and the message what each of the two says."""
    with pytest.raises(LawBroken) as caught:
        check_phrase(phrase(PATTERN, frame=larger)(follows), settings=ALIKE)

    assert (
        str(caught.value)
        == """\
`has {times:count} followers at least` breaks a law of phrases: it agrees with its column form

    record: Lead(followers=0)
    said:   has 0 followers at least

the function says yes, and the column form no
help: say the same in both: single contacts are judged by one, tables by the other"""
    )


def above_the_mean(column: Answer, times: int) -> object:
    """It is right for a row alone, and looks at the others as well."""
    followers = column("followers")
    return (followers >= times) & (followers >= followers.mean() - 1)


@pytest.mark.once
def test_a_column_form_that_looks_at_other_rows_is_shown() -> None:
    """A row comes to what it comes to alone, whoever else is in the table."""
    with pytest.raises(LawBroken) as caught:
        check_phrase(phrase(PATTERN, frame=above_the_mean)(follows), settings=ALIKE)

    assert str(caught.value).endswith("""
its column form says yes where its row stands alone, and no beside another row
help: look at the row's own columns alone: no mean, sum or rank of a column, no row before""")


def test_a_column_form_that_fails_is_shown() -> None:
    """With what the table's judge says of it."""
    with pytest.raises(LawBroken, match="for a table, the column form of"):
        check_phrase(phrase(PATTERN, frame=not_there)(follows), settings=ALIKE)


# Records


def test_records_are_of_the_class_that_the_function_names() -> None:
    """Without an annotation, or a vocabulary, they are contacts."""
    seen: set[type] = set()

    def bare(record, /):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
        seen.update(each for each in (Lead, Contact, Other) if isinstance(record, each))

    def annotated(lead: Lead) -> bool | None:
        seen.update(each for each in (Lead, Contact) if isinstance(lead, each))
        return None

    check_phrase(phrase("is one")(bare), settings=FEW)
    check_phrase(phrase("is one")(annotated), settings=FEW)
    check_phrase(phrase("is one")(bare), vocabulary=Vocabulary.of(Other), settings=FEW)

    assert seen == {Contact, Lead, Other}


@attrs.frozen
class Other:
    """A class of one's own, with all kinds of fields."""

    weight: float = attrs.field(validator=attrs.validators.gt(0))
    _kind: str = attrs.field(default="plain", metadata=fact("kind"))


def test_records_that_the_class_refuses_are_none() -> None:
    """A phrase need not expect them."""

    def heavy(other: Other) -> bool | None:
        assert other.weight > 0
        return other.weight > 10

    check_phrase(phrase("is heavy")(heavy), settings=FEW)


class Own:
    """A value that nobody can make up."""

    def __init__(self, what: str, /) -> None:
        if what != "the one":
            raise ValueError(what)


@attrs.frozen
class Odd:
    """A record that needs such a value."""

    own: Own
    name: str | None = None


def named(odd: Odd) -> bool | None:
    """Whether it has a name."""
    return None if odd.name is None else bool(odd.name)


def test_records_can_be_drawn_as_one_likes() -> None:
    """Where the class alone is not enough to make them, a strategy is."""
    odd = st.builds(Odd, st.just(Own("the one")), st.none() | st.just("a"))

    check_phrase(phrase("has a name")(named), records=odd, settings=FEW)
    with pytest.raises(ValueError, match=r"no `Odd` could be made .* say how with `records=`"):
        check_phrase(phrase("has a name")(named), settings=FEW)


def test_only_phrases_have_laws() -> None:
    """A function alone is none yet."""
    with pytest.raises(TypeError, match=r"is not a phrase: make one of it with `@phrase\(…\)`"):
        check_phrase(follows)  # type: ignore[arg-type]
