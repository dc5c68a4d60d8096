"""The pages of the reading room, its machine formats and its feeds."""
