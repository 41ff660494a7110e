"""Print the OpenAPI description of the desk; generate.py runs it.

It needs a folder in which it makes an installation that lives as long as it runs.
"""

import json
import os
import sys
from pathlib import Path

import django

from atalaia.desk.settings.installation import (
    DATA_VARIABLE,
    SECRETS_VARIABLE,
    create_secrets,
    read_installation,
)
from atalaia.warehouse.place import create_place


def main(folder: Path) -> None:
    """Set Django up for an empty desk and print what its interface says of itself."""
    create_place(folder / "data")
    os.environ[DATA_VARIABLE] = str(folder / "data")
    os.environ[SECRETS_VARIABLE] = str(folder / "secrets")
    os.environ["DJANGO_SETTINGS_MODULE"] = "atalaia.desk.settings.project"
    create_secrets(read_installation())
    django.setup()
    from atalaia.desk.api.assembly import api  # noqa: PLC0415 (needs Django set up)

    described = api.get_openapi_schema()
    print(json.dumps(described, indent=2, ensure_ascii=False, sort_keys=True))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
