"""The tests. A package of its own, for one of our peers installs another by this name."""
