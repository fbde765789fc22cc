"""The picture of the rooms, from the layers that CI holds imports to.

`docs/make.py` writes it.
"""

import ast
import re
import textwrap
import tomllib
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "connectrules"
PICTURE = ROOT / "docs" / "layers.svg"

_WIDE, _LINE, _GAP, _EDGE = 820, 24, 6, 16
_LONGEST = 92
"""How many characters fit on a line."""

_STYLE = """
  .page { fill: #ffffff; }
  .layer { fill: #eef2f8; }
  text { font: 13px system-ui, sans-serif; fill: #1f2733; }
  .room { font-weight: 600; font-family: ui-monospace, monospace; }
  .arrow { stroke: #6b7a90; stroke-width: 2; fill: none; }
  @media (prefers-color-scheme: dark) {
    .page { fill: #1a1d21; }
    .layer { fill: #262b33; }
    text { fill: #dfe5ee; }
    .arrow { stroke: #8b9ab0; }
  }
"""


def pages() -> dict[Path, str]:
    """The picture, and its text as it should be."""
    return {PICTURE: "\n".join(_svg()) + "\n"}


def _svg() -> Iterator[str]:
    layers = _layers()
    high = sum(len(rooms) * _LINE + _GAP for rooms in layers) + 2 * _EDGE
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {high}" role="img">'
    yield "<title>The rooms: each imports only from those below it</title>"
    yield f"<style>{_STYLE}</style>"
    yield f'<rect class="page" width="{_WIDE}" height="{high}" rx="8"/>'
    yield f'<path class="arrow" d="M 24 {_EDGE} V {high - _EDGE} m -6 -8 l 6 8 l 6 -8"/>'
    top = _EDGE
    for rooms in layers:
        yield from _layer(rooms, top)
        top += len(rooms) * _LINE + _GAP
    yield "</svg>"


def _layer(rooms: list[str], top: int) -> Iterator[str]:
    wide, high = _WIDE - 48 - _EDGE, len(rooms) * _LINE
    yield f'<rect class="layer" x="48" y="{top}" width="{wide}" height="{high}" rx="4"/>'
    for place, room in enumerate(rooms):
        y = top + place * _LINE + 17
        yield f'<text class="room" x="60" y="{y}">{room}</text>'
        yield f'<text x="170" y="{y}">{escape(_about(room))}</text>'


def _layers() -> list[list[str]]:
    """The rooms from the top, those of a layer together."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = settings["tool"]["importlinter"]["contracts"][0]
    return [re.split(r"\s*[|:]\s*", layer) for layer in contract["layers"]]


def _about(room: str) -> str:
    """The first line of what a room says of itself."""
    folder = PACKAGE / room
    file = folder / "__init__.py" if folder.is_dir() else PACKAGE / f"{room}.py"
    about = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    line = about.split("\n", 1)[0].replace("`", "").removesuffix(".")
    return textwrap.shorten(line, _LONGEST, placeholder=" …")
