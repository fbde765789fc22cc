"""What is warned of in a text, a line each."""

from collections.abc import Mapping

from connectrules.diagnostics import Severity
from tests.resolve.reading import told

WARNING = (Severity.WARNING,)


def warned(text: str, files: Mapping[str, str] | None = None) -> list[str]:
    """The warnings about *text*, with their help; none where it has mistakes."""
    assert told(text, files=files) == []
    return told(text, files=files, severities=WARNING)
