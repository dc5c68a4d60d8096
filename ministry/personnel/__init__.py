"""Personnel: to what people are cleared, and whose work must not be known."""
