"""Amounts, caps, exclusivity, and the ledger of every reduction."""
