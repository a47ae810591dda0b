from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_a_correction_in_hand")]

    operations = [
        migrations.AddField(
            model_name="paragraphoverride",
            name="clears_withheld",
            field=models.BooleanField(default=False),
        ),
    ]
