"""XACML 3.0 (OASIS) policies and requests as a book and questions to it. `docs/xacml.md` says what maps to what."""

from writ.formats.xacml.importer import import_xacml

__all__ = ["import_xacml"]
