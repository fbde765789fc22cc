"""Whatever is in the files, a command ends with one of its own endings."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectrules.cli.app import app
from tests.cli.conftest import CONTACTS, POLICY


@st.composite
def damaged(draw: st.DrawFn, text: str) -> bytes:
    """*text* with some of it cut out and something else put in."""
    data = text.encode()
    start = draw(st.integers(0, len(data)))
    end = draw(st.integers(start, min(len(data), start + 40)))
    return (
        data[:start]
        + draw(st.binary(max_size=12) | st.text(max_size=6).map(str.encode))
        + data[end:]
    )


@pytest.mark.once
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    damaged(POLICY),
    damaged(CONTACTS),
    st.sampled_from(["text", "json", "csv"]),
    st.sampled_from(["contacts.csv", "contacts.jsonl", "x", "other.policy"]),
)
@pytest.mark.usefixtures("folder")
def test_damaged_files_end_in_a_message(
    policy: bytes, contacts: bytes, form: str, name: str
) -> None:
    """No traceback, and a message where something is wrong."""
    Path("damaged.policy").write_bytes(policy)
    Path(name).write_bytes(contacts)
    runner = CliRunner()

    for typed in (
        ("judge", "damaged.policy", name, "--format", form, "--today", "2026-11-22"),
        ("judge", "-c", "would recommend", "contacts.csv", "--answers", name),
        ("explain", "-c", "would recommend", name, "--contact", "ada"),
        ("ask", "damaged.policy", name, "--today", "2026-11-22", "--answers=kept"),
        ("check", "damaged.policy", "--format", "sarif"),
        ("facts", "damaged.policy", name),
        ("check", "damaged.policy", "--fix"),
        ("fmt", "damaged.policy"),
    ):
        result = runner.invoke(app, typed, input="y?nbsu\n7\n", catch_exceptions=False)

        assert result.exit_code in {0, 1, 2}
        assert result.stderr or result.exit_code == 0
