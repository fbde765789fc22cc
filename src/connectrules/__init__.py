"""Rules for whom to connect with, written in plain words."""

from typing import TYPE_CHECKING

from connectrules.errors import (
    AnswerError,
    ConnectRulesError,
    ContactError,
    ContextError,
    FormattingError,
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
from connectrules.verdict import Decision, Evidence, Explanation, Fault, Reason, Verdict

__all__ = [
    "UNSURE",
    "AnswerError",
    "Answers",
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
    "Phrase",
    "Policy",
    "PolicyError",
    "Reason",
    "SourceError",
    "StoreError",
    "Unsure",
    "Verdict",
    "Vocabulary",
    "VocabularyError",
    "fact",
    "format_policy",
    "phrase",
]

if TYPE_CHECKING:
    __version__: str
else:

    def __getattr__(name):  # noqa: ANN001, ANN202 - type checkers read the lines above
        """What is looked up when somebody asks: the version, which takes time to find."""
        if name != "__version__":
            msg = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(msg)
        from importlib.metadata import version  # noqa: PLC0415 - as said

        return version(__name__)
