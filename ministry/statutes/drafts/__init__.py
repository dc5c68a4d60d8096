"""Drafts as they are kept and looked at: saving, who is there, what the compiler says of them."""
