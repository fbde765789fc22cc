"""Millions of contacts at a time: files judged by DuckDB, from Parquet to Parquet."""
