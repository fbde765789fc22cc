"""Which tokens satisfy a gate of gates, and which must be missing where they do not."""

from collections.abc import Sequence

import attrs

Gate = tuple[int, tuple[tuple[int, int], ...]]
"""What must be reached, and for each part what it weighs and its number.

A part is a token, or as ``~n`` the gate at place n, which stands before.
"""


@attrs.frozen(eq=False)
class Formula:
    """A gate of gates.

    Attributes:
        gates: The gates, the outermost last; none where it can never be satisfied.
    """

    gates: Sequence[Gate]

    def holds(self, chosen: int) -> bool:
        """Whether the tokens *chosen* satisfy it."""
        return bool(self.gates) and self._held(chosen)[-1]

    def _held(self, chosen: int) -> list[bool]:
        held: list[bool] = []
        for need, parts in self.gates:
            for weight, part in parts:
                if need <= 0:
                    break
                if chosen >> part & 1 if part >= 0 else held[~part]:
                    need -= weight  # noqa: PLW2901 - what is still missing
            held.append(need <= 0)
        return held

    def obstacle(self, chosen: int) -> int | None:
        """Few tokens without which it is not satisfied, whatever others there are.

        Args:
            chosen: Tokens that are there.

        Returns:
            The tokens, none of them *chosen*; None where these satisfy it, and nothing
            at all where it can never be satisfied.
        """
        if not self.gates:
            return 0
        held = self._held(chosen)
        if held[-1]:
            return None
        missing: list[int] = []
        for place, (need, parts) in enumerate(self.gates):
            missing.append(0 if held[place] else _without(need, parts, chosen, held, missing))
        return missing[-1]


def _without(
    need: int,
    parts: Sequence[tuple[int, int]],
    chosen: int,
    held: Sequence[bool],
    missing: Sequence[int],
) -> int:
    """See `Formula.obstacle`, of one gate; *missing* has those of the gates before it."""
    spare = need - 1
    lacking: list[tuple[int, int, int]] = []
    for weight, part in parts:
        if chosen >> part & 1 if part >= 0 else held[~part]:
            spare -= weight
        elif part >= 0:
            lacking.append((1, weight, 1 << part))
        else:
            lacking.append((missing[~part].bit_count(), weight, missing[~part]))
    # What takes most tokens to keep out is let in as long as that does not reach the need.
    # Sorting keeps the order of those alike: of a list's tokens the later ones stay out.
    lacking.sort(key=lambda each: -each[0])
    found = 0
    for _, weight, tokens in lacking:
        if weight <= spare:
            spare -= weight
        else:
            found |= tokens
    return found
