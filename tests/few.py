"""A pytest plugin for the commands of the documentation's pages: few examples, always the same.

A page shows what a reader sees with many; with few it is seen sooner.
"""

from hypothesis import Phase, settings


def pytest_configure() -> None:
    """Load a profile with few examples."""
    settings.register_profile(
        "few",
        max_examples=20,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[each for each in Phase if each is not Phase.explain],
    )
    settings.load_profile("few")
