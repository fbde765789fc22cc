"""A long query, which tells how far it is and can be stopped."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

T = TypeVar("T")
Tell = Callable[[float], object]
"""Is told how much of the work is done, from 0 to 1."""

_PAUSE = 0.1
"""Seconds after which it is looked how far the work is."""


def run(
    connection: "DuckDBPyConnection", work: Callable[[], T], tell: Tell = lambda _done: None
) -> T:
    """What *work*, queries on *connection*, comes to.

    Where this is interrupted, as by Ctrl-C, the query is stopped before the exception
    goes on.
    """
    found: list[T] = []
    failed: list[BaseException] = []
    over = threading.Event()  # a thread whose join() is interrupted counts as ended

    def working() -> None:
        try:
            found.append(work())
        except BaseException as error:  # noqa: BLE001 - it is raised where it was asked for
            failed.append(error)
        finally:
            over.set()

    thread = threading.Thread(target=working)
    thread.start()
    try:
        while not over.wait(_PAUSE):
            done = connection.query_progress()
            if done >= 0:
                tell(done / 100)
    except BaseException:
        while not over.is_set():
            connection.interrupt()
            over.wait(_PAUSE)
        raise
    finally:
        thread.join()
    if failed:
        raise failed[0]
    return found[0]
