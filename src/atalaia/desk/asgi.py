"""The desk as an ASGI application."""

import os
from datetime import UTC, datetime

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "atalaia.desk.settings.project")
application = get_asgi_application()

# The desk's apps can be imported only now that Django knows its settings.
from django.conf import settings  # noqa: E402 (see above)

from atalaia.desk.rooms.metrics.opening_ahead import open_ahead  # noqa: E402 (see above)
from atalaia.desk.rooms.metrics.reading import the_lookout  # noqa: E402 (see above)

open_ahead(the_lookout(), now=settings.CLOCK.at(datetime.now(UTC)))
