from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from atalaia.desk.audit.guard import lay_guard, lift_guard


def lay(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    lay_guard(schema_editor.connection)


def lift(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    lift_guard(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(lay, lift)]
