"""The desk's settings for its tests: an installation that lives as long as the run.

`ATALAIA_TEST_DATABASE=postgresql` keeps the records in a real PostgreSQL server, which
is started here on a free port; without it they lie in a SQLite file.
"""

import os
import tempfile
from pathlib import Path

from atalaia.desk.settings.installation import create_secrets, read_installation
from atalaia.warehouse.place import create_place

FOLDER = Path(tempfile.mkdtemp(prefix="atalaia-desk-"))
create_place(FOLDER / "data")
os.environ["ATALAIA_DATA"] = str(FOLDER / "data")
os.environ["ATALAIA_SECRETS"] = str(FOLDER / "secrets")
os.environ.pop("ATALAIA_DATABASE", None)
if os.environ.get("ATALAIA_TEST_DATABASE") == "postgresql":
    from postgresql_server import address_of_new_server

    os.environ["ATALAIA_DATABASE"] = address_of_new_server(FOLDER / "server")
create_secrets(read_installation())

from atalaia.desk.settings.project import *  # noqa: E402, F403 (what it reads is set above)

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Argon2 takes long on purpose; what a test signs in with is no secret.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
