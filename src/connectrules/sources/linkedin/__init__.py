"""LinkedIn's data export, as its members download it."""

from connectrules.sources.linkedin.export import Export, Part, load, part, single

__all__ = ["Export", "Part", "load", "part", "single"]
