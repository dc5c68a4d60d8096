"""The pages of the statutes desk."""
