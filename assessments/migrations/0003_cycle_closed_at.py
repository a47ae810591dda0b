from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0002_pin_cycles'),
    ]

    operations = [
        migrations.AddField(
            model_name='cycle',
            name='closed_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
