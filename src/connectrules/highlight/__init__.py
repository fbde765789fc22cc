"""Colours for policies in editors, in terminals and on pages."""
