"""The TextMate grammar that editors colour policies by.

`python -m connectrules.highlight.textmate` prints it.
"""

import json
import sys
from typing import Any

from connectrules.highlight.pieces import PIECES, Piece

_SCOPE = "connectrules"


def grammar() -> dict[str, Any]:
    """The grammar, as a value that JSON can hold.

    The form is that of TextMate 2 and VS Code: an ordered list of patterns, each
    matched within a line.
    """
    return {
        "name": "connectrules policy",
        "scopeName": f"source.{_SCOPE}",
        "fileTypes": ["policy"],
        "patterns": [_pattern(piece) for piece in PIECES],
    }


def _pattern(piece: Piece) -> dict[str, Any]:
    """The grammar's pattern for *piece*."""
    captures = {
        str(number): {"name": f"{scope}.{_SCOPE}"}
        for number, (_, scope) in enumerate(piece.kinds, 1)
        if scope
    }
    return {"match": piece.pattern} | ({"captures": captures} if captures else {})


if __name__ == "__main__":
    sys.stdout.write(json.dumps(grammar(), indent=2) + "\n")
