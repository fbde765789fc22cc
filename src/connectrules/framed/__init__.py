"""A policy over a table of contacts: every row its exact verdict, as columns."""
