"""Asking a person, a key at a time, for the facts that settle what is undecided."""
