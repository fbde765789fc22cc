"""The version of the language that a text is written in."""

import re
from collections.abc import Sequence
from itertools import pairwise

from connectrules.source import Span
from connectrules.syntax.lexer import Mark
from connectrules.syntax.mistakes import Mistake

_VERSION = re.compile(r"[1-9][0-9]*(?:\.[0-9]+)*")


def check_version(marks: Sequence[Mark]) -> None:
    """Raise `Mistake` where *marks* say that they are of a version this is not.

    What else such a text says is not read: it may be right in its own version.
    """
    for mark, version in pairwise(marks):
        if mark.type == "LANGUAGE" and version.type == "RUN" and version != "1":
            written = str(version)
            if _VERSION.fullmatch(written) is None:
                continue
            start = version.start_pos or 0
            raise Mistake(
                Span(start, start + len(written)),
                "CR101",
                f"this is written in version {written} of the language, and version 1 is the "
                "one known here",
                help=("install the newest connectrules, which may know it",),
            )
