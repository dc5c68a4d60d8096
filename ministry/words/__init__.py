"""The languages of the interface: which one a page is in, and how a number or a day is written in it.

What is recorded is in none of them: the law stays in the language of the Book, and records, receipts and the API in the
canonical English. Each part says its words by gettext; `locale/` has what they are in other languages (docs/words.md).
"""
