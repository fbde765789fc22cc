"""A table of contacts at a time: conditions as column expressions, over narwhals."""
