"""Verdicts, explanations and diagnostics as people and programs read them."""
