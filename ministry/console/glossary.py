"""The words of the pages: what each means here. One table, for /help/ and for what leads there."""

from __future__ import annotations

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Word(msgspec.Struct, frozen=True):
    """A word and its meaning. `name` stands in addresses (`/help/#duty`); `see` names others."""

    name: str
    word: str | Promise
    means: str | Promise
    see: tuple[str, ...] = ()


# fmt: off
WORDS = (
    Word("act", _("Act"),
        _(
          "Something that the Book lets somebody do and the server can do: appoint, propose, "
          "promulgate. Nothing that the ministry decided changes but by an act."
        ), ("gate", "record")),
    Word("acting", _("Acting officer"),
        _(
          "Somebody who does the work of an office for a time, in the place of whoever holds it."
        ), ("office",)),
    Word("approval", _("Approval"),
        _(
          "That an office with the power agrees to an act which another asks for. It is bound to what "
          "was asked: when that changes, the approval is void."
        ), ("power",)),
    Word("assurance", _("Assurance"),
        _(
          "A sentence in the Book that must hold whatever happens, such as: nobody both proposes and "
          "certifies. It is proved, or refuted by an example; it grants and forbids nothing."
        ), ("norm",)),
    Word("book", _("Book"),
        _(
          "All the law and policy of the ministry: instruments as text, with the norms beside the text."
        ), ("instrument", "edition")),
    Word("certify", _("Certify"),
        _(
          "To declare that a proposed edition may lawfully be put in force. It is not putting it in "
          "force."
        ), ("promulgate", "proposal")),
    Word("citation", _("Citation"),
        _(
          "The short name of a provision, by which a decision says on what it rests."
        ), ("provision",)),
    Word("clearance", _("Clearance"),
        _(
          "Up to which level, and for which compartments, somebody may read, until a day."
        ), ("marking",)),
    Word("conflict", _("Conflict"),
        _(
          "Two norms say opposite things and no rule of the Book says which prevails. Nothing is done "
          "until the law is clear."
        ), ("norm", "outcome")),
    Word("consultation", _("Consultation"),
        _(
          "An office is asked for its view on a proposed edition, by a day. It answers whether it "
          "agrees, objects or has no objection."
        ), ("proposal",)),
    Word("delegation", _("Delegation"),
        _(
          "That an office lets another use a power of its own, as far as the Book allows it."
        ), ("power",)),
    Word("draft", _("Draft"),
        _(
          "Work on an amendment that is not yet proposed. Only its drafters see it, and it decides "
          "nothing."
        ), ("proposal",)),
    Word("duty", _("Duty"),
        _(
          "What an office must do, within a time after something happened. It is open, met, late, "
          "breached, waived or lapsed."
        ), ("office",)),
    Word("edition", _("Edition"),
        _(
          "The whole Book as it stood at one time. Its digest names it to the last byte; every decision "
          "says under which edition it was made."
        ), ("book", "promulgate")),
    Word("fact", _("Fact"),
        _(
          "Something stated of a case on which a norm depends: the level of a document, how an act is "
          "done."
        ), ("norm",)),
    Word("gate", _("Gate"),
        _(
          "The one way to do an act: it asks the Book, does the act or refuses it, and puts that on the "
          "record."
        ), ("act", "refusal")),
    Word("health", _("Health of the law"),
        _(
          "What the checks of the Book find in an edition: mistakes, gaps, conflicts, and whether its "
          "assurances are proved."
        ), ("assurance",)),
    Word("impact", _("Impact"),
        _(
          "What a proposed edition changes in meaning: who gains or loses which power, which duties "
          "change, which decided cases would be decided otherwise."
        ), ("proposal",)),
    Word("in-force", _("In force"),
        _(
          "That it is law on that day: begun, and neither ended, repealed nor suspended."
        ), ("edition",)),
    Word("instrument", _("Instrument"),
        _(
          "One text of the law: a statute, a regulation, a policy. It has a rank, and yields to what is "
          "of higher rank where they oppose."
        ), ("provision",)),
    Word("journal", _("Journal"),
        _(
          "All records, numbered, in the order in which they were made. Nothing in it is changed or "
          "taken away."
        ), ("record",)),
    Word("known", _("Known"),
        _(
          "What was known of the law or of the facts on a day, though it became otherwise, or was found "
          "to be otherwise, later."
        ), ("in-force",)),
    Word("marking", _("Marking"),
        _(
          "The level, the compartments and the states to which something may be released. A page has "
          "the marking of all that it shows."
        ), ("clearance",)),
    Word("norm", _("Norm"),
        _(
          "One rule that the text makes, written so that it can be decided: a power, permission, duty, "
          "prohibition, right, or a limit on them."
        ), ("provision", "power")),
    Word("office", _("Office"),
        _(
          "A post that the Book names and to which it gives powers and duties. A person acts in an "
          "office that they hold or act in."
        ), ("acting",)),
    Word("outcome", _("Outcome"),
        _(
          "What the law says of an act: permitted, prohibited, no authority, needs something that is "
          "missing, or conflict."
        ), ("refusal",)),
    Word("power", _("Power"),
        _(
          "What an office may do with effect in law, within the limits that the Book sets."
        ), ("delegation",)),
    Word("promulgate", _("Promulgate"),
        _(
          "To put an edition in force from a day."
        ), ("edition", "certify")),
    Word("proposal", _("Proposal"),
        _(
          "An edition that an office has put forward to become law. It is consulted on, examined, "
          "certified and promulgated, or withdrawn."
        ), ("draft", "edition")),
    Word("provision", _("Provision"),
        _(
          "A numbered part of an instrument: a section, a paragraph. Norms stand in it and are cited by "
          "it."
        ), ("citation",)),
    Word("receipt", _("Receipt"),
        _(
          "The proof that a record stands in the Journal. It can be checked without this server."
        ), ("record",)),
    Word("record", _("Record"),
        _(
          "What was done, refused or read on the record: by whom, in which office, when, on which facts "
          "and under which provisions."
        ), ("journal",)),
    Word("refusal", _("Refusal"),
        _(
          "That an act was not done because the law did not let it be done. It cites the norms and says "
          "who could do it. It is on record too."
        ), ("outcome",)),
    Word("review", _("Review"),
        _(
          "The regular look at an instrument by the office that keeps it, which ends in keeping, "
          "amending or repealing it."
        ), ("instrument",)),
    Word("vacancy", _("Vacancy"),
        _(
          "That nobody holds an office. Where the Book provides for it, another steps in."
        ), ("office",)),
    Word("witness", _("Witness"),
        _(
          "Somebody outside the ministry who signs what the Journal was at a time, so that it cannot be "
          "changed unseen."
        ), ("journal",)),
)
# fmt: on
"""By the alphabet of the English words."""
NAMED = {one.name: one.word for one in WORDS}
