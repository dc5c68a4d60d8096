"""What can be wrong with a log: L1xx what cannot be read, L2xx what is not proven."""

from __future__ import annotations

from writ.diagnostics import CodeDoc, Diagnostic, Severity, Span


class Refused(ValueError):
    """A text that is not of its format (L1xx), or a claim that the evidence does not bear out (L2xx).

    `line` counts from 1 within what was read; 0 is the whole of it.
    """

    def __init__(self, code: str, message: str, line: int = 0, help: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.line = line
        self.help = help

    def beneath(self, lines: int) -> Refused:
        """The same, of a text that `lines` lines stand above."""
        return Refused(self.code, self.message, self.line + lines if self.line else 0, self.help)

    def diagnostic(self, file: str) -> Diagnostic:
        """What the command line prints of it, where `file` is what was read."""
        line = max(self.line, 1)
        doc = CODES[self.code]
        return Diagnostic(
            self.code, doc.severity, self.message, Span(file, line, 1, line, 2), self.help
        )


def _error(code: str, name: str, summary: str, documentation: str) -> CodeDoc:
    return CodeDoc(code, name, Severity.ERROR, summary, " ".join(documentation.split()))


_ALL = (
    _error(
        "L101",
        "malformed-note",
        "a text is not a signed note",
        """A signed note is a text, an empty line, and signature lines that begin with an em dash (C2SP signed-note).
        What is longer than a note may be, has control characters, or has the same signature twice, is refused as a
        whole: nothing in it is believed. Ask whoever gave it for the bytes as the log served them.""",
    ),
    _error(
        "L102",
        "malformed-verifier-key",
        "a text is not a verifier key that can be used",
        """A verifier key is `NAME+ID+KEY`, where the id is computed from the name and the key (C2SP signed-note,
        *Verifier keys*). An id that does not fit means that name or key were changed or cut. The kinds that are known
        are Ed25519 (1), Ed25519 cosignatures (4) and ML-DSA-44 cosignatures (6).""",
    ),
    _error(
        "L103",
        "malformed-checkpoint",
        "the text of a note is not a checkpoint",
        """A checkpoint has the origin of the log, the size of its tree and the root hash, a line each (C2SP
        tlog-checkpoint). One that has not says nothing of a log, whoever signed it.""",
    ),
    _error(
        "L104",
        "malformed-policy",
        "a line of a policy cannot be read",
        """A policy has lines `log KEY`, `witness NAME KEY`, `group NAME K NAME...` and one `quorum NAME`; a name is
        declared above the line that uses it, and counts in one group only (C2SP tlog-policy). A policy is read whole or
        not at all, because a line left out would weaken it.""",
    ),
    _error(
        "L105",
        "malformed-receipt",
        "a receipt cannot be read",
        """A receipt is a C2SP tlog-proof: a heading, the record with its salt (`extra`), its place in the log
        (`index`), the hashes of the inclusion proof, an empty line, and a checkpoint. What is said of the line tells
        which part is amiss. Nothing was verified.""",
    ),
    _error(
        "L106",
        "malformed-tile",
        "a tile or a bundle of entries is not what its place in the log asks for",
        """A tile has 256 hashes of 32 bytes, or as many as its path says after `.p/`; a bundle as many entries, each
        with its length before it in two bytes (C2SP tlog-tiles).""",
    ),
    _error(
        "L107",
        "malformed-keys",
        "a list of signing keys, or a key file, cannot be used",
        """Every line of a list of keys is `key KEY from SIZE` or `key KEY from SIZE until SIZE`; at every size there is
        an Ed25519 key to sign with. A key file is PKCS #8 in PEM, of Ed25519 or ML-DSA-44, with a passphrase or
        without.""",
    ),
    _error(
        "L201",
        "record-not-included",
        "the record is not in the log at the place that the receipt says",
        """The record and its salt give a leaf of the tree; with the hashes of the inclusion proof it must give the root
        that the checkpoint states (RFC 6962, section 2.1.1). It does not: the record, the salt, the place or the
        checkpoint is not the one that the receipt was made of.""",
    ),
    _error(
        "L202",
        "unknown-log",
        "the policy names no such log",
        """The first line of a checkpoint says which log it is of, and the policy has no `log` line with a key of that
        name. Either the receipt is of another log, or the policy of another register.""",
    ),
    _error(
        "L203",
        "signature-invalid",
        "a signature by a key of the policy does not verify",
        """Name and id of the signature are those of a key that the policy trusts, and the signature is not one of that
        key over this text: the text was changed, or somebody else signed. The whole checkpoint is then refused (C2SP
        signed-note, *Signatures*).""",
    ),
    _error(
        "L204",
        "quorum-not-met",
        "fewer witnesses cosigned than the policy asks for",
        """A log can show one history to one reader and another to the next; that so many independent witnesses saw the
        same one is what rules it out. Without them the receipt proves only what the log itself says. Ask the log for a
        receipt with the cosignatures that are missing.""",
    ),
    _error(
        "L205",
        "histories-differ",
        "a later tree does not contain the earlier one",
        """The consistency proof does not lead from the earlier root to the later one (RFC 6962, section 2.1.2). If both
        checkpoints are signed by the log, it has rewritten its history; keep both, as they prove it.""",
    ),
    _error(
        "L206",
        "record-missing",
        "the receipt does not carry the record that it is of",
        """A leaf of the log is a salted commitment, which tells nothing of the record. Without the record and its salt
        (`extra`) the receipt shows only that something is in the log.""",
    ),
    _error(
        "L207",
        "log-signature-missing",
        "no key of the log signed the checkpoint",
        """The policy knows the log, and none of the signatures is by a key that it lists for it. The keys of the policy
        may be older or newer than the receipt: every key that the log ever signed with stays in the policy for as long
        as its receipts are to be verified.""",
    ),
)

CODES: dict[str, CodeDoc] = {doc.code: doc for doc in _ALL}
"""Every code of a log, with its documentation."""
