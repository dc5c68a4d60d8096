"""What the Book guarantees: assurances proved or refuted, and what an amendment really changes (extra `writ[proof]`).

Nothing else of `writ` needs it, nor the solver beneath it.
"""
