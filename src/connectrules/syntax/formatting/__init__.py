"""A policy's text in its canonical layout."""
