"""Law and policy written as text, compiled, checked and decided with citations."""

__version__ = "0.1.0"
