"""Entry point of an ASGI server; the portal itself is synchronous."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ctg_portal.settings")

application = get_asgi_application()
