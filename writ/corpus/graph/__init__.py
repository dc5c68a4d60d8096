"""A book as a graph: what rests on what, who bears what, and what is named and not there."""
