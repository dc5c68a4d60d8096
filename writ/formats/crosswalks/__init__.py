"""Mappings between frameworks of controls: read, checked, written and suggested. `docs/crosswalks.md` says how."""
