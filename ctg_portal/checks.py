"""System checks of an installation: what is missing, and the line to type."""

from ctypes.util import find_library

from django.core import checks

WEASYPRINT_LIBRARIES = (
    "gobject-2.0",
    "pango-1.0",
    "pangoft2-1.0",
    "harfbuzz",
    "harfbuzz-subset",
    "fontconfig",
)
WEASYPRINT_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig"


@checks.register(checks.Tags.compatibility)
def pdf_libraries(app_configs, **kwargs):
    """Warn when the system libraries of the PDF are absent: WeasyPrint then dies at import.

    The portal works without them, but for the download of the bilan as a PDF.
    """
    # Importing WeasyPrint costs a second: only where the quick look finds something missing, since
    # it may stand at a place that only WeasyPrint knows.
    if all(find_library(name) for name in WEASYPRINT_LIBRARIES):
        return []
    try:
        import weasyprint  # noqa: F401
    except OSError as error:
        return [
            checks.Warning(
                "La production des PDF n’est pas possible : "
                f"des bibliothèques du système manquent ({error}).",
                hint=f"Sous Debian ou Ubuntu : apt-get install {WEASYPRINT_PACKAGES}",
                id="ctg_portal.W001",
            )
        ]
    return []
