"""What templates of rosters say."""
