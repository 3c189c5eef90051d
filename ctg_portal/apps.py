from django.apps import AppConfig


class CtgPortalConfig(AppConfig):
    """The project as an app: it only brings the commands and the system checks."""

    name = "ctg_portal"
    verbose_name = "portail"

    def ready(self):
        from ctg_portal import checks  # noqa: F401  (registers the checks)
