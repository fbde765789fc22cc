"""Phrases registered in Python: patterns, their refusals, and what overlaps."""

import pickle
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pytest

from connectrules import Contact, Duration, Phrase, Policy, Vocabulary, VocabularyError, phrase
from connectrules.schema.phrase import Hole, overlapping


@phrase("worked at {company:text} for at least {time:duration}")
def worked_at(contact: Contact, company: str, time: Duration) -> bool | None:
    """Whether they did."""
    return contact.company == company and time == Duration(3, "year")


def of(pattern: str) -> Phrase:
    """A phrase of *pattern*, whatever its holes."""
    names = [part.split(":")[0].strip() for part in pattern.split("{")[1:]]
    scope: dict[str, Any] = {"__name__": __name__}
    exec(f"def answer({', '.join(['contact', *names])}): return True", scope)  # noqa: S102 - ours
    return phrase(pattern)(scope["answer"])


def test_parts() -> None:
    """A pattern is words, as names are compared, and holes."""
    made = of("  Doesn’t { who : text }  HIRE in {n:number}% months".replace("%", ""))

    assert made.parts == (
        "doesn't",
        Hole("who", "text"),
        "hire",
        "in",
        Hole("n", "number"),
        "months",
    )
    assert made.name is None
    assert of("Spoke  Well").name == "spoke well"


def test_a_phrase_is_its_function() -> None:
    """It may be called as the function it was made of."""
    three = Duration(3, "year")

    assert worked_at(Contact(key="ada", company="Acme"), "Acme", time=three) is True
    assert repr(worked_at) == (
        "Phrase(pattern='worked at {company:text} for at least {time:duration}')"
    )


_FORM = "is no phrase: write words, with holes such as `{company:text}` in them"
_KINDS = "a hole is one of text, texts, number, count, date, duration, and"


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("", f"`` {_FORM}"),
        ("   ", f"`   ` {_FORM}"),
        ("{a:text}", f"`{{a:text}}` {_FORM}"),
        ("likes {a}", f"`likes {{a}}` {_FORM}"),
        ("likes {a:text", f"`likes {{a:text` {_FORM}"),
        ("likes, loves", f"`likes, loves` {_FORM}"),
        ('likes "x"', f'`likes "x"` {_FORM}'),
        ("likes (much)", f"`likes (much)` {_FORM}"),
        ("likes a = b", f"`likes a = b` {_FORM}"),
        (
            "did not {a:text}",
            "`did not {a:text}` holds `not`: say it without, policies put NOT before it",
        ),
        ("Never spoke", "`Never spoke` holds `never`: say it without, policies put NOT before it"),
        ("has NO car", "`has NO car` holds `no`: say it without, policies put NOT before it"),
        ("likes {a:str}", f"`likes {{a:str}}`: {_KINDS} `str` is none"),
        ("likes {a:}", f"`likes {{a:}}`: {_KINDS} `` is none"),
    ],
)
def test_patterns_that_are_none(pattern: str, message: str) -> None:
    """Each refusal says what is wrong with the pattern."""
    with pytest.raises(VocabularyError) as raised:
        phrase(pattern)

    assert str(raised.value) == message


async def _later(contact: Contact) -> bool:
    return contact.is_a_bot is True


async def _later_and_later(contact: Contact) -> Any:  # noqa: ANN401 - refused anyway
    yield contact.is_a_bot


def _no_parameters() -> bool:
    return True


def _one_by_one(_contact: Contact) -> Iterator[bool]:
    yield True


def _record_alone(_contact: Contact) -> bool:
    return True


def _another_name(_contact: Contact, _b: str) -> bool:
    return True


def _anything(_contact: Contact, **_rest: str) -> bool:
    return True


def _by_place(_contact: Contact, a: str, /) -> bool:
    return a == ""


def _by_name(*, contact: Contact, a: str) -> bool:
    return contact.name == a


def _number(_contact: Contact, a: int) -> bool:
    return a == 0


def _unread(_contact: Contact, a: "Missing") -> bool:  # type: ignore[name-defined]  # noqa: F821
    return bool(a)


_UNREAD = "the annotations of `_unread` cannot be read: name 'Missing' is not defined"
_TAKES = "takes a record and then one parameter for each hole"
_GIVEN = "and a phrase is given its record by place and its literals by name"


@pytest.mark.parametrize(
    ("pattern", "function", "message"),
    [
        ("x", _later, "`x`: `_later` is async, and a phrase answers at once"),
        ("x", _later_and_later, "`x`: `_later_and_later` is async, and a phrase answers at once"),
        ("x", _one_by_one, "`x`: `_one_by_one` yields, and a phrase returns its answer"),
        (
            "x",
            _no_parameters,
            f"`x`: `_no_parameters` {_TAKES}, of which there are none; it takes nothing",
        ),
        (
            "x {a:text}",
            _record_alone,
            f"`x {{a:text}}`: `_record_alone` {_TAKES}, a; it takes _contact",
        ),
        (
            "x {a:text}",
            _another_name,
            f"`x {{a:text}}`: `_another_name` {_TAKES}, a; it takes _contact, _b",
        ),
        (
            "x {a:text} {a:text}",
            _number,
            f"`x {{a:text}} {{a:text}}`: `_number` {_TAKES}, a; it takes _contact, a",
        ),
        ("x", _anything, f"`x`: `_anything` takes `**_rest: str`, {_GIVEN}"),
        ("x {a:text}", _by_place, f"`x {{a:text}}`: `_by_place` takes `a: str`, {_GIVEN}"),
        (
            "x {a:text}",
            _by_name,
            f"`x {{a:text}}`: `_by_name` takes `contact: {Contact.__module__}.Contact`, {_GIVEN}",
        ),
        (
            "x {a:text}",
            _number,
            "`x {a:text}`: the hole `a` is text, and `_number` annotates `a` otherwise",
        ),
        (
            "x {a:text}",
            _unread,
            f"`x {{a:text}}`: {_UNREAD}",
        ),
    ],
)
def test_functions_that_do_not_fit(pattern: str, function: Any, message: str) -> None:  # noqa: ANN401
    """Each refusal says what the function should take, and what it takes."""
    with pytest.raises(VocabularyError) as raised:
        phrase(pattern)(function)

    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            _record_alone,
            (
                "a phrase begins with its words, and not with a function: "
                'write `@phrase("…")` above `_record_alone`'
            ),
        ),
        (
            5,
            (
                "a phrase begins with its words, and not with `5`: "
                'write `@phrase("…")` above the function'
            ),
        ),
    ],
)
def test_a_phrase_has_words(given: Any, message: str) -> None:  # noqa: ANN401
    """Whoever forgets them, and the brackets, is told where they go."""
    with pytest.raises(VocabularyError) as raised:
        phrase(given)

    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("kind", "annotation"),
    [
        ("text", str),
        ("texts", tuple[str, ...]),
        ("texts", Sequence[str]),
        ("number", float),
        ("number", int | float),
        ("count", int),
        ("date", date),
        ("duration", Duration),
    ],
)
def test_annotations_that_fit(kind: str, annotation: Any) -> None:  # noqa: ANN401
    """A parameter is annotated with what its hole gives, or not at all."""

    def answer(_contact: Contact, a: Any) -> bool:  # noqa: ANN401
        return bool(a)

    answer.__annotations__["a"] = annotation

    assert phrase(f"x {{a:{kind}}}")(answer).parts == ("x", Hole("a", kind))


class Alike:
    """A callable object."""

    def __call__(self, _contact: Contact, a: str) -> bool:
        """Whether *a* is what it should be."""
        return a == "y"


def test_a_callable_object() -> None:
    """What has no name of its own may answer as well."""
    with pytest.raises(VocabularyError) as raised:
        phrase("x")(Alike())

    assert phrase("x {a:text}")(Alike())(Contact(key="ada"), a="y") is True
    assert str(raised.value) == (
        f"`x`: `the function` {_TAKES}, of which there are none; it takes _contact, a"
    )


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        ("likes {a:text}", "likes {b:text}", True),
        ("likes {a:text}", "loves {a:text}", False),
        ("likes {a:text}", "likes {b:texts}", True),
        ("likes {a:text}", "likes {b:number}", False),
        ("likes {a:number}", "likes {b:count}", True),
        ("likes {a:date}", "likes {b:text}", False),
        ("likes {a:text}", "likes tea", False),
        ("likes tea", "LIKES  Tea", True),
        ("likes tea", "likes tea now", False),
        ("for {a:duration}", "for {b:duration}", True),
        ("for {a:duration}", "for {b:number} months", True),
        ("for {a:duration}", "for {b:count} week", True),
        ("for {a:duration}", "for {b:number} pounds", False),
        ("for {a:duration}", "for {b:number}", False),
        ("for {a:number} {b:text}", "for {a:duration}", False),
        ("likes {a:texts}", "likes {a:text} or {b:text}", True),
        ("likes {a:texts}", "likes {a:text} and {b:text}", True),
        ("likes {a:texts}", "likes {a:text} but {b:text}", False),
        ("likes {a:texts} or {b:text}", "likes {a:text} or {b:texts}", True),
        ("likes {a:texts} now", "likes {a:text} or {b:text}", False),
    ],
)
def test_overlaps(one: str, other: str, *, overlap: bool) -> None:
    """Two patterns overlap where one sentence could match both."""
    phrases = [of("something else"), of(one), of(other)]

    assert overlapping(phrases) == (tuple(phrases[1:]) if overlap else None)
    assert (overlapping(phrases[::-1]) is not None) is overlap


def test_a_vocabulary_refuses_overlaps() -> None:
    """The message names both, and a phrase that is said like a fact."""
    with pytest.raises(VocabularyError) as raised:
        Vocabulary.of(Contact, phrases=[of("likes {a:text}"), of("likes {b:texts}")])
    assert str(raised.value) == (
        "one sentence could match both `likes {a:text}` and `likes {b:texts}`: "
        "give one of them other words"
    )

    with pytest.raises(VocabularyError) as raised:
        Vocabulary.of(Contact, phrases=[of("Is a  bot")])
    assert str(raised.value) == "`Is a  bot` is a phrase and a fact of `Contact` as well"

    with pytest.raises(VocabularyError) as raised:
        Vocabulary.of(Contact, phrases=[_record_alone])  # type: ignore[list-item]
    assert str(raised.value).endswith("is not a phrase: make one of it with `@phrase(…)`")


class Holder:
    """A class with a phrase in it."""

    @phrase("is held")
    def held(self: Any) -> bool | None:
        """Whether it is."""
        return bool(self)


def test_pickling() -> None:
    """A phrase pickles as the name it is found under, and so does a policy that speaks it."""
    vocabulary = Vocabulary.of(Contact, phrases=[worked_at, Holder.held])
    policy = Policy.parse('worked at "Acme" for at least 3 years', vocabulary=vocabulary)
    again = pickle.loads(pickle.dumps(policy))  # noqa: S301 - our own

    assert pickle.loads(pickle.dumps(worked_at)) is worked_at  # noqa: S301 - our own
    assert again == policy
    assert again.decide(Contact(key="ada", company="Acme")).value == "connect"


def test_a_phrase_that_cannot_be_found_again() -> None:
    """Pickling says so at once, not when it is too late."""
    with pytest.raises(pickle.PicklingError) as raised:
        pickle.dumps(of("is local"))

    assert str(raised.value) == (
        "`is local` cannot be pickled: it is not found as `answer` in `tests.schema.test_phrase`"
    )
