"""Inputs that are meant to break things: what must hold of them, and a search for more."""
