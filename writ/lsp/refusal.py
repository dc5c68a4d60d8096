"""What the server will not do, as the protocol says it: an error that the editor shows to whoever asked."""

from __future__ import annotations

from lsprotocol.types import LSPErrorCodes
from pygls.exceptions import JsonRpcException


def refused(message: str) -> JsonRpcException:
    """A request that was well formed and cannot be met, with the reason."""
    return JsonRpcException(message, LSPErrorCodes.RequestFailed.value)
