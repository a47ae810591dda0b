from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("assessments", "0007_accepted_values"),
    ]

    operations = [
        migrations.AddField(
            model_name="response",
            name="typed_on",
            field=models.CharField(blank=True, max_length=24),
        ),
        migrations.AddField(
            model_name="response",
            name="typed_number",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
