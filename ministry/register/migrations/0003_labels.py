"""The label of a record, as of everything that is marked. The column is there: nothing of the table is changed.

It says so apart, since SQLite would build the table anew and lose the indexes of the explorer.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("register", "0002_journal_indexes")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="record",
                    name="label",
                    field=models.CharField(
                        blank=True, default="", help_text="empty: open", max_length=40
                    ),
                ),
            ]
        )
    ]
