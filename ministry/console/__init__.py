"""The console: the shell of the server and its first pages."""
