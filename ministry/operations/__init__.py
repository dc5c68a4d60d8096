"""Operations: backup while it runs, restore, and what is to be checked."""
