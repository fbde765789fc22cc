"""The functions that are generated: how tests come out, and decisions."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs

from connectrules.backends.compiled.code import Code, Rails
from connectrules.backends.compiled.reading import Reader
from connectrules.reading import Slot
from connectrules.rules.meaning import Context
from connectrules.rules.tree import Condition, Subject, Test, postorder, subjects
from connectrules.verdict import Decision


@attrs.frozen
class Inputs:
    """What generated functions read.

    Attributes:
        record: The class of the contacts.
        slots: Where each fact is found.
        context: The owner's facts and the day.
    """

    record: type
    slots: Sequence[Slot]
    context: Context

    def code(self) -> Code:
        """Code in which the value of the third slot is ``v2``."""
        return Code({slot.subject: f"v{n}" for n, slot in enumerate(self.slots)}, self.context)

    def unless_record(self, code: Code, leave: str) -> list[str]:
        """The statement *leave*, for where *c* is no record."""
        kind = code.constant(self.record)
        return [f"if c.__class__ is not {kind} and not isinstance(c, {kind}): {leave}"]


def compile_tests(
    tests: Sequence[Test], subjects: Sequence[Subject], context: Context
) -> Callable[[Sequence[object]], tuple[bool | None, ...]]:
    """A function from the values of *subjects*, None where unknown, to how *tests* come out."""
    names = {subject: f"v{place}" for place, subject in enumerate(subjects)}
    code = Code(names, context)
    if subjects:
        code.lines.append(f"{', '.join(names.values())}, = values")
    truths = [code.test(test) for test in tests]
    code.lines.append(f"return ({''.join(f'{truth.truth}, ' for truth in truths)})")
    return code.function("tests", "values")


def compile_decider(
    rules: Mapping[Decision, Sequence[Condition]],
    default: Decision,
    inputs: Inputs,
    settle: Callable[[Any], Decision],
    *,
    kleene_is_exact: bool,
) -> Callable[[Any], Decision]:
    """A function from a contact to its decision.

    Args:
        rules: For each kind of rule there is, the strongest first, the conditions of
            its rules.
        default: What OTHERWISE decides.
        inputs: What it reads.
        settle: What decides where this function cannot: it looks at values that
            do not fit, and takes the exact step.
        kleene_is_exact: Whether no contact needs the exact step.
    """
    code = inputs.code()
    code.constants["settle"] = settle
    for decision in Decision:
        code.constants[decision.name] = decision
    code.lines += inputs.unless_record(code, "return settle(c)")
    reader = Reader(code, inputs.slots)
    reader.read_phrases()
    start = len(code.lines)
    _Deciding(code, reader, default).add(rules)
    # Where it stays open the code breaks out of the loop, which runs once.
    code.lines[start:] = ["while True:", *(f"    {line}" for line in code.lines[start:])]
    if kleene_is_exact:
        reader.read_all()
        code.lines += [*reader.unless_sound("return settle(c)"), "return UNDECIDED"]
    else:
        code.lines.append("return settle(c)")
    return code.function("decide", "c")


@attrs.frozen
class _Deciding:
    """The statements that return a decision where Kleene logic has one, and else break.

    Each kind of rule in turn, the strongest first, and each rule in turn: where it is
    known to hold, its kind decides. A kind that is still open leaves all open, but for
    that of the default: there a weaker one must be known not to hold.
    """

    code: Code
    reader: Reader
    default: Decision
    _values: dict[int, Rails] = attrs.field(factory=dict)

    def add(self, rules: Mapping[Decision, Sequence[Condition]]) -> None:
        lines = self.code.lines
        weakest = [*rules][-1] if rules else None
        may_be_default = False
        for kind, conditions in rules.items():
            if kind is self.default is weakest:
                break
            is_default = kind is self.default
            noted = "may_be_default" if is_default else "is_open"
            leave_at_once = not is_default and len(conditions) == 1
            if not leave_at_once:
                lines.append(f"{noted} = False")
            for condition in conditions:
                rails = self._rails(condition)
                lines += [
                    f"if not {rails.false}:",
                    f"    if {' and '.join(rails.otherwise_sure)}:",
                    *(["        if may_be_default: break"] if may_be_default else []),
                    f"        return {kind.name}",
                    "    break" if leave_at_once else f"    {noted} = True",
                ]
                if may_be_default:
                    self.reader.may_leave()
            if not is_default:
                lines += [] if leave_at_once else ["if is_open: break"]
                self.reader.may_leave()
            may_be_default = may_be_default or is_default
        lines.append(f"return {self.default.name}")

    def _rails(self, condition: Condition) -> Rails:
        """The rails of *condition*, whose facts are read before."""
        for node in postorder(condition, known=self._values):
            if isinstance(node, Test):
                self.reader.read(subjects(node))
        return self.code.rails(condition, self._values)
