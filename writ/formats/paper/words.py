"""The few words of a paper that are not of the law, in the language of the law where it is known here."""

from __future__ import annotations

from collections.abc import Mapping

_ENGLISH = {
    "page": "Page",
    "of": "of",
    "edition": "Edition (digest)",
    "contents": "Contents",
    "annex": "Annex: the norms in plain words",
    "annexed": "The formal reading of the provisions above. Where it and the text differ, the text is the law.",
    "signature": "Signature",
    "signed": "Signed as the text of the edition whose digest stands at the head of each page.",
    "name": "Name",
    "place": "Place",
    "date": "Date",
}
_FRENCH = {
    "page": "Page",
    "of": "sur",
    "edition": "Édition (empreinte)",
    "contents": "Table des matières",
    "annex": "Annexe : les normes en langage clair",
    "annexed": "La lecture formelle des dispositions ci-dessus. En cas de différence, le texte fait foi.",
    "signature": "Signature",
    "signed": "Signé comme texte de l’édition dont l’empreinte figure en tête de chaque page.",
    "name": "Nom",
    "place": "Lieu",
    "date": "Date",
}


def words(language: str) -> Mapping[str, str]:
    return _FRENCH if language.startswith("fr") else _ENGLISH
