from django.db import migrations

from spr_portal.frozen import freeze, thaw

TABLES = ("reports_issuedpaper", "reports_issuedfile")


def freeze_all(apps, editor):
    for table in TABLES:
        freeze(editor.connection, table)


def thaw_all(apps, editor):
    for table in TABLES:
        thaw(editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [migrations.RunPython(freeze_all, thaw_all)]
