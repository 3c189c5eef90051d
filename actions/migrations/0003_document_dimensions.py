from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("actions", "0002_invitation")]

    operations = [
        migrations.AddField(
            model_name="document",
            name="largeur",
            field=models.PositiveIntegerField(
                editable=False, null=True, verbose_name="largeur en pixels"
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="hauteur",
            field=models.PositiveIntegerField(
                editable=False, null=True, verbose_name="hauteur en pixels"
            ),
        ),
    ]
