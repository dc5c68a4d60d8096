"""Law in an editor: what is known at a place of a text (`analysis`), and the language server that says it."""
