"""A first policy, from what was answered to four questions."""

from collections.abc import Sequence

import attrs

from connectrules.verdict import Decision

_AFTER = frozenset({"with", "for", "to", "from", "about", "of", "on", "by", "at", "in"})
"""A question may put a name after one of these."""
_SHORT = 2
"""How many words `would recommend` has; the name may follow there, too."""


@attrs.frozen
class Plan:
    """What a first policy is to say.

    Attributes:
        title: What it is called.
        wanted: What must be so of everybody it connects with, at least one sentence.
        unwanted: What must not be so.
        rest: What becomes of everybody else.
    """

    title: str
    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]
    rest: Decision


_TOP = """\
# Whom do you connect with? Change this file as you like: `connectrules check` tells what
# is wrong in it, and `connectrules test` whether the EXAMPLEs below still hold."""


def policy_text(plan: Plan) -> str:
    """The text of the policy that *plan* is for."""
    parts = [
        f"{_TOP}\nLANGUAGE 1\nPOLICY {_quoted(plan.title)}",
        "# What only you can say of somebody. {name} stands for the name.\n"
        + "\n".join(
            f"ASK {said}: {_quoted(_question(said))}" for said in (*plan.wanted, *plan.unwanted)
        ),
        _rule('CONNECT "all I ask for"', "ALL", plan.wanted, "all that I ask of a contact is so"),
    ]
    if plan.unwanted:
        parts.append(
            "# A rule of this kind is stronger than any CONNECT.\n"
            + _rule('DECLINE "never"', "ANY", plan.unwanted, "I never connect with these")
        )
    parts.append(_OTHERWISE[plan.rest])
    first, *others = _examples(plan)
    parts.append(f"# What should come of people like these.\n{first}")
    return "\n\n".join([*parts, *others]) + "\n"


_OTHERWISE = {
    Decision.DECLINE: 'OTHERWISE DECLINE BECAUSE "not all that I ask for is so"',
    Decision.REVIEW: 'OTHERWISE REVIEW BECAUSE "I look at everybody else myself"',
}


def _rule(start: str, word: str, sentences: Sequence[str], because: str) -> str:
    """A rule for ALL, or ANY, OF *sentences*."""
    items = "".join(f"\n    - {each}" for each in sentences)
    condition = f"{word} OF{items}" if len(sentences) > 1 else sentences[0]
    return f'{start} WHEN {condition}\nBECAUSE "{because}"'


def _examples(plan: Plan) -> list[str]:
    """EXAMPLEs that each rule decides once, and one that asks."""
    no = [(each, False) for each in plan.unwanted]
    everything = [(each, True) for each in plan.wanted]
    lacking = [*everything[:-1], (plan.wanted[-1], False)]
    made = [
        _example("somebody I connect with", 'CONNECT BECAUSE OF "all I ask for"', everything + no)
    ]
    if plan.unwanted:
        never = [*everything, (plan.unwanted[0], True)]
        made.append(_example("somebody I never connect with", 'DECLINE BECAUSE OF "never"', never))
    rest = f'{plan.rest.name} BECAUSE OF "otherwise"'
    made.append(_example("somebody of whom one thing is not so", rest, lacking + no))
    asking = f"UNDECIDED ASKING {plan.wanted[-1]}"
    made.append(_example("somebody I have not made up my mind about", asking, lacking[:-1] + no))
    return made


def _example(name: str, expected: str, facts: Sequence[tuple[str, bool]]) -> str:
    items = "".join(f"\n    - {said}: {'yes' if value else 'no'}" for said, value in facts)
    return f'EXAMPLE "{name}" EXPECT {expected}{items}'


def _question(said: str) -> str:
    """What to ask about `{name}` to learn whether *said* is so."""
    first, *others = said.split()
    rest = " ".join(others)
    if not others:
        return f"Is this so of {{name}}: {said}?"
    if first == "would" and (others[-1] in _AFTER or len(said.split()) == _SHORT):
        return f"Would you {rest} {{name}}?"
    if first in {"is", "was", "has", "can", "could", "will", "should"}:
        return f"{first.capitalize()} {{name}} {rest}?"
    return f"Is this so of {{name}}: {said}?"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
