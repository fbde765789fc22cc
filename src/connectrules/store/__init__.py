"""Answers about people, kept in one file from day to day."""

from connectrules.errors import StoreError
from connectrules.store.answers import AnswerStore
from connectrules.store.importing import Imported, NewAnswer
from connectrules.store.keys import as_key, is_lasting
from connectrules.store.location import default_path, is_store
from connectrules.store.rows import Known, StoredAnswer
from connectrules.store.values import Value

__all__ = [
    "AnswerStore",
    "Imported",
    "Known",
    "NewAnswer",
    "StoreError",
    "StoredAnswer",
    "Value",
    "as_key",
    "default_path",
    "is_lasting",
    "is_store",
]
