"""Policies laid out in one way: `syntax.formatter`, loaded when it is first needed."""


def format_policy(text: str, *, name: str = "policy") -> str:
    """The policy *text* in its canonical layout: the same policy, with the same comments.

    Args:
        text: The policy. What its sentences mean plays no part: no facts need be known.
        name: What it is called in messages.

    Raises:
        PolicyError: The text does not follow the grammar.
        FormattingError: The result would not be the same policy, which is a bug.
    """
    from connectrules.syntax import formatter  # noqa: PLC0415 - with the first policy

    return formatter.format_policy(text, name=name)
