"""Starting the server."""

from __future__ import annotations

import gc
import logging
import os
import sys
from contextlib import redirect_stdout

from writ.lsp.features import register
from writ.lsp.server import Server

HERE = "127.0.0.1"
SWITCH = 0.001
"""Seconds after which a thread that compiles lets the one that answers go on."""


COLLECT = (50_000, 20, 100)
"""A recheck makes a hundred thousand objects that all go when the next one comes: the collector need not walk them
each time."""


def serve(port: int | None = None, log: str | None = None) -> int:
    """Serve one editor, over the standard streams or on a port of this machine, until it ends the connection.

    Raises:
        OSError: the port or the log cannot be used.
    """
    if log:
        logging.basicConfig(filename=log, level=logging.INFO)
    else:
        logging.basicConfig(stream=sys.stderr, level=logging.CRITICAL)
    sys.setswitchinterval(SWITCH)
    gc.set_threshold(*COLLECT)
    server = Server()
    register(server)
    try:
        if port is None:
            # What anything else prints must not come between two messages.
            with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as out, redirect_stdout(sys.stderr):
                server.start_io(sys.stdin.buffer, out)
        else:
            server.start_tcp(HERE, port)
    finally:
        server.shut()
    return 0
