"""The ledger: all that knows DuckDB, nothing that knows the web."""
