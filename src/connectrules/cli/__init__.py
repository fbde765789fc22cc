"""The command line: the extra `cli`."""

import sys


def main() -> None:
    """Run the command line, or say which extra it needs."""
    try:
        from connectrules.cli.app import app  # noqa: PLC0415 - click may not be there
    except ModuleNotFoundError as error:
        if error.name != "click":
            raise
        sys.stderr.write(
            "error: the command line needs an extra that is not installed\n"
            'help: pip install "connectrules[cli]"\n'
        )
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    try:
        app()
    except KeyboardInterrupt:  # while the shell is told what may be typed
        sys.exit(130)
