"""`connectrules examples`: EXAMPLEs that show each condition of a policy at work."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from connectrules.cli import console
from connectrules.cli.asking.keys import keyboard
from connectrules.cli.asking.screen import Screen
from connectrules.cli.asking.stopping import Stopped, stops
from connectrules.cli.confirming import Confirmed, Confirming
from connectrules.cli.example_notes import Said, notes
from connectrules.cli.options import file_type
from connectrules.cli.policies import STDIN, load_policy
from connectrules.cli.problems import Refused
from connectrules.cli.writing import replace_text
from connectrules.policy import Policy
from connectrules.render.cells import harmless
from connectrules.resolve.resolved import BARE
from connectrules.schema.contact import Contact

if TYPE_CHECKING:
    from connectrules.cli.standing import Standing
    from connectrules.testing.coverage import Coverage

_KILLED = 128


@click.command(short_help="Write EXAMPLEs that show each condition at work.")
@click.argument("policy", type=file_type, metavar="POLICY")
@click.option(
    "--ask/--no-ask",
    "asks",
    default=None,
    help="Go through them one by one, and say what you would do; as on a terminal.",
)
@click.option("--write", is_flag=True, help="Add them to POLICY.")
@click.option(
    "--afresh",
    is_flag=True,
    help="Leave out of account the EXAMPLEs that are there; none is added twice.",
)
def examples(policy: Path, *, asks: bool | None, write: bool, afresh: bool) -> None:
    """Write the fewest EXAMPLEs that show each condition of POLICY at work.

    Each condition is shown to decide its rule by itself, in a pair of EXAMPLEs (MC/DC), and
    each rule decides in one. What the policy's own EXAMPLEs show already is left out. That
    fewer would not do is proved, unless the policy is large: then it is said how many it
    takes at least. They expect what the policy says now: on a terminal you are asked about
    each what you would do, and they expect that. The exit status is 1 where you and the
    policy differ.
    """
    if write and policy == STDIN:
        msg = "a policy that comes from standard input cannot be written to"
        raise Refused(msg, ("name a file, or leave out --write",))
    if asks is None:
        asks = policy != STDIN and console.is_terminal(sys.stdin)
    elif asks and policy == STDIN:
        msg = "the policy cannot come from standard input: that is where your answers come from"
        raise Refused(msg, ("name a file",))
    read = _readable(policy)
    found, standing = _found(read, afresh=afresh)
    if asks:
        said = _confirmed(policy, found, standing, write=write)
    else:
        confirmed = [Confirmed(each, each.verdict) for each in found.proposed]
        said = Said(confirmed, write, sum(map(standing.has, confirmed)))
        if write:
            _Adding(policy, standing).keep(said.confirmed)
    if said.confirmed and not said.write:
        click.echo(_text(said.confirmed))
    for line in notes(policy, found, said, asked=asks):
        console.note(harmless(line))
    if said.stopped is not None:
        raise said.stopped
    if not all(each.agrees for each in said.confirmed):
        raise click.exceptions.Exit(1)


def _found(policy: Policy[Contact], *, afresh: bool) -> "tuple[Coverage, Standing]":
    """What is missing, with EXAMPLEs that show it, and those that are there."""
    from connectrules.cli.coverage import told_coverage  # noqa: PLC0415 - few ask for it
    from connectrules.cli.standing import Standing  # noqa: PLC0415 - as above
    from connectrules.testing.cases import tried_examples  # noqa: PLC0415 - as above
    from connectrules.testing.goals import Aspect  # noqa: PLC0415 - as above

    tried = () if afresh else tried_examples(policy)
    found = told_coverage(policy, tried, aspects=(Aspect.DECIDES, Aspect.ALONE))
    standing = Standing(policy)
    return attrs.evolve(found, proposed=standing.apart(found.proposed)), standing


def _readable(path: Path) -> Policy[Contact]:
    policy = load_policy(path)
    if [each.name for each in policy.rules] == [BARE]:
        msg = f"`{policy.source.name}` is a bare condition, beside which no EXAMPLE can stand"
        raise Refused(msg, ("write `CONNECT WHEN` before it, and the line `OTHERWISE DECLINE`",))
    return policy


def _text(confirmed: Sequence[Confirmed]) -> str:
    return "\n\n".join(each.text for each in confirmed)


def _confirmed(path: Path, found: "Coverage", standing: "Standing", *, write: bool) -> Said:
    """What somebody says to each."""
    screen = Screen(sys.stderr)
    adding = _Adding(path, standing) if path != STDIN else None
    broken: Exception | None = None
    with stops() as heard:
        keep = adding.keep if adding and write else _keep_nothing
        asking = Confirming(found.proposed, standing.names, keyboard(), screen, heard, keep)
        try:
            asking.run()
            new = sum(not standing.has(each) for each in asking.confirmed)
            if adding and not write and asking.agreed_to_write(new, str(path)):
                adding.keep(asking.confirmed)
                write = True
        except Stopped as stopped:
            if stopped.is_hung_up:
                console.abandon()
            broken = click.exceptions.Exit(_KILLED + stopped.number)
        except Refused as refused:
            broken = refused
            # What could not be added is shown, so that nothing that was said is lost.
            write = write and adding is not None and adding.is_whole(asking.confirmed)
        screen.gap()
    return Said(asking.confirmed, write, sum(map(standing.has, asking.confirmed)), broken)


def _keep_nothing(_confirmed: Sequence[Confirmed]) -> None:
    """Wait for the end."""


class _Adding:
    """Puts EXAMPLEs at the end of a policy.

    Args:
        path: The policy.
        standing: What it has already, which is not put there again.
    """

    def __init__(self, path: Path, standing: "Standing") -> None:
        self._path, self._standing = path, standing
        self._before = self._now = path.read_bytes()
        self._kept: tuple[Confirmed, ...] = ()

    def keep(self, confirmed: Sequence[Confirmed]) -> None:
        """Have *confirmed* at the end of the policy, and no others of those put there before.

        Raises:
            Refused: Where that cannot be, or somebody else has changed the file meanwhile.
        """
        try:
            changed = self._path.read_bytes() != self._now
        except OSError as error:
            msg = f"`{self._path}` is gone: {error.strerror}"
            raise Refused(msg) from None
        if changed:
            msg = f"`{self._path}` was changed meanwhile, and is left as it is"
            raise Refused(msg)
        text = self._before.decode("utf-8")
        new = [each for each in confirmed if not self._standing.has(each)]
        if new:
            end = "\r\n" if "\r\n" in text else "\n"
            apart = end if text.endswith(("\n", "\r")) or not text else end * 2
            text = f"{text}{apart}{end.join(_text(new).splitlines())}{end}"
        if text.encode() != self._now:
            replace_text(self._path, text)
        self._now, self._kept = text.encode(), tuple(confirmed)

    def is_whole(self, confirmed: Sequence[Confirmed]) -> bool:
        """Whether all of *confirmed* are in the policy."""
        return self._kept == tuple(confirmed)
