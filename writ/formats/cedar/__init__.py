"""Cedar policy sets as books, and the access part of books as Cedar policies (`docs/cedar.md`)."""
