"""Mutation testing of the library itself: changes that some test should notice."""
