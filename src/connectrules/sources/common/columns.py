"""Which fact a column speaks of."""

from collections.abc import Iterable

import attrs

from connectrules.schema.contact import Contact
from connectrules.schema.suggestions import meant
from connectrules.schema.vocabulary import Fact, Vocabulary, slot
from connectrules.sources.common.report import NOTE

KEY = "key"
NAME = "name"


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
        return slot(column) in self.facts or slot(column) in {KEY, NOTE}

    def meant(self, column: str) -> str | None:
        """The name that *column* was probably meant to be."""
        return meant(slot(column), (KEY, *(fact.slot for fact in self.facts.values())))

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
