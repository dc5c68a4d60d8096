"""The people of every test: each holds one office, and is called after it."""

from __future__ import annotations

from pathlib import Path

from ministry.command import acts
from ministry.command.data import Appointing, Enrolment
from ministry.database.transaction import now
from ministry.editions.apply import deposit
from ministry.gate.acting import Acting
from ministry.gate.founding import First, Founding, found
from ministry.gate.readers import reader_of
from ministry.labels.reader import Reader
from ministry.people.models import Person

BOOK = Path(__file__).resolve().parents[2] / "books" / "model-ministry"
OFFICES = {
    "ada": "director-of-personnel",
    "bo": "permanent-secretary",
    "cy": "legal-adviser",
    "dee": "duty-officer",
    "eve": "clerk-of-parliament",
    "fay": "auditor",
}


def texts() -> dict[str, str]:
    """The book of the model ministry."""
    return {
        str(path.relative_to(BOOK)): path.read_text("utf-8") for path in sorted(BOOK.rglob("*.md"))
    }


def founded(files: dict[str, str] | None = None) -> None:
    """Found a ministry, under the book of the model ministry or another, and fill its offices."""
    found(
        Founding(
            edition=deposit(files or texts()), sign_in="ada", name="Ada", office=OFFICES["ada"]
        )
    )
    ada = acting("ada")
    found(First(sign_in="eve", name="Eve", office=OFFICES["eve"]))
    for name in ("bo", "cy", "dee", "fay"):
        acts.enrol(ada, Enrolment(sign_in=name, name=name.title()))
    for name in ("bo", "cy", "dee"):
        acts.appoint(ada, Appointing(person=key(name), office=OFFICES[name]))
    acts.appoint(acting("eve"), Appointing(person=key("fay"), office=OFFICES["fay"]))


def key(name: str) -> str:
    return str(Person.everything.values_list("key", flat=True).get(sign_in=name))


def acting(name: str, office: str = "") -> Acting:
    """One of them in office."""
    return Acting(key(name), office or OFFICES[name], 4e9)


def reader(by: Acting) -> Reader:
    """One of them as a reader."""
    return reader_of(by, now())


def appointed(name: str, office: str) -> Acting:
    """One of them in another office, to which they are appointed."""
    acts.appoint(acting("bo"), Appointing(person=key(name), office=office))
    return acting(name, office)


class Named:
    """The people by name: `ministry.ada` is Ada in her office."""

    def __getattr__(self, name: str) -> Acting:
        if name not in OFFICES:
            raise AttributeError(name)
        return acting(name)
