"""Text -> tree (`writ.syntax.parser`), and tree -> text (`writ.syntax.formatter`).

The grammar is written out in `docs/language.md`; the nodes are in `writ.syntax.tree`. Nothing is imported here: what
reads a book from its cache needs the nodes, and not the parser.
"""
