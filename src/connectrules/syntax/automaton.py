"""The tables that Lark makes of the grammar, and the walk over them.

Lark's own walk looks up every rule by its name and its parts, each time; this one has them
looked up beforehand, which halves its time.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import attrs

from connectrules.syntax.lexer import Mark
from connectrules.syntax.mistakes import Unexpected

if TYPE_CHECKING:
    from lark import Lark
    from lark.grammar import Rule

_END = "$END"
"""What Lark calls the end of a text."""
_NOTHING = Mark(_END, "", 0, 0, 0)


@attrs.frozen(eq=False)
class _Reduction:
    """What to do where a rule is complete.

    Attributes:
        rule: What the rule is called.
        size: How many parts it has.
        make: Makes what stands for the rule of its parts; None where its one part does.
    """

    rule: str
    size: int
    make: Callable[[list[Any]], Any] | None


def _is_its_part(rule: "Rule") -> bool:
    """Whether *rule* is a choice, as ``?condition: operand`` is, and stands for its one part."""
    return (
        rule.options.expand1
        and rule.alias is None
        and len(rule.expansion) == 1
        and not rule.expansion[0].is_term
    )


@attrs.frozen(eq=False)
class Automaton:
    """A grammar's tables.

    Attributes:
        steps: For each state what to do at a terminal: go on to a state, or reduce.
        rules: For each state where a complete rule leads.
        start: The state before the first mark.
    """

    steps: Mapping[int, Mapping[str, int | _Reduction]]
    rules: Mapping[int, Mapping[str, int]]
    start: int

    @staticmethod
    def of(grammar: "Lark") -> "Automaton":
        """The tables of *grammar*."""
        from lark.parsers.lalr_analysis import Shift  # noqa: PLC0415 - only when it is needed

        made = grammar.parse_interactive().parser_state.parse_conf
        makers: Mapping[Any, Any] = made.callbacks
        reductions = {
            rule: _Reduction(
                str(rule.origin.name), len(rule.expansion), None if _is_its_part(rule) else make
            )
            for rule, make in makers.items()
        }
        names = {each.rule for each in reductions.values()}
        steps: dict[int, dict[str, int | _Reduction]] = {each: {} for each in made.states}
        rules: dict[int, dict[str, int]] = {each: {} for each in made.states}
        for state, actions in made.states.items():
            for symbol, (action, then) in actions.items():
                if symbol in names:
                    rules[state][str(symbol)] = then
                else:
                    steps[state][str(symbol)] = then if action is Shift else reductions[then]
        steps[made.end_state][_END] = made.end_state
        return Automaton(steps, rules, made.start_state)

    def read(self, marks: Sequence[Mark]) -> Any:  # noqa: ANN401 - what the first rule makes
        """What *marks* make.

        Raises:
            Unexpected: A mark does not fit.
        """
        steps, rules = self.steps, self.rules
        state = self.start
        states, made = [state], list[Any]()
        for index, mark in enumerate((*marks, _NOTHING)):
            terminal = mark.type
            step = steps[state].get(terminal)
            while isinstance(step, _Reduction):
                first = len(made) - step.size
                del states[first + 1 :]
                if step.make is not None:
                    made[first:] = [step.make(made[first:])]
                state = rules[states[-1]][step.rule]
                states.append(state)
                step = steps[state].get(terminal)
            if step is None:
                raise Unexpected(index, partial(self.accepted, marks[:index]))
            state = step
            states.append(state)
            made.append(mark)
        return made[0]

    def accepted(self, marks: Sequence[Mark]) -> frozenset[str]:
        """The terminals that may follow *marks*, which fit."""
        states = [self.start]
        for mark in marks:
            states = self._after(states, mark.type) or states
        return frozenset(
            each for each in self.steps[states[-1]] if each != _END and self._after(states, each)
        )

    def _after(self, states: Sequence[int], terminal: str) -> list[int] | None:
        """What *states* become where *terminal* follows; None where it does not fit."""
        states = [*states]
        while isinstance(step := self.steps[states[-1]].get(terminal), _Reduction):
            del states[len(states) - step.size :]
            states.append(self.rules[states[-1]][step.rule])
        return None if step is None else [*states, step]
