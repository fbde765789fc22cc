"""Beside other rule engines: the same policies, the same contacts, the same decisions.

Run it with::

    uv run --group peers python -m benchmarks.peers

Each engine has a process of its own, in which `connectrules` does the same in turns with it.
What an engine is, and where its documentation says what is fastest, stands in `with_*.py`.
"""
