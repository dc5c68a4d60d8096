"""Files for the browser: with their hash in the name and compressed, once `ministry up` has collected them."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Assets(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it has no types
    """Names files plainly as long as none were collected, as in tests."""

    def stored_name(self, name: str) -> str:
        return str(super().stored_name(name)) if self.hashed_files else name
