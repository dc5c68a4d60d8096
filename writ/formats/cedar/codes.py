"""What can be wrong with an exchange: X1xx of Cedar coming in, X2xx of a book going out to Cedar."""

from __future__ import annotations

from writ.diagnostics import CodeDoc, Diagnostic, Severity, Span


def _error(code: str, name: str, summary: str, documentation: str) -> CodeDoc:
    return CodeDoc(code, name, Severity.ERROR, summary, " ".join(documentation.split()))


_ALL = (
    _error(
        "X101",
        "cedar-missing",
        "the package that reads Cedar is not installed",
        """Cedar policies, schemas and entities are read by Cedar itself, through the package `cedarpy`. It comes with
        the extra `proof`: install `writ[proof]`.""",
    ),
    _error(
        "X102",
        "cedar-unreadable",
        "Cedar cannot read a file",
        """Cedar refused the policies, the schema or the entities; the message is its own. Nothing was imported: half
        a policy set would decide otherwise than the whole. Mend the file, and check it with Cedar's own tools. What is
        nested too deep for Cedar's parser, or too long, is not given to it.""",
    ),
    _error(
        "X103",
        "cedar-unsupported",
        "a policy has a construct that cannot be taken over",
        """The construct named cannot be said by our conditions, nor is it a plain value or test of the request.
        Arithmetic on values of the request is one: Cedar's overflows are errors, and ours do not overflow. The whole
        policy set was refused, because a book without the policy would decide otherwise. Rewrite the policy, or
        keep this set in Cedar.""",
    ),
    _error(
        "X104",
        "cedar-link",
        "a template link does not fit its template",
        """A link names its template (by `template_id`), itself (`link_id`, once) and an entity for each slot of the
        template and no other (`args`). Mend the file of links. A template without links permits and forbids
        nothing.""",
    ),
    _error(
        "X105",
        "cedar-request",
        "a Cedar request is malformed",
        """A request is an object with `principal`, `action` and `resource`, each an entity as `Type::"id"` or as an
        object with `type` and `id`, and a `context` that is an object. Other fields are for the reader.""",
    ),
    _error(
        "X106",
        "cedar-value",
        "a request holds what the imported book cannot",
        """A value is of another kind than the one with which the policies compare it, a moment lies outside the years
        1 to 9999, the action stands elsewhere in the hierarchy than when the policies were imported, or the schema
        gives the context a reading of its own. The request was not decided: Cedar might answer otherwise than the
        book. Import again with the entities and the schema of the request, or write extension values and entities in
        the context out (`__extn`, `__entity`).""",
    ),
    _error(
        "X201",
        "export-unsupported",
        "a norm has something that Cedar cannot say",
        """What is exported is the access part of a book: powers, permissions and rights, prohibitions and disabilities,
        whose conditions speak of facts alone. The act of this norm has something else: a limit, a duty, a delegation, a
        state, a history, something that is needed. Left out, it would make Cedar decide otherwise; so the act was
        refused. Export other acts, or keep asking our engine about this one.""",
    ),
    _error(
        "X202",
        "export-maxims",
        "the maxims decide otherwise than `forbid` overrides `permit`",
        """In Cedar every forbid defeats every permit. Here a grant prevails over a bar, by `notwithstanding`, by rank
        or as the narrower or later norm. The related request is answered differently by the two, where one is known.
        Give the bar its exception as an `unless`, and the two agree.""",
    ),
    _error(
        "X203",
        "export-question",
        "Cedar cannot be asked this about an exported book",
        """The request is about an act that was not exported, an omission, a delegation or another day than the one for
        which the book was exported, or states a value that Cedar has not: a fraction, or a moment where the book's
        conditions compare days. Ask our engine.""",
    ),
)

CODES: dict[str, CodeDoc] = {doc.code: doc for doc in _ALL}


def finding(code: str, message: str, file: str, help: str = "") -> Diagnostic:
    """A diagnostic for a whole file of another format: its reader tells no places."""
    return Diagnostic(code, CODES[code].severity, message, Span(file, 1, 1, 1, 1), help)


class Refused(Exception):
    """Ends an import or export with what was wrong."""

    def __init__(self, *found: Diagnostic, construct: str = "") -> None:
        super().__init__(found[0].message)
        self.found = list(found)
        self.construct = construct
        """What cannot be taken over, by the name under which the refusals are counted."""
