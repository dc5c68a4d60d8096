"""What every book has in common, for those who phrase a request without having read one."""

from __future__ import annotations

OUTCOMES = {
    "permitted": "the actor may do the act then, on these facts; a private person needs no power for it "
    "unless the act is reserved",
    "prohibited": "a prohibition forbids it, or a duty commands otherwise: an omission of a duty, a manner that a "
    "duty forbids, an act done after the period for it has run",
    "needs": "there is authority, and something is missing that can still be brought about: an earlier step, an "
    "approval, a statement, more persons, or a fact that is not known",
    "no authority": "the actor holds no power to do it: wrong actor, a condition of the power not met, a power not in "
    "force or taken away, a delegation that fails, an immunity of the one it is aimed at",
    "conflict": "the law commands or allows it and forbids it, and ranks neither",
}

CONVENTIONS = [
    "What a request does not state is not the case: a yes-no attribute is no, a set or list is empty, any other is "
    "absent, and comparing something absent is false. Where `not_stated` says otherwise, that holds.",
    "State a fact only by the attributes listed here. Leave out what the question does not say.",
    "Names are written exactly as listed. An attribute of the act or of its thing may go by its bare name: "
    "`kind` for `issue-declaration.kind`.",
    "Choose the narrowest actor and the narrowest act that fit. An actor also counts as everything after its `is`, "
    "and an act as everything after its own.",
    "`at` is a day (2022-02-14) or a moment with its offset (2022-02-14T15:00-05:00). Two moments are compared "
    "exactly; if either is a day, by the day. The law is taken as it is in force then.",
    "A period in days, weeks, months or years does not count the day it starts from, and runs through its last day.",
    "Earlier acts and events belong in `done`, with their day if it is known; they are taken as lawfully done, and "
    "begin, continue and end states as the law says; their attributes pass to those of the same name of a state that "
    "they begin. What such an entry leaves unstated is unknown. Its facts tell about that act: "
    "state again, under `facts`, what holds for the act asked about.",
    "A state that is in effect belongs in `states` unless an entry of `done` begins it. When it lapses is computed; "
    "a state listed too long before `at` may have lapsed.",
    "`omit: yes` asks whether the act may be left undone; the answer is prohibited where a duty commands it. That "
    "what opens the duty has happened is presupposed.",
    "An act asked about after the time for it has run is prohibited, if only the duty would allow it.",
    "A private person (an actor of the kind `person`) is free to do what no norm forbids, unless the act is reserved.",
    "Authority that was delegated needs the chain in `delegations`, the first grant first; the `act` of a grant is the "
    "act of delegating, and each grant is decided too, on its own facts.",
]

REQUEST = {
    "actor": "required; who acts: the name of an actor, or {office: NAME, person: ID, number: N}",
    "act": "required; the name of an act",
    "at": "required; the day or moment of the act",
    "thing": "a thing narrower than the act's own, where the act is done to one",
    "about": "which one it is done to (any text), where the history speaks of several",
    "against": "the actor that the act is aimed at",
    "person": "the acting person, by identity (any text): for rules on doing two things oneself",
    "number": "how many persons act together",
    "omit": "yes to ask whether the act may be left undone",
    "facts": "a mapping of attributes to values",
    "done": "a list of acts done and events that happened before: a name, or "
    "{act: NAME, by: ACTOR, at: DATE, about: ID, to: ACTOR, person: ID, facts: {…}} ({event: NAME, …} for an event)",
    "states": "a list of states in effect: a name, or "
    "{state: NAME, since: DATE, until: DATE, about: ID, facts: {ATTRIBUTE: VALUE}}",
    "delegations": "a list of grants: {by: ACTOR, to: ACTOR, act: NAME, at: DATE, until: DATE, revoked: DATE, "
    "by-person: ID, to-person: ID, facts: {…}}",
    "known-at": "the day as of which the law is known (default: everything in the book)",
}

FIELD_WORDS = {
    "number": "how many persons act together",
    "person": "who acts, by identity",
    "against": "the actor that the act is aimed at",
    "thing": "a narrower thing",
    "omit": "it can be asked whether the act may be left undone",
}
