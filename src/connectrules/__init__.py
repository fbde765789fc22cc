"""Rules for whom to connect with, written in plain words."""

from typing import TYPE_CHECKING

from connectrules.errors import (
    AnswerError,
    ConnectRulesError,
    ContactError,
    ContextError,
    FormattingError,
    FrameError,
    FrameWarning,
    PolicyError,
    SourceError,
    StoreError,
    VocabularyError,
)
from connectrules.formatting import format_policy
from connectrules.policy import Policy
from connectrules.schema.contact import Answers, Contact
from connectrules.schema.phrase import Phrase, phrase
from connectrules.schema.types import UNSURE, Count, Duration, Unsure
from connectrules.schema.vocabulary import Fact, Vocabulary, fact
from connectrules.verdict import Decision, Fault, Verdict

__all__ = [
    "UNSURE",
    "AnswerError",
    "Answers",
    "Basis",
    "Change",
    "ConnectRulesError",
    "Contact",
    "ContactError",
    "ContextError",
    "Count",
    "Decision",
    "Duration",
    "Evidence",
    "Explanation",
    "Fact",
    "Fault",
    "FormattingError",
    "FrameError",
    "FrameWarning",
    "Lead",
    "Phrase",
    "Policy",
    "PolicyError",
    "Question",
    "Reason",
    "SourceError",
    "StoreError",
    "Unsure",
    "Verdict",
    "Vocabulary",
    "VocabularyError",
    "Why",
    "WhyNot",
    "fact",
    "format_policy",
    "phrase",
]

if TYPE_CHECKING:
    from connectrules.explanation import (
        Basis,
        Change,
        Evidence,
        Explanation,
        Lead,
        Question,
        Reason,
        Why,
        WhyNot,
    )

    __version__: str
else:

    def __getattr__(name):  # noqa: ANN001, ANN202 - type checkers read the lines above
        """What is looked up when somebody asks: the version, and what explanations are made of."""
        if name == "__version__":
            from importlib.metadata import version  # noqa: PLC0415 - it takes time to find

            return version(__name__)
        if name in __all__:
            from connectrules import explanation  # noqa: PLC0415 - with the first explanation

            return getattr(explanation, name)
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
