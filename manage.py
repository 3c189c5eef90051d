#!/usr/bin/env python3
"""Entry point of every administration command."""

import os
import sys


def main():
    """Run the command line, after saying in one line what the configuration lacks."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ctg_portal.settings")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        settings.DEBUG  # noqa: B018  (reading any setting loads them all)
    except ImproperlyConfigured as error:
        sys.exit(f"Le portail ne démarre pas : {error}")
    except ValueError as error:
        sys.exit(
            "Le portail ne démarre pas : une variable d’environnement a une valeur inattendue "
            f"({error})."
        )
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
