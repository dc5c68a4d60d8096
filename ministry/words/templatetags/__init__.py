"""Template tags of the languages."""
