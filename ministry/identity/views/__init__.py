"""Pages by which people sign in and look after what they sign in with."""
