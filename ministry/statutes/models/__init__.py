"""What statutes holds."""

from ministry.statutes.models.review import (
    Comment,
    Consultation,
    Examination,
    Opinion,
    Position,
    Proposal,
    Resolution,
)

__all__ = [
    "Comment",
    "Consultation",
    "Examination",
    "Opinion",
    "Position",
    "Proposal",
    "Resolution",
]
