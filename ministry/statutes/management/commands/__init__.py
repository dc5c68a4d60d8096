"""Commands of statutes, one file each."""
