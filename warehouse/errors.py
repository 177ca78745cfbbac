"""What can go wrong in the ledger, in words for the person who runs it."""

from __future__ import annotations


class LedgerError(Exception):
    """Base of all errors of the warehouse; its text is one plain sentence with cause and remedy."""


class LedgerBusyError(LedgerError):
    """Another writer holds the ledger."""


class MigrationError(LedgerError):
    """The ledger's schema and this code do not belong together."""


class ModelError(LedgerError):
    """A model or check in `sql` is not well formed."""
