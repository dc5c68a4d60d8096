"""The data of earlier releases, made by their own code, and how that is done."""
