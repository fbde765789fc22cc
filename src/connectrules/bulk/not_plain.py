"""What is not plain enough to be judged all at once."""


class NotPlainError(Exception):
    """A file is not written so plainly that DuckDB reads it as contacts are read one by one.

    The message says why, after a colon.
    """
