"""A book as LegalRuleML Core 1.0 (OASIS Standard, 30 August 2021), in its compact serialisation."""
