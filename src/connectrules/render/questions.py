"""What to ask next, in words."""

from connectrules.explanation import Lead, Question
from connectrules.render.cells import harmless


def lead_text(lead: Lead) -> str:
    """What an answer leads to: ``yes: connect``, or ``no: ask `would recommend` ``."""
    after = lead.decision.value if lead.decision is not None else f"ask `{lead.ask}`"
    return f"{harmless(lead.answer)}: {after}"


def expected_text(question: Question) -> str:
    """How many questions it takes on average, *question* first; nothing where it is one."""
    if question.expected is None or question.expected <= 1:
        return ""
    return f"{f'{question.expected:.1f}'.removesuffix('.0')} questions on average"
