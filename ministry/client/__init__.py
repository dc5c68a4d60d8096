"""A client of the API, for Python programs: typed, with neither Django nor a database.

from ministry.client import Client, Refused

client = Client("https://writ.example", token)
answer = client.decide("duty-officer", "appoint-officer", facts={"appointee": "p-1"})
try:
    done = client.act("enrol-person", {"sign_in": "gus", "name": "Gus"})
except Refused as refused:
    print(refused.citations, [one.office for one in refused.could])
"""

from ministry.client.answers import (
    Authority,
    Considered,
    Decision,
    Deposited,
    Done,
    Duty,
    Edition,
    HeldOffice,
    Holder,
    Missing,
    Office,
    Opens,
    Person,
    Provision,
    Receipt,
    Record,
    RecordRow,
    Request,
)
from ministry.client.client import Client, verify
from ministry.client.problems import (
    Invalid,
    NotAllowed,
    NotFound,
    NotYet,
    Problem,
    Refused,
    Unavailable,
)

__all__ = [
    "Authority",
    "Client",
    "Considered",
    "Decision",
    "Deposited",
    "Done",
    "Duty",
    "Edition",
    "HeldOffice",
    "Holder",
    "Invalid",
    "Missing",
    "NotAllowed",
    "NotFound",
    "NotYet",
    "Office",
    "Opens",
    "Person",
    "Problem",
    "Provision",
    "Receipt",
    "Record",
    "RecordRow",
    "Refused",
    "Request",
    "Unavailable",
    "verify",
]
