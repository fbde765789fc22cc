"""Explanations as a tree for reading: the decision, its rules, and what made them so."""

from collections.abc import Iterable, Iterator
from itertools import groupby, zip_longest

import attrs

from connectrules.errors import ContactError
from connectrules.render.cells import harmless, wrapped
from connectrules.render.paint import Paint, Role, plain
from connectrules.render.values import said
from connectrules.verdict import Decision, Evidence, Explanation, Fault, Reason

_NARROWEST = 20
"""Text is never squeezed into fewer columns, however deep it stands."""

_ROLES: dict[Decision, Role] = {
    Decision.CONNECT: "connect",
    Decision.DECLINE: "decline",
    Decision.REVIEW: "review",
    Decision.UNDECIDED: "undecided",
}

_NOT_EXACT = (
    "what is known may settle it already: conditions that hang together were looked at "
    "one by one, so more may be asked here than is needed"
)


@attrs.frozen
class _Branch:
    """A line of the tree and the branches under it; *title* is the part that names it."""

    text: str
    under: tuple["_Branch", ...] = ()
    title: str = ""


@attrs.frozen
class _Head:
    """The first line: what is decided about whom."""

    word: str
    role: Role
    contact: str


def explanation_text(explanation: Explanation, *, width: int = 80, paint: Paint = plain) -> str:
    """*explanation* as a tree: the decision, the rules, the conditions and their values.

    Args:
        explanation: What to show.
        width: How many columns there are.
        paint: Dresses the parts of the text.
    """
    decision = explanation.verdict.decision
    head = _Head(decision.name, _ROLES[decision], explanation.contact)
    return _tree(head, _branches(explanation), width, paint)


def error_text(
    error: ContactError, *, contact: str | None = None, width: int = 80, paint: Paint = plain
) -> str:
    """Why a contact could not be judged, in the form of an explanation.

    Args:
        error: What to show.
        contact: What to call the contact, if not as the error does.
        width: How many columns there are.
        paint: Dresses the parts of the text.
    """
    head = _Head("ERROR", "error", contact or error.contact)
    fault = Fault(error.fact, error.code, str(error), error.where)
    return _tree(head, [_fault(fault)], width, paint)


def _tree(head: _Head, branches: list[_Branch], width: int, paint: Paint) -> str:
    word, width = head.word, max(width, _NARROWEST)
    first, *rest = _hung(f"{word}  {harmless(head.contact)}", width, len("  "))
    lines = [paint(head.role, word) + first[len(word) :], *(f"  {line}" for line in rest)]
    return "\n".join([*lines, *_drawn(branches, "", width, paint)])


def _hung(text: str, room: int, hanging: int) -> list[str]:
    """*text* in lines of at most *room* columns, less *hanging* from the second on."""
    first, *rest = wrapped(text, room)
    return [first, *(wrapped(text[len(first) :].lstrip(), room - hanging) if rest else ())]


def _drawn(branches: Iterable[_Branch], edge: str, width: int, paint: Paint) -> Iterator[str]:
    branches = tuple(branches)
    for index, branch in enumerate(branches):
        last = index == len(branches) - 1
        fork, beyond = ("└─ ", "   ") if last else ("├─ ", "│  ")
        hanging = "│ " if branch.under else "  "
        room = max(width - len(edge) - len(fork), _NARROWEST)
        first, *rest = _hung(branch.text, room, len(hanging))
        shown = first
        if branch.title and first.startswith(branch.title):
            shown = paint("title", branch.title) + first[len(branch.title) :]
        yield paint("frame", edge + fork) + shown
        for line in rest:
            yield paint("frame", edge + beyond + hanging) + line
        yield from _drawn(branch.under, edge + beyond, width, paint)


def _branches(explanation: Explanation) -> list[_Branch]:
    verdict = explanation.verdict
    reasons = tuple(map(_reason, explanation.why))
    branches: list[_Branch] = []
    if verdict.decision is Decision.UNDECIDED:
        asked = tuple(
            _Branch(f"{fact}: {harmless(question)}" if question else fact, title=fact)
            for fact, question in zip_longest(verdict.ask, explanation.questions)
        )
        branches += _section("what to ask", asked)
        branches += _list("what nobody could say", verdict.unsure)
        if not verdict.exact:
            branches.append(_Branch(_NOT_EXACT))
        branches += _section("what may decide it", reasons)
    else:
        branches += reasons
    branches += _list("resting on assumptions", verdict.assumed)
    branches += _section("set aside, and without effect", map(_fault, verdict.faults))
    return branches


def _section(title: str, under: Iterable[_Branch]) -> list[_Branch]:
    branches = tuple(under)
    return [_Branch(title, branches)] if branches else []


def _list(title: str, facts: Iterable[str]) -> list[_Branch]:
    named = ", ".join(facts)
    return [_Branch(f"{title}: {named}")] if named else []


def _fault(fault: Fault) -> _Branch:
    return _Branch(_placed(harmless(fault.message), fault.where))


def _reason(reason: Reason) -> _Branch:
    text = f"{reason.rule}: {harmless(reason.because)}" if reason.because else reason.rule
    under: list[_Branch] = []
    for rule, conditions in groupby(reason.conditions, key=lambda each: each.rule):
        lines = tuple(map(_condition, conditions))
        under += [_Branch(f"{rule} does not apply", lines, rule)] if rule else lines
    return _Branch(text, tuple(under), reason.rule)


def _condition(evidence: Evidence) -> _Branch:
    """``sentence: yes, value  (place)``; a yes/no value says nothing that the answer does not."""
    answer = said(evidence.holds)
    match evidence.values:
        case ():
            return _Branch(f"{evidence.sentence}: {answer}")
        case ((_, value, where),):
            if value is None or isinstance(value, bool):
                shown = answer
            elif evidence.holds is None:
                shown = said(value)
            else:
                shown = f"{answer}, {said(value)}"
            return _Branch(_placed(f"{evidence.sentence}: {shown}", where))
        case several:
            values = ", ".join(
                _placed(f"{fact} {said(value)}", where, gap=" ") for fact, value, where in several
            )
            return _Branch(f"{evidence.sentence}: {answer}, {values}")


def _placed(text: str, where: str | None, *, gap: str = "  ") -> str:
    return f"{text}{gap}({harmless(where)})" if where else text
