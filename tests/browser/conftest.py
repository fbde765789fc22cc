"""A browser, and pages opened in it as people open them: from disk."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from playwright.sync_api import Browser, Dialog, Page, expect, sync_playwright

_ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

_PATIENCE = 120_000
"""How many milliseconds a busy machine may take for what is at once otherwise."""


@attrs.frozen
class Visit:
    """A page that is open.

    Attributes:
        page: The page.
        happened: What a page to keep never causes: a dialog, a line on the console, an
            error, another page, a request for anything but its own file.
    """

    page: Page
    happened: list[str] = attrs.field(factory=list)


Open = Callable[..., Visit]
"""From the page's text, and options of Playwright's contexts, to the page."""


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium, started once; Playwright's loop ends with the last test that needs it."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("chromium is not on the PATH, so pages cannot be looked at")
    expect.set_options(timeout=_PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=_ARGUMENTS, timeout=_PATIENCE
        )
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens a page from its text, wide and light unless told otherwise."""
    contexts = []

    def visit(text: str, **options: Any) -> Visit:  # noqa: ANN401 - as in Playwright
        file = tmp_path / "page.html"
        file.write_text(text, encoding="utf-8")
        context = browser.new_context(
            **{"viewport": {"width": 1400, "height": 900}, "color_scheme": "light", **options}
        )
        context.set_default_timeout(_PATIENCE)
        contexts.append(context)
        opened = Visit(context.new_page())
        _watch(opened, file.as_uri())
        opened.page.goto(file.as_uri())
        return opened

    yield visit
    for context in contexts:
        context.close()


def _watch(visit: Visit, uri: str) -> None:
    page, tell = visit.page, visit.happened.append

    def refuse(dialog: Dialog) -> None:
        tell(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("dialog", refuse)
    page.on("console", lambda line: tell(f"console: {line.text}"))
    page.on("pageerror", lambda error: tell(f"error: {error}"))
    page.on("popup", lambda popup: tell(f"popup: {popup.url}"))
    page.on("request", lambda asked: None if asked.url == uri else tell(f"request: {asked.url}"))
