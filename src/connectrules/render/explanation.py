"""Explanations as a tree for reading: the decision, its rules, and what made them so."""

from collections.abc import Iterable, Iterator
from itertools import groupby, islice, zip_longest
from typing import Literal

import attrs

from connectrules.errors import ContactError
from connectrules.explanation import Evidence, Explanation, Reason
from connectrules.render.cells import harmless, wrapped
from connectrules.render.changes import why_not_text
from connectrules.render.paint import Paint, Role, plain
from connectrules.render.questions import expected_text, lead_text
from connectrules.render.values import said
from connectrules.verdict import Decision, Fault

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


Kind = Literal["plain", "rule", "against", "holds", "fails", "open"]
"""What a branch is: a rule, one that does not apply, a condition that holds, does not, or may."""


@attrs.frozen
class Branch:
    """A line of the tree and the branches under it.

    Attributes:
        text: What it says.
        under: The branches under it.
        title: The part of the text that names it, at its beginning.
        where: Where the value that it tells was found, where there is one.
        kind: What it is.
    """

    text: str
    under: tuple["Branch", ...] = ()
    title: str = ""
    where: str | None = None
    kind: Kind = "plain"

    @property
    def line(self) -> str:
        """What it says, with the place."""
        return _placed(self.text, self.where)


@attrs.frozen
class _Head:
    """The first line: what is decided about whom."""

    word: str
    role: Role
    contact: str


def explanation_text(
    explanation: Explanation,
    *,
    why_not: Decision | None = None,
    bases: int = 0,
    why_alone: bool = False,
    width: int = 80,
    paint: Paint = plain,
) -> str:
    """*explanation* as a tree: the decision, the rules, the conditions and their values.

    Args:
        explanation: What to show.
        why_not: A decision to tell all that would bring it of; by default, where
            the contact is decided about, the nearest way to each other one.
        bases: How many more sets of facts that settle it alone to show.
        why_alone: Whether to leave out what answers lead to, and what would change it.
        width: How many columns there are.
        paint: Dresses the parts of the text.
    """
    decision = explanation.verdict.decision
    head = _Head(decision.name, _ROLES[decision], explanation.contact)
    if why_alone:
        explanation = attrs.evolve(explanation, account=None)
    return _tree(head, told(explanation, why_not=why_not, bases=bases), width, paint)


def told(
    explanation: Explanation, *, why_not: Decision | None = None, bases: int = 0
) -> list[Branch]:
    """All that there is to say of *explanation*; see `explanation_text` for the arguments."""
    return [
        *_branches(explanation),
        *_bases(explanation, bases),
        *_changes(explanation, why_not),
    ]


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


def _tree(head: _Head, branches: list[Branch], width: int, paint: Paint) -> str:
    word, width = head.word, max(width, _NARROWEST)
    first, *rest = _hung(f"{word}  {harmless(head.contact)}", width, len("  "))
    lines = [paint(head.role, word) + first[len(word) :], *(f"  {line}" for line in rest)]
    return "\n".join([*lines, *_drawn(branches, "", width, paint)])


def _hung(text: str, room: int, hanging: int) -> list[str]:
    """*text* in lines of at most *room* columns, less *hanging* from the second on."""
    first, *rest = wrapped(text, room)
    return [first, *(wrapped(text[len(first) :].lstrip(), room - hanging) if rest else ())]


def _drawn(branches: Iterable[Branch], edge: str, width: int, paint: Paint) -> Iterator[str]:
    branches = tuple(branches)
    for index, branch in enumerate(branches):
        last = index == len(branches) - 1
        fork, beyond = ("└─ ", "   ") if last else ("├─ ", "│  ")
        hanging = "│ " if branch.under else "  "
        room = max(width - len(edge) - len(fork), _NARROWEST)
        first, *rest = _hung(branch.line, room, len(hanging))
        shown = first
        if branch.title and first.startswith(branch.title):
            shown = paint("title", branch.title) + first[len(branch.title) :]
        yield paint("frame", edge + fork) + shown
        for line in rest:
            yield paint("frame", edge + beyond + hanging) + line
        yield from _drawn(branch.under, edge + beyond, width, paint)


def _branches(explanation: Explanation) -> list[Branch]:
    verdict = explanation.verdict
    reasons = tuple(map(_reason, explanation.why))
    branches: list[Branch] = []
    if verdict.decision is Decision.UNDECIDED:
        branches += _questions(explanation)
        branches += _list("what nobody could say", verdict.unsure)
        if not verdict.exact:
            branches.append(Branch(_NOT_EXACT))
        branches += _section("what may decide it", reasons)
        branches += _list("what cannot matter any more", explanation.cannot_matter)
    else:
        branches += reasons
    branches += _list("resting on assumptions", verdict.assumed)
    branches += _section("set aside, and without effect", map(_fault, verdict.faults))
    return branches


_MOST_LED = 3
"""Of how many questions it is told what each answer leads to; the first is what counts."""
_MOST_WAYS = 3


def _questions(explanation: Explanation) -> list[Branch]:
    """What to ask, first what settles soonest, and what the answers lead to."""
    verdict = explanation.verdict
    put = dict(zip_longest(verdict.ask, explanation.questions))
    next_ = {each.fact: each for each in explanation.what_next}
    asked = []
    for place, fact in enumerate(dict.fromkeys((*next_, *verdict.ask))):
        leads = next_[fact].leads if fact in next_ and place < _MOST_LED else ()
        question = put.get(fact)
        text = f"{fact}: {harmless(question)}" if question else fact
        asked.append(Branch(text, tuple(Branch(lead_text(lead)) for lead in leads), fact))
    average = expected_text(explanation.what_next[0]) if next_ else ""
    return _section(f"what to ask ({average})" if average else "what to ask", asked)


def _bases(explanation: Explanation, most: int) -> list[Branch]:
    """Other facts that settle it alone, where *most* is not 0."""
    if not most:
        return []
    found = [Branch(", ".join(each.names)) for each in islice(explanation.why.bases, 1, most + 2)]
    if len(found) > most:
        found[most] = Branch("…")
    if explanation.verdict.decision is Decision.UNDECIDED:
        return []
    return _section("what would settle it alone as well", found) or [
        Branch("nothing else that is known would settle it alone")
    ]


def _changes(explanation: Explanation, why_not: Decision | None) -> list[Branch]:
    """What would bring another decision."""
    if why_not is not None:
        is_said = why_not in explanation.possible
        lines = why_not_text(explanation.why_not(why_not), is_said=is_said)
        return _section(f"why not {why_not.value}", map(Branch, lines))
    if explanation.verdict.decision is Decision.UNDECIDED:
        return []
    found = [explanation.why_not(each) for each in explanation.possible]
    lines = [line for each in found if each.ways for line in why_not_text(each)[:_MOST_WAYS]]
    return _section("what would change it", map(Branch, lines))


def _section(title: str, under: Iterable[Branch]) -> list[Branch]:
    branches = tuple(under)
    return [Branch(title, branches)] if branches else []


def _list(title: str, facts: Iterable[str]) -> list[Branch]:
    named = ", ".join(facts)
    return [Branch(f"{title}: {named}")] if named else []


def _fault(fault: Fault) -> Branch:
    return Branch(harmless(fault.message), where=fault.where)


def _reason(reason: Reason) -> Branch:
    text = f"{reason.rule}: {harmless(reason.because)}" if reason.because else reason.rule
    under: list[Branch] = []
    for rule, conditions in groupby(reason.conditions, key=lambda each: each.rule):
        lines = tuple(map(_condition, conditions))
        under += [Branch(f"{rule} does not apply", lines, rule, kind="against")] if rule else lines
    return Branch(text, tuple(under), reason.rule, kind="rule")


_KINDS: dict[bool | None, Kind] = {True: "holds", False: "fails", None: "open"}


def _condition(evidence: Evidence) -> Branch:
    """``sentence: yes, value  (place)``; a yes/no value says nothing that the answer does not."""
    answer, kind = said(evidence.holds), _KINDS[evidence.holds]
    match evidence.values:
        case ():
            return Branch(f"{evidence.sentence}: {answer}", kind=kind)
        case ((_, value, where),):
            if value is None or isinstance(value, bool):
                shown = answer
            elif evidence.holds is None:
                shown = said(value)
            else:
                shown = f"{answer}, {said(value)}"
            return Branch(f"{evidence.sentence}: {shown}", where=where, kind=kind)
        case several:
            values = ", ".join(
                _placed(f"{fact} {said(value)}", where, gap=" ") for fact, value, where in several
            )
            return Branch(f"{evidence.sentence}: {answer}, {values}", kind=kind)


def _placed(text: str, where: str | None, *, gap: str = "  ") -> str:
    return f"{text}{gap}({harmless(where)})" if where else text
