"""From trees to the typed, linked, frozen model of a book."""
