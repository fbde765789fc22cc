"""The verdicts that version 1 of the language has promised.

`python -m tests.conformance.frozen` adds the cases that are new to the list. It changes
none that is in it: a case there is a promise.
"""

import hashlib
import json
from collections.abc import Mapping

from tests.conformance.cases import HERE, Case, cases

PROMISED = HERE / "language-1.txt"


def promises() -> dict[str, str]:
    """A digest of what each case of a readable policy says, by the case's name."""
    return {each.name: _digest(each) for each in cases(HERE, HERE / "beyond") if not each.errors}


def written() -> dict[str, str]:
    """The digests in the list."""
    lines = PROMISED.read_text(encoding="utf-8").splitlines() if PROMISED.exists() else []
    return {name: digest for digest, name in (line.split(" ", 1) for line in lines)}


def _digest(case: Case) -> str:
    said: Mapping[str, object] = {**case.given, "name": "", "text": case.text}
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()[:16]


if __name__ == "__main__":
    kept = promises() | written()
    lines = [f"{digest} {name}\n" for name, digest in sorted(kept.items())]
    PROMISED.write_text("".join(lines), encoding="utf-8")
