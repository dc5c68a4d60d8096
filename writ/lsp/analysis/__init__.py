"""What an editor asks of a book under edit: pure functions over a `Snapshot` and an offset, which return plain structs.

Nothing here knows of a protocol: the language server and the editor in the browser use the same functions.
"""
