"""Verdicts as a page to keep: one HTML file that needs no network and no program."""

from connectrules.render.html.page import MARK, Told, page

__all__ = ["MARK", "Told", "page"]
