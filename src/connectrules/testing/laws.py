"""The laws that registered phrases keep to, and a search for records that break them.

It searches, and proves nothing: a phrase that passes may still break a law.
"""

import inspect
import re
import sys
import typing
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cached_property
from typing import Any
from unittest import SkipTest

import attrs
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.errors import Flaky, Unsatisfiable

from connectrules.schema.contact import Contact
from connectrules.schema.phrase import Hole, Phrase
from connectrules.schema.types import shown
from connectrules.schema.vocabulary import Vocabulary
from connectrules.testing import drawing
from connectrules.testing.asking import Asked, Literals, sentence, shown_record
from connectrules.testing.column_law import ColumnForm, has_tables
from connectrules.testing.constants import constants
from connectrules.testing.given import check_records, check_settings, check_vocabulary
from connectrules.testing.law_broken import LawBroken
from connectrules.testing.lawbook import LAWS, Finding, Law
from connectrules.testing.own_law import own_law

Records = st.SearchStrategy[Any]
Samples = st.SearchStrategy[tuple[Any, Literals]]
Settings = hypothesis_settings


def check_phrase(
    phrase: Phrase,
    *,
    vocabulary: Vocabulary[Any] | None = None,
    records: Records | None = None,
    settings: Settings | None = None,
) -> None:
    """Look for a record for which *phrase* breaks one of the laws of phrases.

    It only answers yes, no or unknown, and never raises; it answers alike when asked again,
    reads only the record and does not change it; it says unknown when the facts it needs
    are, and keeps to its answer when unknown facts become known; it agrees with its column
    form, where it has one and narwhals and Polars are installed.

    Args:
        phrase: The phrase.
        vocabulary: What is said of its records; by default that of the class that the
            function annotates its record with, and of `Contact` where it does not.
        records: What draws the records, where the class is not enough to make them.
        settings: How long to look, and more; by default those of hypothesis's profile.

    Raises:
        LawBroken: Where there is one, with the smallest found.
        TypeError: Where something else than these is handed over.
    """
    __tracebackhide__ = True
    subject = _Subject(phrase, vocabulary, records, settings)
    for each in subject.laws:
        broken = subject.broken(each)
        if broken is not None:
            raise broken


def phrase_laws(
    phrase: Phrase,
    *,
    vocabulary: Vocabulary[Any] | None = None,
    records: Records | None = None,
    settings: Settings | None = None,
) -> Callable[..., None]:
    """A test for pytest, with an item for each of the laws of phrases; see `check_phrase`.

    Use it as ``test_worked_at = phrase_laws(worked_at)``, in a module or a class. Called by
    hand, or in a `unittest.TestCase`, it looks at all of them.
    """
    import pytest  # noqa: PLC0415 - only its users need it

    subject = _Subject(phrase, vocabulary, records, settings)

    def test(_class: object = None, /, *, law: Law | None = None) -> None:
        __tracebackhide__ = True
        for each in subject.laws if law is None else (law,):
            _fail(subject.broken(each))

    # What has a default is nothing that pytest gives.
    given_ = [
        each.replace(default=each.default if each.name == "_class" else each.empty)
        for each in inspect.signature(test).parameters.values()
    ]
    test.__signature__ = inspect.Signature(given_)  # type: ignore[attr-defined]
    names = [each.name for each in subject.laws]
    return pytest.mark.parametrize("law", subject.laws, ids=names)(test)


def law(
    phrase: Phrase,
    *,
    vocabulary: Vocabulary[Any] | None = None,
    records: Records | None = None,
    settings: Settings | None = None,
) -> Callable[[Callable[..., bool]], Callable[..., None]]:
    """Make a test of a law of one's own for *phrase*; see `check_phrase` for arguments.

    The function takes what that of the phrase takes, a record and, by name, the literals
    in the holes; in a class it may take ``self`` before them. It answers whether the law holds
    of them. The test takes nothing, and raises `LawBroken` where it does not.

    Raises:
        TypeError: Where the function takes something else; see `check_phrase`.
    """
    if not isinstance(phrase, Phrase):
        msg = f"a law is of a phrase, as in `@law(my_phrase)`, and `{phrase!r}` is none"
        raise TypeError(msg)
    subject = _Subject(phrase, vocabulary, records, settings)

    def decorate(function: Callable[..., bool]) -> Callable[..., None]:
        own = own_law(function, phrase)

        def test(instance: object = None, /) -> None:
            __tracebackhide__ = True
            _fail(subject.broken(own.on(instance)))

        test.__name__, test.__qualname__ = function.__name__, function.__qualname__
        test.__doc__, test.__module__ = function.__doc__, function.__module__
        return test

    return decorate


def _fail(broken: LawBroken | None) -> None:
    """Raise what is *broken*, if anything is; pytest shows its words alone."""
    __tracebackhide__ = True
    if broken is None:
        return
    if "pytest" not in sys.modules:
        raise broken
    from connectrules.testing.failing import LawFails  # noqa: PLC0415 - it needs pytest

    raise LawFails(str(broken), broken.law)


class _Subject:
    """A phrase to be looked at; nothing is drawn before somebody asks how a law is broken.

    Args:
        phrase: The phrase.
        vocabulary: What is said of its records, if it is given.
        records: What draws them, if it is given.
        settings: How long to look, if it is given.
    """

    def __init__(
        self,
        phrase: Phrase,
        vocabulary: Vocabulary[Any] | None,
        records: Records | None,
        settings: Settings | None,
    ) -> None:
        if not isinstance(phrase, Phrase):
            msg = f"`{phrase!r}` is not a phrase: make one of it with `@phrase(…)`"
            raise TypeError(msg)
        check_vocabulary(vocabulary)
        check_records(records)
        check_settings(settings)
        self._phrase, self._records, self._settings = phrase, records, _usual(settings)
        self._vocabulary = vocabulary or Vocabulary.of(_record_class(phrase))
        self._asked = Asked(phrase, self._vocabulary.record)
        self.laws: Sequence[Law] = LAWS
        """The laws that the phrase is held to."""
        if phrase.frame is not None and has_tables():
            self.laws = (*LAWS, ColumnForm(self._vocabulary).law)

    def broken(self, law: Law) -> LawBroken | None:
        """How *law* is seen broken, by the smallest record that was found."""
        if law not in self.laws:
            return self._searched([law], self._settings).get(law)
        first = self._survey.get(law)
        if first is None:
            return None
        longer = Settings(self._settings, max_examples=self._settings.max_examples * _LONGER)
        # What draws nothing anew has nothing to show here; the first was found all the same.
        with suppress(SkipTest):
            return self._searched([law], longer).get(law, first)
        return first

    @cached_property
    def _survey(self) -> dict[Law, LawBroken]:
        """Which laws are seen broken: all are looked at in one search, for the time's sake."""
        phases = [each for each in self._settings.phases if each is not Phase.shrink]
        return self._searched(self.laws, Settings(self._settings, phases=phases))

    def _searched(self, laws: Sequence[Law], settings: Settings) -> dict[Law, LawBroken]:
        """How each of *laws* is seen broken; a single one by the smallest record."""
        found: dict[Law, LawBroken] = {}

        def holds(sample: tuple[Any, Literals]) -> None:
            for law in laws:
                finding = law.check(self._asked, *sample)
                if finding is not None:
                    found[law] = _broken(self._phrase, law, sample[1], finding)
                    if len(laws) == 1:
                        raise found[law]

        # Hypothesis keeps what failed by the name.
        name = f"{laws[0].name} of {self._phrase.pattern}"
        holds.__name__ = re.sub(r"\W+", "_", name)
        search = settings(given(self._samples)(holds))
        # What does not always fail is Flaky: the last that did is shown.
        with suppress(LawBroken, Flaky):
            self._refusing(search)
        # Hypothesis puts notes of its own to what was raised.
        return {law: LawBroken(str(error), error.law) for law, error in found.items()}

    @cached_property
    def _samples(self) -> Samples:
        named = constants(self._phrase.function)
        records = self._records
        if records is not None:
            records = records.map(self._wanted)
        else:
            any_ = _samples(drawing.records(self._vocabulary, named), self._phrase, named)
            looked_at = self._looked_at(any_)
            records = drawing.records(self._vocabulary, named, looked_at)
        return _samples(records, self._phrase, named)

    def _wanted(self, record: object) -> object:
        """*record*, which is one of the class that the phrase is asked about."""
        wanted = self._vocabulary.record
        if isinstance(record, wanted):
            return record
        msg = f"`records=` drew `{shown(record)}`, and records of `{wanted.__name__}` are wanted"
        if attrs.has(type(record)) or hasattr(record, _DATACLASS):
            msg += ": annotate the record of the function, or say what it is with `vocabulary=`"
        raise TypeError(msg)

    def _looked_at(self, samples: Samples) -> set[str]:
        """The fields that the phrase looks at, as far as a few records show it."""
        found: set[str] = set()

        @Settings(self._settings, max_examples=_FIRST, phases=_WITHOUT_SHRINKING, database=None)
        @given(samples)
        def look(sample: tuple[Any, Literals]) -> None:
            found.update(self._asked.call(*sample).seen)

        self._refusing(look)
        return found

    def _refusing(self, search: Callable[[], object]) -> None:
        """Do *search*, and say so where no record can be made.

        Raises:
            ValueError: Where that is so.
        """
        try:
            search()
        except Unsatisfiable:
            msg = (
                f"no `{self._vocabulary.record.__name__}` could be made of values of its "
                "annotations: say how with `records=`, a strategy of hypothesis"
                if self._records is None
                else "`records=` draws nothing, or nothing that is let through"
            )
            raise ValueError(msg) from None


_FIRST = 20
"""How many records are drawn to see which of their fields a phrase looks at."""
_LONGER = 10
"""How much longer it is looked for the smallest record, once there is known to be one."""
_WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate, Phase.target)


@st.composite
def _samples(
    draw: st.DrawFn, records: Records, phrase: Phrase, named: Sequence[object]
) -> tuple[Any, Literals]:
    record = draw(records)
    return record, draw(drawing.literals(phrase, record, named))


def _usual(settings: Settings | None) -> Settings:
    """*settings*, or those in force, where no example is too slow, and records may be refused."""
    return Settings(
        settings,
        deadline=None,
        report_multiple_bugs=False,
        phases=[each for each in (settings or Settings()).phases if each is not Phase.explain],
        suppress_health_check=list(HealthCheck),
    )


def _record_class(phrase: Phrase) -> type:
    """The class that *phrase*'s function annotates its record with, else `Contact`."""
    function: Any = phrase.function
    called = function if inspect.isroutine(function) else type(function).__call__
    first = next(iter(inspect.signature(function).parameters))
    found: object = typing.get_type_hints(called).get(first)
    is_record = isinstance(found, type) and (attrs.has(found) or hasattr(found, _DATACLASS))
    return found if is_record and isinstance(found, type) else Contact


_DATACLASS = "__dataclass_fields__"


def _broken(phrase: Phrase, law: Law, literals: Literals, finding: Finding) -> LawBroken:
    """What to tell of *finding*."""
    says = f"law: {law.says}" if law.is_own else f"law of phrases: it {law.says}"
    lines = [f"`{phrase.pattern}` breaks a {says}", ""]
    lines.append(f"    record: {shown_record(finding.record)}")
    if any(isinstance(part, Hole) for part in phrase.parts):
        lines.append(f"    said:   {sentence(phrase, literals)}")
    lines += ["", finding.happened]
    lines += [f"help: {finding.help}"] if finding.help else []
    return LawBroken("\n".join(lines), law.says)
