"""The Journal: what was done and what happened, replayed over the Book. `docs/journal.md` is its page."""
