"""A law on paper, for signature: Word (DOCX) and PDF."""
