"""Labels: the level, the compartments and the releasability of what is kept, and who may read it."""
