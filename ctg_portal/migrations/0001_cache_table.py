"""Create the table of the shared cache, so that `migrate` alone makes an installation ready."""

from django.core.management import call_command
from django.db import migrations


def create_cache_table(apps, schema_editor):
    """Do nothing where the table is there already, or where CACHE_URL names another cache."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [migrations.RunPython(create_cache_table, migrations.RunPython.noop)]
