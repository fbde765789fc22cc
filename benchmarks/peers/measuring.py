"""What one engine takes, beside `connectrules` in the same process."""

import time
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.metadata import version
from typing import Literal, Protocol

import attrs

from benchmarks.peers.people import people
from benchmarks.peers.rulebooks import EIGHT, RULEBOOKS, Rulebook
from benchmarks.racing import Lap
from connectrules import Contact, Decision, Policy

PARSES = 5
"""How often a text is parsed in one round, where time counts."""

IN_A_ROW = 3
"""How often in one turn: what ran before leaves little of the next in the processor's caches."""

UNKNOWN = 0.25
"""The share of facts that are unknown where some are."""

ASKED = 500
"""How many contacts then: some engines are wrong for one in a hundred."""


class Peer(Protocol):
    """What a module `with_….py` says of an engine."""

    def write(self, book: Rulebook) -> str:
        """The policy as the engine's users write it."""

    def parse(self, text: str) -> object:
        """The policy, ready to decide."""

    def records(self, book: Rulebook, contacts: Sequence[Contact]) -> object:
        """The contacts, all of whose facts are known, in the form that the engine likes."""

    def decide(self, program: object, records: object) -> list[bool]:
        """Whether to connect with each of them."""

    def answers(self, book: Rulebook, contacts: Sequence[Contact]) -> list[bool | None]:
        """The same for contacts of whom facts are unknown; None where it cannot say."""


Care = Literal["exact", "careful", "careless"]
"""What an engine makes of unknown facts.

An exact one decides as `connectrules` does, a careful one gives up where that would have
decided, and a careless one decides what may turn out otherwise.
"""


@attrs.frozen
class Named:
    """An engine: its distribution, and what it makes of unknown facts."""

    name: str
    care: Care

    def module(self) -> Peer:
        """What is said of it here; raises ImportError where it is not installed."""
        return import_module(f"benchmarks.peers.with_{self.name.replace('-', '_')}")


PEERS = (
    Named("rule-engine", "careful"),
    Named("cel-python", "exact"),
    Named("common-expression-language", "exact"),
    Named("simpleeval", "careful"),
    Named("evalidate", "careful"),
    Named("json-logic-qubit", "careless"),
    Named("zen-engine", "careless"),
    Named("cedarpy", "careful"),
)


@attrs.frozen
class Times:
    """What one policy takes; each in seconds.

    Attributes:
        decide: The engine, a contact.
        ours: `decider()`, the same contact.
        convert: From a `Contact` to what the engine reads; None where it reads that.
        parse: The engine, the policy.
        our_parse: `Policy.parse`, the same.
        our_start: `Policy.parse` and `decider()`.
    """

    decide: float
    ours: float
    convert: float | None
    parse: float
    our_parse: float
    our_start: float


@attrs.frozen
class Unknown:
    """How the contacts come out of whom facts are unknown.

    Attributes:
        right: How many as `connectrules` says.
        gave_up: For how many it did not say what stands already.
        wrong: How many it decided though it may turn out otherwise.
    """

    right: int
    gave_up: int
    wrong: int

    @property
    def care(self) -> Care:
        """What this says of the engine."""
        return "careless" if self.wrong else "careful" if self.gave_up else "exact"


@attrs.frozen
class Measured:
    """All that is said of an engine, and the version of it."""

    version: str
    times: tuple[Times, ...]
    unknown: Unknown


def measured(named: Named, count: int, seconds: float) -> Measured:
    """Measure an engine with *count* contacts, for so many *seconds* each thing."""
    peer = named.module()
    times = tuple(_times(peer, book, count, seconds) for book in RULEBOOKS)
    unknown = _unknown(peer)
    if unknown.care != named.care:
        message = f"with facts unknown, {named.name} is not {named.care}: {unknown}"
        raise AssertionError(message)
    return Measured(version(named.name), times, unknown)


def _times(peer: Peer, book: Rulebook, count: int, seconds: float) -> Times:
    contacts = people(count)
    text, theirs = book.text(), peer.write(book)
    decide, program = Policy.parse(text).decider(), peer.parse(theirs)
    records = peer.records(book, contacts)
    wanted = [decide(contact) for contact in contacts]
    assert set(wanted) == {Decision.CONNECT, Decision.DECLINE}, wanted
    _same(wanted, peer.decide(program, records), book)
    deciding, ours = _raced(
        seconds,
        lambda: peer.decide(program, records),
        lambda: [decide(contact) for contact in contacts],
    )
    (converting,) = _raced(seconds / 4, lambda: peer.records(book, contacts))
    parses = PARSES if seconds else 1
    parsing = _raced(
        seconds,
        lambda: [peer.parse(theirs) for _ in range(parses)],
        lambda: [Policy.parse(text) for _ in range(parses)],
        lambda: [Policy.parse(text).decider() for _ in range(parses)],
    )
    return Times(
        deciding / count,
        ours / count,
        None if records is contacts else converting / count,
        *(each / parses for each in parsing),
    )


def _raced(seconds: float, *functions: Callable[[], object]) -> list[float]:
    """The fastest run of each, in turns, of as many as *seconds* allow; at least one."""
    laps = [Lap(function) for function in functions]
    end = time.monotonic() + seconds
    while True:
        for lap in laps:
            for _ in range(IN_A_ROW if seconds else 1):
                lap()
        if time.monotonic() >= end:
            return [lap.fastest for lap in laps]


def _same(wanted: Sequence[Decision], found: Sequence[object], book: Rulebook) -> None:
    said = [Decision.CONNECT if each else Decision.DECLINE for each in found]
    for n, (ours, theirs) in enumerate(zip(wanted, said, strict=True)):
        if ours is not theirs:
            message = f"{book.title}, contact {n}: {ours} here and {theirs} there"
            raise AssertionError(message)


def _unknown(peer: Peer) -> Unknown:
    contacts = people(ASKED, unknown=UNKNOWN)
    decide = Policy.parse(EIGHT.text()).decider()
    wanted = [_DECIDED[decide(contact)] for contact in contacts]
    found = peer.answers(EIGHT, contacts)
    pairs = list(zip(wanted, found, strict=True))
    right = sum(ours is theirs for ours, theirs in pairs)
    gave_up = sum(theirs is None and ours is not None for ours, theirs in pairs)
    return Unknown(right, gave_up, ASKED - right - gave_up)


_DECIDED = {Decision.CONNECT: True, Decision.DECLINE: False, Decision.UNDECIDED: None}
