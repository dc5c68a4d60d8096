"""Legislation in XML: Justice Canada, Akoma Ntoso and USLM in, Akoma Ntoso out."""
