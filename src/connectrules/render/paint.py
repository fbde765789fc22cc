"""The parts of rendered text that a terminal may colour."""

from collections.abc import Callable
from typing import Literal

Role = Literal[
    "error",
    "warning",
    "help",
    "frame",
    "title",
    "connect",
    "decline",
    "review",
    "undecided",
    "added",
    "removed",
]
"""What a piece of text is; `frame` is what stands around the text proper."""

Paint = Callable[[Role, str], str]
"""Dresses a piece of text by what it is."""


def plain(_role: Role, text: str) -> str:
    """*text* as it is, without colour."""
    return text
