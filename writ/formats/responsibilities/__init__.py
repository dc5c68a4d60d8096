"""Tables of responsibilities (who must do what, by which reference) into instruments of a book, with their gaps."""
