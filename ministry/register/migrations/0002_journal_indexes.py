"""What the Journal explorer is found by: the records of one act, outcome or kind in the order of their numbers.

Nearly every record is an act that was permitted; the indexes of kinds and outcomes hold the others alone. They are
written out, since SQLite uses such an index only where a query has the same words (`outcome <> 'permitted'`).
"""

from django.db import migrations

INDEXES = {
    "journal_act": "(act, number)",
    "journal_outcome": "(outcome, number) WHERE outcome <> 'permitted'",
    "journal_kind": "(kind, number) WHERE kind <> 'act'",
}


class Migration(migrations.Migration):
    dependencies = [("register", "0001_initial")]
    operations = [
        migrations.RunSQL(
            f"CREATE INDEX {name} ON register_record {of}",
            f"DROP INDEX {name}",
        )
        for name, of in INDEXES.items()
    ]
