"""EXAMPLEs: the contact they describe and the verdict they expect."""

import datetime
from collections.abc import Callable
from functools import cached_property

from connectrules.resolve.conditions import Conditions
from connectrules.resolve.resolved import Example
from connectrules.resolve.rules import Rules
from connectrules.resolve.subjects import own_or_subject
from connectrules.resolve.values import value
from connectrules.rules.tree import Mine, Subject, Test, Window, any_of, postorder
from connectrules.schema.suggestions import did_you_mean, either
from connectrules.schema.types import canonical
from connectrules.syntax import tree
from connectrules.syntax.mistakes import Mistake

_SHOWN = 5
"""How many rules are named in a message."""


class Examples:
    """Reads the EXAMPLEs of a policy.

    Args:
        conditions: What reads the policy's sentences.
        rules: The policy's rules.

    Attributes:
        named: The facts that they name.
    """

    def __init__(self, conditions: Conditions, rules: Rules) -> None:
        self.named: set[Subject | str] = set()
        self._conditions, self._rules = conditions, rules

    @cached_property
    def _is_timed(self) -> bool:
        """Whether the rules speak of lengths of time."""
        return bool(self._rules.rules) and any(
            isinstance(operand, Window)
            for node in postorder(any_of(*(rule.condition for rule in self._rules.rules)))
            if isinstance(node, Test)
            for operand in node.operands
        )

    def example(self, written: tree.Example) -> Example | None:
        """The EXAMPLE that *written* is; None where mistakes in it have been told."""
        facts: dict[Subject | Mine, tuple[str, object]] = {}
        asking: list[str] = []
        steps: list[Callable[[], None]] = [
            *(lambda each=each: self._set(each, facts) for each in written.settings),
            lambda: self._check_day(written),
            *(lambda each=each: self._check_rule(each) for each in written.because_of or ()),
            *(lambda each=each: self._ask(each, asking) for each in written.asking or ()),
        ]
        done = [self._did(step) for step in steps]
        if not all(done):
            return None
        because_of, today = written.because_of, written.today
        return Example(
            name=written.name.text,
            today=today.value if today and isinstance(today.value, datetime.date) else None,
            expect=written.expect,
            because_of=None
            if because_of is None
            else tuple(self._rules.names[canonical(each.text)] for each in because_of),
            asking=None if written.asking is None else tuple(asking),
            facts={said: found for each, (said, found) in facts.items() if _is_subject(each)},
            mine={said: found for each, (said, found) in facts.items() if not _is_subject(each)},
            span=written.span,
        )

    def _did(self, step: Callable[[], None]) -> bool:
        """Whether *step* went without a mistake, which is told otherwise."""
        try:
            step()
        except Mistake as mistake:
            self._conditions.scope.report.tell(self._conditions.source, mistake)
            return False
        return True

    def _set(self, setting: tree.Setting, facts: dict[Subject | Mine, tuple[str, object]]) -> None:
        about = own_or_subject(self._conditions, setting.name, "EXAMPLE")
        if about is None:
            return
        fact = about.fact if isinstance(about, Mine) else about
        self.named.add(fact)
        if about in facts:
            raise Mistake(
                setting.name.span,
                "CR201",
                f"`{about.name}` has a value in this EXAMPLE already",
                help=("leave one of the two out",),
            )
        found = value(self._conditions.source, setting.value, fact.type, about.name, unsure=True)
        facts[about] = fact.name, found

    def _ask(self, sentence: tree.Sentence, asking: list[str]) -> None:
        about = own_or_subject(self._conditions, sentence, "ASKING")
        if about is not None:
            asking.append(about.name)

    def _check_rule(self, name: tree.Quoted) -> None:
        if canonical(name.text) in self._rules.names:
            return
        rules = [*self._rules.names.values()]
        others = f"there are {len(rules)}, such as" if len(rules) > _SHOWN else "there is"
        raise Mistake(
            name.span,
            "CR205",
            f"no rule is called `{name.text}`",
            help=did_you_mean(name.text, rules)
            or (f"{others} {either(f'`{each}`' for each in rules[:_SHOWN])}",),
        )

    def _check_day(self, written: tree.Example) -> None:
        if written.today is None and self._is_timed:
            raise Mistake(
                written.name.span,
                "CR504",
                "the policy speaks of lengths of time, and this EXAMPLE says no day",
                help=("write `TODAY 2026-01-31` before EXPECT",),
            )


def _is_subject(about: Subject | Mine) -> bool:
    return not isinstance(about, Mine)
