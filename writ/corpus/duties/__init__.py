"""Who must do what, over a whole book, and where that has gaps."""
