"""OSCAL 1.1 and 1.2 (NIST): catalogues and profiles in and out, and profiles resolved. `docs/oscal.md` says how."""
