"""Contacts and what is decided about them, as the data of a page.

Texts that come again and again are kept once, and called by their number: contacts of
whom the same is known have the same reasons.
"""

from collections.abc import Sequence
from typing import Any

import attrs

from connectrules.errors import ContactError
from connectrules.explanation import Explanation
from connectrules.render.cells import clipped, harmless
from connectrules.render.explanation import Branch, Kind, told
from connectrules.render.html.escaping import link
from connectrules.schema.contact import Contact
from connectrules.verdict import Decision, Verdict

Result = Explanation | ContactError

FIELDS = ("position", "company", "headline", "industry", "country", "handle", "url")
"""What is shown of a contact, besides its name and key."""

KINDS: tuple[Kind, ...] = ("plain", "rule", "against", "holds", "fails", "open")
"""The kinds of branches, by the number that stands for them."""

ERROR = "error"
"""What stands for a decision where a contact could not be judged."""

_LONGEST = 300
_MOST_KEPT = 200_000


class Texts:
    """Texts and their numbers; 0 is the empty one."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._new: list[str] = []
        self._next = 0
        self.number("")

    def number(self, text: str) -> int:
        """What *text* is called; every character that would act or hide is shown."""
        found = self._numbers.get(text)
        if found is None:
            if len(self._numbers) >= _MOST_KEPT:
                self._numbers = {"": 0}
            found = self._numbers[text] = self._next
            self._next += 1
            self._new.append(harmless(text))
        return found

    def taken(self) -> list[str]:
        """The texts that are new since they were last taken."""
        new, self._new = self._new, []
        return new


@attrs.frozen
class Entry:
    """What the page says of one contact.

    Attributes:
        name: What it is called.
        decision: The decision, or ``error``.
        says: The rules that decided, what to ask, or what is wrong.
        because: The reasons the rules give.
        data: All of it, for the page's script.
    """

    name: str
    decision: str
    says: str
    because: str
    data: dict[str, Any]


def entry(contact: Contact, result: Result, texts: Texts) -> Entry:
    """What the page says of *contact*; its private note is not looked at."""
    name = clipped(harmless(_text(contact.name) or contact.key), _LONGEST)
    if isinstance(result, ContactError):
        decision, says, because = ERROR, str(result), ""
        rules: Sequence[str] = ()
        asks: Sequence[str] = ()
        branches = [Branch(harmless(says), where=result.where)]
    else:
        verdict = result.verdict
        decision, rules, asks = verdict.decision.value, verdict.rules, verdict.ask
        says, because = _says(verdict), "; ".join(verdict.because)
        branches = told(result)
    shown = {
        "name": name,
        "key": clipped(harmless(contact.key), _LONGEST),
        "is": decision,
        "says": texts.number(says),
        "about": [texts.number(each) for each in _about(contact)],
        "rules": [texts.number(rule) for rule in rules],
        "asks": [texts.number(fact) for fact in asks],
        "tree": [_tree(branch, texts) for branch in branches],
    }
    linked = link(_text(contact.url))
    return Entry(name, decision, says, because, shown | ({"link": linked} if linked else {}))


def _says(verdict: Verdict) -> str:
    if verdict.decision is not Decision.UNDECIDED:
        return ", ".join(verdict.rules)
    lists = {"ask": verdict.ask, "unsure": verdict.unsure}
    return "; ".join(f"{what}: {', '.join(facts)}" for what, facts in lists.items() if facts)


def _about(contact: Contact) -> list[str]:
    return [clipped(harmless(_text(getattr(contact, field))), _LONGEST) for field in FIELDS]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _tree(branch: Branch, texts: Texts) -> list[Any]:
    """*branch* as a list: its kind, title, rest, place, and the branches under it."""
    title = branch.title if branch.text.startswith(branch.title) else ""
    return [
        KINDS.index(branch.kind),
        texts.number(title),
        texts.number(branch.text[len(title) :]),
        texts.number(branch.where or ""),
        *(_tree(each, texts) for each in branch.under),
    ]
