"""What statutes does."""

from ministry.statutes.acts.consulting import answer, comment, consult, resolve
from ministry.statutes.acts.correcting import correct
from ministry.statutes.acts.enacting import certify, examine, promulgate
from ministry.statutes.acts.ending import decide_ending
from ministry.statutes.acts.proposing import propose, revise, withdraw
from ministry.statutes.acts.publishing import publish, withhold
from ministry.statutes.acts.repealing import repeal_instrument, repeal_provision
from ministry.statutes.acts.reviewing import begin_review, conclude_review
from ministry.statutes.acts.suspending import lift, suspend
from ministry.statutes.queries import proposal_of

__all__ = [
    "answer",
    "begin_review",
    "certify",
    "comment",
    "conclude_review",
    "consult",
    "correct",
    "decide_ending",
    "examine",
    "lift",
    "promulgate",
    "proposal_of",
    "propose",
    "publish",
    "repeal_instrument",
    "repeal_provision",
    "resolve",
    "revise",
    "suspend",
    "withdraw",
    "withhold",
]
