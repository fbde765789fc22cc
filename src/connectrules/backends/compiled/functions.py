"""The functions that are generated: how tests come out, and the fast paths to a decision."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import attrs

from connectrules.backends.compiled.code import Code, Rails
from connectrules.reading import Slot
from connectrules.rules.meaning import Context
from connectrules.rules.tree import Condition, Subject, Test
from connectrules.schema.types import (
    LARGEST_COUNT,
    UNSURE,
    CountType,
    Date,
    FactType,
    Number,
    OneOf,
    Text,
    TextList,
    YesNo,
    folded,
)
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


def compile_tests(
    tests: Sequence[Test], subjects: Sequence[Subject], context: Context
) -> Callable[[Sequence[object]], tuple[bool | None, ...]]:
    """A function from the values of *subjects*, None where unknown, to how *tests* come out."""
    names = {subject: f"v{place}" for place, subject in enumerate(subjects)}
    code = Code(names, context)
    if subjects:
        code.lines.append(f"{', '.join(names.values())}, = values")
    truths = [code.test(test) for test in tests]
    code.lines.append(f"return ({''.join(f'{_outcome(truth)}, ' for truth in truths)})")
    return code.function("tests", "values")


def _outcome(truth: Rails) -> str:
    return f"True if {truth.true} else False if {truth.false} else None"


def compile_glance(
    tests: Sequence[Test], inputs: Inputs
) -> Callable[[Any], tuple[bool | None, ...] | None]:
    """A function from a contact to all that its verdict hangs on.

    That is how the tests come out, and for each fact that is assumed where it is
    not known, whether it was. None where a closer look is needed: a value does not
    fit its type, somebody was unsure, or it is no record at all.
    """
    code = Code(_names(inputs.slots), inputs.context)
    sound = _read_all(code, inputs, "return None", unsure_is_sound=False)
    truths = [code.test(test) for test in tests]
    if sound:
        code.lines.append(f"if not ({' and '.join(sound)}): return None")
    each = [_outcome(truth) for truth in truths]
    each += [
        f"r{place} is None" for place, slot in enumerate(inputs.slots) if slot.assumed is not None
    ]
    code.lines.append(f"return ({''.join(f'{one}, ' for one in each)})")
    return code.function("glance", "c")


def compile_decider(
    roots: Mapping[Decision, Condition],
    default: Decision,
    inputs: Inputs,
    settle: Callable[[Any], Decision],
    *,
    kleene_is_exact: bool,
) -> Callable[[Any], Decision]:
    """A function from a contact to its decision.

    Args:
        roots: For each kind of rule there is, the condition that some rule holds.
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
    sound = _read_all(code, inputs, "return settle(c)", unsure_is_sound=True)
    _decide(code, roots, default)
    if kleene_is_exact:
        if sound:
            code.lines.append(f"if {' and '.join(sound)}: return UNDECIDED")
        else:
            code.lines.append("return UNDECIDED")
    code.lines.append("return settle(c)")
    return code.function("decide", "c")


def _names(slots: Sequence[Slot]) -> dict[Subject, str]:
    return {slot.subject: f"v{place}" for place, slot in enumerate(slots)}


def _read_all(code: Code, inputs: Inputs, look: str, *, unsure_is_sound: bool) -> list[str]:
    """Add the statements that read the facts; expressions for their values being as they should.

    What is no record leaves the function by the statement *look*.
    """
    code.constants["UNSURE"] = UNSURE
    kind = code.constant(inputs.record)
    code.lines.append(f"if c.__class__ is not {kind} and not isinstance(c, {kind}): {look}")
    return [
        _read(code, place, slot, unsure_is_sound=unsure_is_sound)
        for place, slot in enumerate(inputs.slots)
    ]


def _read(code: Code, place: int, slot: Slot, *, unsure_is_sound: bool) -> str:
    """Add the statements that read a fact; an expression for its value being as it should."""
    value, raw = f"v{place}", f"r{place}"
    if slot.attribute is not None:
        found = f"c.{slot.attribute}"
    elif slot.other is not None:
        found = f"(c.other or {{}}).get({code.constant(slot.other)})"
    elif slot.call is not None:
        found = f"{code.constant(slot.call)}(c)"
    else:
        found = "None"
    kind = slot.subject.type
    unsure = f" or {raw} is UNSURE" if unsure_is_sound else ""
    code.lines.append(f"{value} = {raw} = {found}")
    if isinstance(kind, YesNo):
        sound = f"({raw} is None or {raw} is True or {raw} is False{unsure})"
    else:
        code.lines += _ready(code, kind, value)
        sound = f"({value} is not None or {raw} is None{unsure})"
    if slot.assumed is not None:
        assumed = code.constant(slot.assumed)
        code.lines.append(f"if {raw} is None or {raw} is UNSURE: {value} = {assumed}")
    return sound


def _ready(code: Code, kind: FactType, value: str) -> list[str]:
    """Statements that turn a value into the form tests compare, or None."""
    fit = f"{value} = {code.constant(_Fit(kind))}({value})"
    match kind:
        case CountType():
            return [
                f"if {value}.__class__ is not int or not 0 <= {value} <= {LARGEST_COUNT}:",
                f"    if {value} is not None: {fit}",
            ]
        case Number():
            return [
                f"if {value}.__class__ is not float or {value} - {value} != 0.0:",
                f"    if {value} is not None: {fit}",
            ]
        case Text():
            fold = code.constant(folded)
            return [
                f"if {value}.__class__ is str:",
                f"    {value} = {value}.lower() if {value}.isascii() else {fold}({value})",
                f"elif {value} is not None: {fit}",
            ]
        case Date():
            return [
                f"if {value} is not None and {value}.__class__ is not {code.constant(date)}: {fit}",
            ]
        case YesNo() | OneOf() | TextList():
            return [f"if {value} is not None: {fit}"]


@attrs.frozen(eq=False)
class _Fit:
    """A value in the form tests compare, or None where it does not fit."""

    kind: FactType

    def __call__(self, value: object) -> object:
        try:
            return self.kind.ready(value)
        except Exception:  # noqa: BLE001 - what is wrong with it is told where it is read closely
            return None


def _decide(code: Code, roots: Mapping[Decision, Condition], default: Decision) -> None:
    """Add the statements that return a decision where Kleene logic has one.

    Each kind of rule in turn, the strongest first: where one is known to hold, it
    decides; where none can, the next kind is looked at; where that is open, the
    default may still be what every way leads to.
    """
    values: dict[int, Rails] = {}
    order = [
        kind for kind in (Decision.DECLINE, Decision.REVIEW, Decision.CONNECT) if kind in roots
    ]
    rails = {kind: code.rails(roots[kind], values) for kind in order}
    indent = ""
    for place, kind in enumerate(order):
        code.lines.append(f"{indent}if {rails[kind].true}: return {kind.name}")
        later = [rails[each].false for each in order[place + 1 :]]
        if kind is default:
            code.lines.append(f"{indent}if {' and '.join(later) or 'True'}: return {default.name}")
        code.lines.append(f"{indent}if {rails[kind].false}:")
        indent += "    "
    code.lines.append(f"{indent}return {default.name}")
