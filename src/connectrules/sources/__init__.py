"""Contacts from files: plain ones, and exports as they were downloaded."""

from connectrules.sources.common.report import FileReport, LoadReport
from connectrules.sources.opening import Loaded, open_contacts

__all__ = ["FileReport", "LoadReport", "Loaded", "open_contacts"]
