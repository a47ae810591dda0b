from django.db import migrations

from spr_portal.frozen import freeze, thaw

TABLE = "audit_auditevent"


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunPython(
            lambda apps, editor: freeze(editor.connection, TABLE),
            lambda apps, editor: thaw(editor.connection, TABLE),
        )
    ]
