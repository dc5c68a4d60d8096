"""Files are taken at one address alone; one that comes to another ends the request before it is kept anywhere."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import TooManyFilesSent
from django.core.files.uploadhandler import MemoryFileUploadHandler

TAKES = "/statutes/import/"


class Here(MemoryFileUploadHandler):
    """Keeps what comes to `TAKES` in memory: the body was bounded before it was read."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        self.here = META.get("PATH_INFO") == TAKES
        self.activated = True

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        if not self.here:
            raise TooManyFilesSent("no form takes a file here")
        super().new_file(*args, **kwargs)
