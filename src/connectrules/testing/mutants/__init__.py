"""Policies with one small change in them, to see whether their EXAMPLEs notice."""

from connectrules.testing.mutants.changes import (
    Assumed,
    Change,
    Decided,
    Defaulted,
    Dropped,
    Kind,
    Mutant,
    Replaced,
)
from connectrules.testing.mutants.making import Mutants
from connectrules.testing.mutants.sites import RuleSite, Site, Sites

__all__ = [
    "Assumed",
    "Change",
    "Decided",
    "Defaulted",
    "Dropped",
    "Kind",
    "Mutant",
    "Mutants",
    "Replaced",
    "RuleSite",
    "Site",
    "Sites",
]
