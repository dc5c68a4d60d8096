"""What statutes holds."""

from ministry.statutes.models.drafts import Draft, Drafter, Presence, Version
from ministry.statutes.models.force import Correction, Ending, Suspension
from ministry.statutes.models.impact import Impact, Reach
from ministry.statutes.models.review import (
    Comment,
    Consultation,
    Examination,
    Opinion,
    Position,
    Proposal,
    Resolution,
)
from ministry.statutes.models.reviews import Outcome, Publication, Review
from ministry.statutes.models.searches import SavedSearch

__all__ = [
    "Comment",
    "Consultation",
    "Correction",
    "Draft",
    "Drafter",
    "Ending",
    "Examination",
    "Impact",
    "Opinion",
    "Outcome",
    "Position",
    "Presence",
    "Proposal",
    "Publication",
    "Reach",
    "Resolution",
    "Review",
    "SavedSearch",
    "Suspension",
    "Version",
]
