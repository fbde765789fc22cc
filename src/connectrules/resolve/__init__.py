"""Syntax tree to rule tree: what each sentence means, and what is wrong with it."""
