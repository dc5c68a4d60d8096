"""The public reading room: the law that everybody may read, without signing in. It reads nothing of people."""
