"""Diagnostics and explanations as text for people."""

from connectrules.render.diagnostics import diagnostics_text, problem_text
from connectrules.render.explanation import error_text, explanation_text
from connectrules.render.paint import Paint, Role, plain
from connectrules.render.values import said

__all__ = [
    "Paint",
    "Role",
    "diagnostics_text",
    "error_text",
    "explanation_text",
    "plain",
    "problem_text",
    "said",
]
