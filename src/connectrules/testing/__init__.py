"""Trying policies out."""

from connectrules.outcome import Difference, ExampleResult, Expected
from connectrules.testing.examples import run_examples

__all__ = ["Difference", "ExampleResult", "Expected", "run_examples"]
