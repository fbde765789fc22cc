"""Which fact a column speaks of."""

from collections.abc import Iterable

import attrs

from connectrules.schema.contact import Contact
from connectrules.schema.suggestions import meant
from connectrules.schema.vocabulary import Fact, Vocabulary, slot
from connectrules.sources.common.report import NOTE

KEY = "key"
NAME = "name"
CONTACT = "contact"
"""What the key is called in a table that judging wrote."""

VERDICT = ("decision", "rules", "because", "ask", "unsure", "assumed", "exact", "faults")
"""The columns of such a table that say what was decided."""

_WORTH = 4
"""How many letters a column has that is taken for a word of a longer name."""


@attrs.frozen
class Columns:
    """The names that columns may have.

    Attributes:
        facts: The facts, by their slot and by that of their attribute.
    """

    facts: dict[str, Fact]

    @classmethod
    def of(cls, vocabulary: Vocabulary[Contact]) -> "Columns":
        """The names that *vocabulary* gives to columns."""
        facts = list(vocabulary.facts.values())
        by_attribute = {slot(fact.attribute): fact for fact in facts if fact.attribute}
        return cls({**by_attribute, **{fact.slot: fact for fact in facts}})

    def fact(self, column: str) -> Fact | None:
        """The fact that *column* speaks of."""
        return self.facts.get(slot(column))

    def known(self, column: str) -> bool:
        """Whether *column* is a fact, or says whom a record is about."""
        return slot(column) in self.facts or slot(column) in {KEY, CONTACT, NOTE}

    def meant(self, column: str) -> str | None:
        """The name that *column* was probably meant to be."""
        names = (KEY, *dict.fromkeys(fact.slot for fact in self.facts.values()))
        return meant(slot(column), names) or _only(_fuller(slot(column), names))

    def judged(self, columns: Iterable[str]) -> frozenset[str]:
        """What in *columns* says what was decided, by slot, where they are of such a table."""
        slots = set(map(slot, columns))
        free = slots - self.facts.keys()
        return frozenset(free.intersection(VERDICT) if {CONTACT, VERDICT[0]} <= free else ())

    def twice(self, columns: Iterable[str]) -> tuple[str, str] | None:
        """Two of *columns* that speak of the same fact, as they are written."""
        seen: dict[str, str] = {}
        for column in columns:
            if not self.known(column):
                continue
            fact = self.fact(column)
            name = fact.slot if fact else slot(column)
            if name in seen:
                return seen[name], column
            seen[name] = column
        return None


def _fuller(said: str, names: Iterable[str]) -> Iterable[str]:
    """Those of *names* that say more than *said* does, or less, in the same words."""
    words = said.split()
    for name in names:
        more, less = sorted((words, name.split()), key=len, reverse=True)
        if len(" ".join(less)) >= _WORTH and (less is words or len(less) > 1) and less != more:
            ways = range(len(more) - len(less) + 1)
            if any(more[start : start + len(less)] == less for start in ways):
                yield name


def _only(names: Iterable[str]) -> str | None:
    """The one of *names*, where there is just one."""
    found = list(names)
    return found[0] if len(found) == 1 else None
