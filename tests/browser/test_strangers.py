"""A page to keep, in a browser: what strangers wrote does nothing there."""

import json
import re

import pytest
from playwright.sync_api import ConsoleMessage, Page

from tests.browser import hostile, made
from tests.browser.conftest import Open

pytestmark = pytest.mark.once

_CHOOSE_EACH_RULE = """() => {
    const rule = document.getElementById("rule");
    for (const { value } of rule.options) {
        rule.value = value;
        rule.dispatchEvent(new Event("change"));
    }
}"""


def open_all(page: Page) -> None:
    """Open every contact, as a press would."""
    page.evaluate("document.querySelectorAll('h3 button').forEach((button) => button.click())")


def test_nothing_that_others_wrote_runs(visit: Open) -> None:
    """No script, no request, no dialog, not even an error: texts are shown as they are."""
    opened = visit(hostile.text())
    page = opened.page

    open_all(page)
    page.locator("button.rule").last.click()
    page.get_by_label("Search").fill("<img src=x onerror=window.hit=1>")
    page.get_by_label("Search").fill("")
    page.evaluate(_CHOOSE_EACH_RULE)

    assert page.evaluate("window.hit") is None
    assert opened.happened == []
    page.get_by_label("Rule or question").select_option(label="any")
    assert page.locator("#contacts .name").all_inner_texts() == hostile.names()
    assert page.evaluate("document.querySelectorAll('script').length") == 2
    assert page.locator("main img, main iframe, main svg, main style, main link").count() == 0


def test_nothing_runs_without_scripts_either(visit: Open) -> None:
    """The list to read is escaped as well."""
    opened = visit(hostile.text(), java_script_enabled=False)

    assert opened.page.locator("noscript img, noscript script, noscript iframe").count() == 0
    assert opened.page.locator("noscript bdi").all_inner_texts() == [
        " ".join(name.split()) for name in hostile.names()
    ]
    assert opened.happened == []


def test_only_addresses_become_links(visit: Open) -> None:
    """Of the web, and of e-mail; they open elsewhere, and tell nobody where from."""
    page = visit(hostile.text()).page
    open_all(page)

    links = page.locator("#contacts a")

    assert sorted(link.get_attribute("href") or "" for link in links.all()) == sorted(hostile.LINKS)
    assert {link.get_attribute("rel") for link in links.all()} == {"noopener noreferrer nofollow"}
    assert {link.get_attribute("target") for link in links.all()} == {"_blank"}


@pytest.mark.parametrize("link", hostile.SCHEMES)
def test_the_pages_script_makes_no_other_links_either(visit: Open, link: str) -> None:
    """Should an address that acts ever stand in a page's data, it stays text there."""
    text = made.text_of()
    data = '"link":"https://net.example/in/ada"'
    assert text.count(data) == 1
    opened = visit(text.replace(data, f'"link":{json.dumps(link)}'))

    open_all(opened.page)

    shown = opened.page.locator(".facts dd", has_text="https://net.example/in/ada")
    assert shown.count() == 1
    assert opened.page.locator("#contacts a").count() == 0
    assert opened.happened == []


def test_what_hides_or_turns_text_is_shown(visit: Open) -> None:
    """As in a terminal: by name, in the list, the details and the policy."""
    page = visit(hostile.text()).page
    open_all(page)

    shown = page.locator("body").inner_text()

    assert (
        re.search(
            "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]", shown
        )
        is None
    )
    assert "<U+202E>" in shown
    assert "<U+D800>" in shown
    assert "␛" in shown


def test_the_private_note_is_nowhere(visit: Open) -> None:
    """Not even in the page's source."""
    assert "secret" in repr([one.note for one in made.PEOPLE])
    assert "secret" not in visit(made.text_of()).page.content()


def test_what_is_smuggled_in_does_not_run_either(visit: Open) -> None:
    """The page's own rule keeps scripts, styles and requests out, should escaping ever fail."""
    opened = visit(made.text_of())
    told: list[str] = []

    def is_third(line: ConsoleMessage) -> bool:
        told.append(line.text)
        return len(told) == 3

    with (
        opened.page.expect_event("requestfailed") as failed,
        opened.page.expect_console_message(is_third),
    ):
        opened.page.evaluate("""() => {
            document.body.insertAdjacentHTML("beforeend", "<img src=x onerror=window.hit=1>");
            const script = document.createElement("script");
            script.textContent = "window.hit = 1";
            document.body.append(script);
        }""")

    assert opened.page.evaluate("window.hit") is None
    assert failed.value.failure == "csp"
    assert all("Content Security Policy" in each for each in told)
    kinds = sorted(each.partition(":")[0] for each in opened.happened)
    assert kinds == ["console", "console", "console", "request"]
