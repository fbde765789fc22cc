"""Policy text to syntax tree."""
