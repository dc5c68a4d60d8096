"""What the pages of all desks are put together from: tables, badges, timelines, trees, charts and maps."""
