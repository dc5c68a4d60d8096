"""What a process of the server runs: the application, and beside it what makes editions ready that are to come."""

from ministry.editions.warm import Warmer
from ministry.wsgi import application

__all__ = ["application"]

Warmer().start()
