"""What pages are put together from: the files beside this one, and what lets each in."""

import base64
import hashlib
from importlib import resources


def part(name: str, package: str = __package__) -> str:
    """The text of the file *name* in *package*."""
    return resources.files(package).joinpath(name).read_text("utf-8")


def in_scope(scripts: str) -> str:
    """*scripts* in a scope of their own."""
    return f'(() => {{\n"use strict";\n\n{scripts}}})();\n'


def source_hash(text: str) -> str:
    """What lets *text* in, and no other script or style."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
