"""Processes of their own, as a user would start them."""

import os


def environment(**more: str) -> dict[str, str]:
    """The environment for a process that is not measured: measuring it would load modules."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    return {**own, "PYTHONUTF8": "1", **more}
