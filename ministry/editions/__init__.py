"""Which Book is in force: editions by the digest of their text, and when each was promulgated."""
