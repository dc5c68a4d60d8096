"""A transparency log of records: RFC 6962 trees, C2SP checkpoints, witnesses and receipts, as pure functions.

Nothing here stores, sends or reads a clock: hashes come through a callback, the time through an argument.
"""
