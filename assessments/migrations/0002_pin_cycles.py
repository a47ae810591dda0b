from django.db import migrations

from spr_portal.frozen import pin, unpin

TABLE = "assessments_cycle"


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_initial")]

    operations = [
        migrations.RunPython(
            lambda apps, editor: pin(editor.connection, TABLE),
            lambda apps, editor: unpin(editor.connection, TABLE),
        )
    ]
