"""The picture of a page to keep: a verdict explained, in a browser.

    uv run python docs/make_page.py

needs Debian's chromium, and is run by hand where the page looks otherwise than before.
"""

import subprocess
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "page.png"
SHOWN = "Osric Bell"
_JUDGED = "examples/three-rules.policy", "examples/linkedin-export", "--today", "2026-11-22"
_SIZE = {"width": 1240, "height": 1030}


def main() -> None:
    """Judge the examples, open one contact, and take the picture."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "verdicts.html"
        program = ["connectrules", "judge", *_JUDGED, "--html", str(page)]
        subprocess.run(program, cwd=ROOT, check=True)  # noqa: S603 - of our own making
        _take(page)


def _take(page: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        view = browser.new_page(viewport=_SIZE, color_scheme="light")  # type: ignore[arg-type]
        view.goto(page.as_uri())
        view.get_by_role("button", name="undecided").first.click()
        view.get_by_role("button", name=SHOWN).click()
        view.evaluate("scrollTo(0, 0)")
        view.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
