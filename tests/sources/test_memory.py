"""Reading takes memory for the people, not for their messages."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.fixtures.linkedin import forms
from tests.fixtures.linkedin.eras import ADA, BOB, message
from tests.sources.helpers import ERAS

pytestmark = pytest.mark.once
BLOCK = 10_000
PROGRAM = """
import sys
from pathlib import Path
from connectrules import Contact, Vocabulary
from connectrules.sources import open_contacts
loaded = open_contacts([Path(sys.argv[1])], Vocabulary.of(Contact))
people = {contact.key: contact for contact in loaded.contacts}
print(people["linkedin:ada-example"].messages_received)
print(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
"""


def export(path: Path, messages: int) -> Path:
    """A zip of an export in which half the *messages* come from Ada."""
    rows = [
        [*message(ADA, [forms.OWNER], "2025-06-01 14:03:22 UTC", "Hello"), "", "No", "No"],
        [*message(forms.OWNER, [BOB], "2025-06-02 14:03:22 UTC", "Good\nday"), "", "No", "No"],
    ]
    block = forms.text(rows * (BLOCK // 2), quoted=True).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name in ("Connections.csv", "Invitations.csv"):
            archive.writestr(name, (ERAS / "2026" / name).read_bytes())
        with archive.open("messages.csv", "w", force_zip64=True) as out:
            out.write(forms.text([forms.MESSAGES_2026], quoted=True).encode())
            for _ in range(messages // BLOCK):
                out.write(block)
    return path


def measured(path: Path) -> tuple[int, int]:
    """How many messages came from Ada, and the peak of memory in KiB."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path)], check=True, capture_output=True, text=True
    )
    count, peak = map(int, done.stdout.split())
    return count, peak


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="it tells of memory")
def test_messages_are_streamed(tmp_path: Path) -> None:
    """Half a million messages take no more memory than twenty thousand."""
    few, little = measured(export(tmp_path / "few.zip", 20_000))
    many, much = measured(export(tmp_path / "many.zip", 500_000))

    assert (few, many) == (10_000, 250_000)
    assert much < little * 1.1 + 2_048
