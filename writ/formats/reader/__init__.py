"""A law to read: its text beside its norms, in one file of HTML that loads nothing."""
