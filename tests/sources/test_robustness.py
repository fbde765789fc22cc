"""Whatever a file holds, reading it gives contacts or a SourceError."""

import contextlib
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from connectrules import SourceError
from connectrules.sources import answers, open_contacts
from connectrules.sources.record import load_me
from tests.sources.helpers import ERAS, VOCABULARY, files_of, write, zipped

pytestmark = pytest.mark.once
EXPORT = files_of(ERAS / "2026") | files_of(ERAS / "2023")
CSV = b'key,name,followers,met in person,connected on,values\na,"Ada, X",1,yes,2024-01-01,x;y\n'
JSON = b'{"key": "a", "followers": 1, "values": ["x"], "connected on": "2024-01-01"}\n'
MARKS = st.sampled_from(
    [b'"', b",", b";", b"\n", b"\r", b"\0", b"\xff", b"\xef\xbb\xbf", b"{", b"[", b"]", b"}", b":"]
)
RELAXED = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@st.composite
def mutated(draw: st.DrawFn, content: bytes) -> bytes:
    """*content* with a few stretches cut out, doubled or replaced."""
    changed = content
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(changed)))
        end = draw(st.integers(start, min(start + 30, len(changed))))
        put = draw(st.one_of(MARKS, st.binary(max_size=8), st.just(changed[start:end] * 2)))
        changed = changed[:start] + put + changed[end:]
    return changed


def reads(*paths: Path) -> None:
    """Read *paths* to the end, in each of the ways there are."""
    with contextlib.suppress(SourceError):
        loaded = open_contacts(paths, VOCABULARY)
        for contact in loaded.contacts:
            assert contact.key
        assert all("\n" not in line for line in loaded.report.lines()[:1])
    with contextlib.suppress(SourceError):
        answers.load(paths[0], VOCABULARY)
    with contextlib.suppress(SourceError):
        load_me(paths[0], VOCABULARY)


@RELAXED
@given(st.one_of(st.binary(), mutated(CSV * 3), mutated(JSON * 3), mutated(b"[" + JSON + b"]")))
@example(b"")
@example(b'{"key": "a", "score": NaN, "followers": Infinity}')
@example(b"\xef\xbb\xbf")
@example(b"sep=;")
def test_plain_files(content: bytes) -> None:
    """Bytes of any kind are contacts or a SourceError."""
    with tempfile.TemporaryDirectory() as folder:
        reads(write(Path(folder) / "contacts", content))


@RELAXED
@given(st.sampled_from(sorted(EXPORT)), st.data())
def test_exports(name: str, data: st.DataObject) -> None:
    """An export with a damaged file is contacts or a SourceError."""
    with tempfile.TemporaryDirectory() as folder:
        for each, content in EXPORT.items():
            write(Path(folder) / each, content)
        write(Path(folder) / name, data.draw(mutated(EXPORT[name])))
        with contextlib.suppress(SourceError):
            list(open_contacts([Path(folder)], VOCABULARY).contacts)


@RELAXED
@given(st.data())
def test_zips(data: st.DataObject) -> None:
    """A damaged zip is contacts or a SourceError."""
    with tempfile.TemporaryDirectory() as folder:
        path = zipped(Path(folder) / "x.zip", EXPORT)
        path.write_bytes(data.draw(mutated(path.read_bytes())))
        reads(path)
