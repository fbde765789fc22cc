"""The functions that are generated: how tests come out, decisions, and verdicts given before."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs

from connectrules.backends.compiled.code import Code, Rails
from connectrules.backends.compiled.reading import Reader
from connectrules.reading import Slot
from connectrules.rules.meaning import Context
from connectrules.rules.tree import Condition, Subject, Test, postorder, subjects
from connectrules.verdict import Decision

Key = tuple[bool | None, ...]
"""All that a verdict hangs on."""


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


def compile_recall(
    tests: Sequence[Test], inputs: Inputs, known: Mapping[Key, Any], work_out: Callable[..., Any]
) -> Callable[[Any], Any]:
    """A function from a contact to what is *known* of those of whom the same is known.

    That is how the tests come out, and for each fact that is assumed where it is
    not known, whether it was.

    Args:
        tests: The tests.
        inputs: What it reads.
        known: What was worked out before.
        work_out: What works it out for a contact and, where that is all it hangs on,
            a key to keep it by. It is not where a value does not fit its type,
            somebody was unsure, or it is no record at all: there is no key then.
    """
    code = Code(_names(inputs.slots), inputs.context)
    code.constants |= {"known": known.get, "work_out": work_out}
    _require_record(code, inputs, "return work_out(c)")
    reader = Reader(code, inputs.slots, unsure_is_odd=True)
    reader.read_all()
    truths = [code.test(test).truth for test in tests]
    truths += [f"r{n} is None" for n, slot in enumerate(inputs.slots) if slot.assumed is not None]
    code.lines += [
        *reader.unless_sound("return work_out(c)"),
        f"key = ({''.join(f'{truth}, ' for truth in truths)})",
        "found = known(key)",
        "return work_out(c, key) if found is None else found",
    ]
    return code.function("recall", "c")


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
    code = Code(_names(inputs.slots), inputs.context)
    code.constants["settle"] = settle
    for decision in Decision:
        code.constants[decision.name] = decision
    _require_record(code, inputs, "return settle(c)")
    reader = Reader(code, inputs.slots, unsure_is_odd=False)
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


def _names(slots: Sequence[Slot]) -> dict[Subject, str]:
    return {slot.subject: f"v{place}" for place, slot in enumerate(slots)}


def _require_record(code: Code, inputs: Inputs, otherwise: str) -> None:
    """Add the statement that leaves the function by *otherwise* where *c* is no record."""
    kind = code.constant(inputs.record)
    code.lines.append(f"if c.__class__ is not {kind} and not isinstance(c, {kind}): {otherwise}")


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
            for condition in conditions:
                holds = self._rails(condition).true
                if may_be_default:
                    lines += [f"if {holds}:", "    if may_be_default: break"]
                    lines.append(f"    return {kind.name}")
                    self.reader.may_leave()
                else:
                    lines.append(f"if {holds}: return {kind.name}")
            fails = [self._rails(condition).false for condition in conditions]
            if kind is self.default:
                may_be_default = True
                lines.append(f"may_be_default = not ({' and '.join(fails)})")
            else:
                lines += [f"if not {each}: break" for each in fails]
                self.reader.may_leave()
        lines.append(f"return {self.default.name}")

    def _rails(self, condition: Condition) -> Rails:
        """The rails of *condition*, whose facts are read before."""
        for node in postorder(condition, known=self._values):
            if isinstance(node, Test):
                self.reader.read(subjects(node))
        return self.code.rails(condition, self._values)
