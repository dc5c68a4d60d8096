"""Correcting an error of writing: two persons, no consultation, and nothing means anything else."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

from ministry.editions.queries import Law, law_of
from ministry.gate.acting import Acting
from ministry.gate.deed import Deed, NotPossible
from ministry.gate.registry import act
from ministry.statutes import apply
from ministry.statutes.acts.enacting import known
from ministry.statutes.carrying import brings, carried
from ministry.statutes.data import Correcting
from ministry.statutes.models import Correction
from ministry.statutes.rewriting import Files, Part, corrected
from writ.editions.same import otherwise


@act("correct-clerical-error", Correcting, apply.corrected, weighs=True)
def correct(by: Acting, data: Correcting, at: dt.datetime) -> Deed:
    """Put other words in place of those that stand in a provision by an error of writing."""
    name, _, label = data.provision.partition("/")
    if not label:
        raise NotPossible("say in which provision it is", "provision")
    if data.old == data.new:
        raise NotPossible("the words are the same", "new")
    if "```" in data.old + data.new or "~~~" in data.old + data.new or "\n#" in data.new:
        raise NotPossible("a block or a heading is no error of writing", "new", "amend it")

    def rewrite(files: Files, law: Law) -> dict[str, str]:
        return corrected(files, law.book, Part(name, label), data.old, data.new)

    rows = carried(at, rewrite, "old")
    differs = [why for one in rows for why in otherwise(law_of(one.old).book, law_of(one.new).book)]
    misprint = misprint_of(data)
    return Deed(
        misprint,
        known(at, {"correct-clerical-error.same": not differs}),
        data=data.model_copy(update={"misprint": misprint, "before": rows[0].old, **brings(rows)}),
    )


def differing(data: Correcting, at: dt.datetime) -> list[str]:
    """What would mean something else, in words; empty where it is only an error of writing.

    Raises:
        NotPossible: the words do not stand there once, or no Book comes of it.
    """
    name, _, label = data.provision.partition("/")

    def rewrite(files: Files, law: Law) -> dict[str, str]:
        return corrected(files, law.book, Part(name, label), data.old, data.new)

    rows = carried(at, rewrite, "old")
    return [why for one in rows for why in otherwise(law_of(one.old).book, law_of(one.new).book)]


def misprint_of(data: Correcting) -> str:
    """What a correction is about: the same for whoever does a part of it, another once it was done."""
    said = json.dumps([data.provision, data.old, data.new])
    name = hashlib.sha256(said.encode()).hexdigest()[:32]
    done = Correction.objects.filter(misprint__startswith=name).count()
    return f"{name}-{done}"
