"""Durable timers and the outbox: what must happen at a moment happens, whatever is killed meanwhile."""
