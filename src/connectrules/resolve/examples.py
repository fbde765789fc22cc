"""EXAMPLEs: the contact they describe and the verdict they expect."""

import datetime
from collections.abc import Callable, Sequence

from connectrules.resolve.conditions import Conditions
from connectrules.resolve.resolved import Example, ResolvedRule
from connectrules.resolve.values import value
from connectrules.rules.tree import Condition, Mine, Test, Window, postorder
from connectrules.schema.suggestions import did_you_mean
from connectrules.schema.types import canonical
from connectrules.syntax import tree
from connectrules.syntax.mistakes import Mistake
from connectrules.syntax.tree import Kind, Token


class Examples:
    """Reads the EXAMPLEs of a policy.

    Args:
        conditions: What reads the policy's sentences.
        rules: The policy's rules.
        mention: What to tell of each fact that is named.
    """

    def __init__(
        self,
        conditions: Conditions,
        rules: Sequence[ResolvedRule],
        mention: Callable[[str], None],
    ) -> None:
        self.conditions, self.mention = conditions, mention
        self.rules = {canonical(name): name for name in (*(r.name for r in rules), "otherwise")}
        self.timed = any(speaks_of_time(rule.condition) for rule in rules)

    def example(self, written: tree.Example) -> Example | None:
        """The EXAMPLE that *written* is; None where mistakes in it have been told."""
        facts: dict[str, object] = {}
        mine: dict[str, object] = {}
        good = True
        for setting in written.settings:
            good = self._try(self._set, setting, facts, mine) and good
        good = self._try(self._check_day, written) and good
        for name in written.because_of or ():
            good = self._try(self._check_rule, name) and good
        asking: list[str] = []
        for sentence in written.asking or ():
            good = self._try(lambda each: asking.append(self._asked(each)), sentence) and good
        if not good:
            return None
        return Example(
            name=written.name.text,
            today=_day(written.today),
            expect=written.expect,
            because_of=tuple(self.rules[canonical(each.text)] for each in written.because_of)
            if written.because_of is not None
            else None,
            asking=tuple(asking) if written.asking is not None else None,
            facts=facts,
            mine=mine,
            span=written.span,
        )

    def _try(self, action: Callable[..., None], *arguments: object) -> bool:
        try:
            action(*arguments)
        except Mistake as mistake:
            self.conditions.tell(mistake)
            return False
        return True

    def _set(
        self, setting: tree.Setting, facts: dict[str, object], mine: dict[str, object]
    ) -> None:
        subject = self.conditions.subject(setting.name, "EXAMPLE", mine=True)
        name, kept = subject.name, facts
        if isinstance(subject, Mine):
            kept, subject = mine, subject.fact
        self.mention(subject.key)
        found = value(setting.value, subject.type, name, unsure=True)
        if subject.name in kept:
            raise Mistake(
                setting.name.span,
                "CR201",
                f"what `{name}` is is said twice",
                help=("leave one of the two out",),
            )
        kept[subject.name] = found

    def _asked(self, sentence: tree.Sentence) -> str:
        return self.conditions.subject(sentence, "ASKING", mine=True).name

    def _check_rule(self, name: tree.Quoted) -> None:
        if canonical(name.text) not in self.rules:
            raise Mistake(
                name.span,
                "CR205",
                f"no rule is called `{name.text}`",
                help=did_you_mean(name.text, self.rules.values())
                or (f"the rules are {', '.join(f'`{each}`' for each in self.rules.values())}",),
            )

    def _check_day(self, written: tree.Example) -> None:
        if written.today is None:
            if self.timed:
                raise Mistake(
                    written.name.span,
                    "CR504",
                    "the policy speaks of lengths of time, and this EXAMPLE does not say which day it is",
                    help=("write `TODAY 2026-01-31` before EXPECT",),
                )
        elif written.today.kind is not Kind.DATE:
            raise Mistake(
                written.today.span,
                "CR301",
                f"`{written.today.text}` is not a date",
                help=("write year, month and day of a day that exists, such as `2026-01-31`",),
            )


def _day(token: Token | None) -> datetime.date | None:
    return token.value if token and isinstance(token.value, datetime.date) else None


def speaks_of_time(condition: Condition) -> bool:
    """Whether *condition* speaks of a length of time up to the day of judging."""
    return any(
        isinstance(operand, Window)
        for node in postorder(condition)
        if isinstance(node, Test)
        for operand in node.operands
    )
