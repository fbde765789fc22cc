"""Look for inputs that break a law, guided by coverage.

    uv run --group fuzz python -m fuzz.run policy fuzz/corpus/policy -max_total_time=600

All that follows the target goes to libFuzzer; see README.md beside this file.
"""

import sys

import atheris

with atheris.instrument_imports(include=["connectrules", "json", "csv", "zipfile"]):
    from fuzz.targets import TARGETS


def main() -> None:
    """Run the fuzzer on the target that the first argument names."""
    name, arguments = sys.argv[1], sys.argv[2:]
    again = f"{sys.executable} -m fuzz.run {name}"  # how libFuzzer starts its own helpers
    atheris.Setup([again, *arguments], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
