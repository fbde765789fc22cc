"""What contacts are judged with."""

import datetime
import warnings
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs

from connectrules.binding import Binding
from connectrules.bulk.not_plain import NotPlainError
from connectrules.errors import ContactError, FrameWarning
from connectrules.policy import Policy
from connectrules.rules.tree import Spoken
from connectrules.schema.contact import Answers, Contact
from connectrules.schema.vocabulary import Fact
from connectrules.sources.common.columns import CONTACT, KEY, Columns
from connectrules.verdict import Verdict

if TYPE_CHECKING:
    from connectrules.framed.whole import Whole

RESULTS = frozenset({"decision", "rule", "ask", "exact"})
"""What no column of a table that is judged may be called."""


@attrs.frozen(slots=False)
class Job:
    """What contacts are judged with.

    Attributes:
        policy: The policy.
        me: The owner's record, for ``my …``.
        today: The day of judging.
        answers: Answers by the contact's key.
    """

    policy: Policy[Contact]
    me: Contact | None = None
    today: datetime.date | None = None
    answers: Mapping[str, Answers] = attrs.field(factory=dict)

    @property
    def _binding(self) -> Binding:
        return self.policy._binding  # noqa: SLF001 - one library, and nobody else's business

    @cached_property
    def columns(self) -> Columns:
        """The names that columns may have."""
        return Columns.of(self.policy.vocabulary)

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that the policy speaks of.

        Raises:
            NotPlainError: Where one is no column, or called as another column is, or the
                owner's record has a value that does not fit.
        """
        if any(each.fault for each in self._binding.standing(self.me, self.today).mine.values()):
            msg = "your own record has a value that does not fit"
            raise NotPlainError(msg)
        facts = tuple(fact for fact in self.policy.facts if not isinstance(fact, Spoken))
        declared = {fact.slot for fact in self.policy.vocabulary.facts.values()}
        taken = {fact.slot for fact in facts} & RESULTS or declared & {KEY, CONTACT}
        if taken or len(facts) < len(self.policy.facts):
            msg = "the policy has a fact that no column can be called by"
            raise NotPlainError(msg)
        return facts

    def whole(self, frame: Any) -> "Whole":  # noqa: ANN401 - any table
        """*frame* with keys that stand for verdicts, answers left out.

        Raises:
            FrameError: Where a column does not fit its fact.
        """
        from connectrules.framed.whole import whole  # noqa: PLC0415 - an extra

        with warnings.catch_warnings():
            # The report about the file tells of columns that are not known.
            warnings.simplefilter("ignore", FrameWarning)
            return whole(self._binding, frame, self.me, self.today)

    def one_by_one(
        self, contacts: Iterable[Contact]
    ) -> Iterator[tuple[Contact, Verdict | ContactError]]:
        """Each of *contacts* and what is decided about it."""
        waiting: deque[Contact] = deque()

        def passing() -> Iterator[Contact]:
            for contact in contacts:
                waiting.append(contact)
                yield contact

        for result in self.policy.judge_all(
            passing(), me=self.me, today=self.today, answers=self.answers
        ):
            yield waiting.popleft(), result
