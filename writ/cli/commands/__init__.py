"""One module per command: `configure` reads in its arguments, `run` does it and gives the exit status."""
