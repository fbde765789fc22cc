"""The page: its frame, the policy, the contacts as they come, and what there is to note."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import PurePath
from string import Template

import attrs

from connectrules.policy import Policy
from connectrules.render.cells import harmless
from connectrules.render.html.entries import FIELDS, KINDS, Entry, Result, Texts, entry
from connectrules.render.html.escaping import in_html, in_script
from connectrules.render.html.parts import in_scope, part, source_hash
from connectrules.render.html.policy import lines_html, lines_of
from connectrules.schema.contact import Contact
from connectrules.source import Source

MARK = "<!doctype html>\n<!-- connectrules: a page to keep -->\n"
"""How every page begins, and no other file."""

_BATCH = 250
"""How many contacts are written together."""

_SCRIPTS = ("made.js", "contacts.js", "policy.js", "detail.js", "page.js")


@attrs.frozen
class Told:
    """What a page says of its making.

    Attributes:
        day: The day of judging.
        files: What the contacts were read from.
        notes: Lines on what was read and what came out, once all contacts are judged.
    """

    day: datetime.date
    files: tuple[str, ...]
    notes: Callable[[], Iterable[str]]


def page(
    policy: Policy[Contact], results: Iterable[tuple[Contact, Result]], about: Told
) -> Iterator[str]:
    """The page in pieces, each as soon as it can be written.

    Args:
        policy: The policy that judged.
        results: The contacts in their order, each with what came out; they are taken
            one by one, and none is kept.
        about: What it says of its making.
    """
    before, _, after = part("page.html").partition("$contacts\n")
    style, script = part("page.css"), in_scope("\n".join(map(part, _SCRIPTS)))
    file = PurePath(policy.source.name).name
    yield MARK + Template(before).substitute(
        style=style,
        style_hash=source_hash(style),
        script_hash=source_hash(script),
        title=in_html(policy.title or file),
        about=f'<p class="about">{in_html(policy.about)}</p>' if policy.about else "",
        day=about.day.isoformat(),
        file=in_html(file),
        files=", ".join(f"<code>{in_html(name)}</code>" for name in about.files),
        policy="\n".join(lines_html(policy.source)),
        used="".join(_used(name, text) for name, text in policy.used.items()),
        frame=in_script(_frame(policy)),
    )
    texts, left = Texts(), iter(results)
    while batch := [entry(*each, texts) for each in islice(left, _BATCH)]:
        yield _contacts(batch, texts)
    notes = "\n".join(f"<li>{in_html(line)}</li>" for line in about.notes())
    yield Template(after).substitute(notes=notes, script=script)


def _frame(policy: Policy[Contact]) -> dict[str, object]:
    """What the script needs to know besides the contacts."""
    places = [
        [harmless(name), *lines_of(policy.source, span)] for name, span in policy.places.items()
    ]
    return {"fields": FIELDS, "kinds": KINDS, "places": places}


def _used(name: str, text: str) -> str:
    """A file that the policy USEs."""
    lines = "\n".join(lines_html(Source(name, text)))
    return (
        f"<details><summary>It USEs <code>{in_html(name)}</code></summary>"
        f'<pre class="code"><code>{lines}</code></pre></details>\n'
    )


def _contacts(batch: Iterable[Entry], texts: Texts) -> str:
    """Contacts for the script, and to read where scripts do not run."""
    batch = tuple(batch)
    plain = "".join(map(_plain, batch))
    data = in_script({"texts": texts.taken(), "contacts": [each.data for each in batch]})
    return (
        f"<noscript><ul>{plain}</ul></noscript>\n"
        f'<script type="application/json" class="contacts">{data}</script>\n'
    )


def _plain(one: Entry) -> str:
    name, url = in_html(one.name), one.data.get("link")
    named = f'<a href="{in_html(url)}"{_OUT}>{name}</a>' if url else name
    says = ". ".join(in_html(each) for each in (one.says, one.because) if each)
    return f"<li><b>{one.decision}</b> <bdi>{named}</bdi>: {says}</li>\n"


_OUT = ' rel="noopener noreferrer nofollow" target="_blank"'
"""What a link that leads away has."""
