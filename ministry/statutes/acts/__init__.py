"""What statutes does."""

from ministry.statutes.acts.consulting import answer, comment, consult, resolve
from ministry.statutes.acts.enacting import certify, examine, promulgate
from ministry.statutes.acts.proposing import propose, revise, withdraw
from ministry.statutes.queries import proposal_of

__all__ = [
    "answer",
    "certify",
    "comment",
    "consult",
    "examine",
    "promulgate",
    "proposal_of",
    "propose",
    "resolve",
    "revise",
    "withdraw",
]
