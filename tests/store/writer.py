"""A process that saves answers, and says of each when it is saved."""

import datetime
import sys

from connectrules.store import AnswerStore

DAY = datetime.date(2026, 11, 23)


def main(path: str, name: str, number: int, *, again: bool) -> None:
    """Save *number* answers as *name*, each in an opening of its own where *again* says so."""
    store = AnswerStore.open(path)
    sys.stdin.readline()
    for count in range(number):
        if again:
            store.close()
            store = AnswerStore.open(path)
        saved = store.answer(f"{name}-{count}", "met", value=count % 2 == 0, day=DAY, session=name)
        sys.stdout.write(f"{saved} {count}\n")
        sys.stdout.flush()
    store.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), again=sys.argv[4:] == ["again"])
