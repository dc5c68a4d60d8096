"""The names that every imported book has, and the answers in the words of XACML."""

from __future__ import annotations

from writ.formats.xacml.attributes import THINGS

SUBJECT = "subject"
"""Whoever asks for access."""
POINT = "enforcement-point"
"""The office that lets the subject in or refuses, and bears the obligations."""
ACCESS = "access"
REFUSAL = "refuse-access"
DENIED = "access-is-denied"
RESERVED = (SUBJECT, POINT, ACCESS, REFUSAL, DENIED, *THINGS.values(), *THINGS)
