"""Command: people and their offices, acting officers, powers given and taken back."""
