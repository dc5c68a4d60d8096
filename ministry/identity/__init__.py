"""Identity: how people and systems prove who they are, and in which office they act."""
