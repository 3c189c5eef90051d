"""Stored files as answers that no browser can be tricked into running."""

from pathlib import PurePosixPath

from django.http import FileResponse
from django.utils.text import slugify

PDF = "application/pdf"
#: What a browser may show by itself, by the extension under which the portal stored the file.
#: Everything else is handed over as bytes to keep, whatever it claims to be.
SHOWN = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".pdf": PDF,
}
BYTES = "application/octet-stream"
# Stricter than the policy of the pages, which leaves a header that stands already: a file runs
# nothing, loads nothing and belongs to no origin.
SANDBOX = "default-src 'none'; sandbox"
# The PDF viewers of browsers are plug-ins, which a sandbox shuts out: the page would stay blank.
# They isolate the document themselves, and `nosniff` keeps it from being read as a page.
PDF_POLICY = "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


def serve(fichier, nom: str) -> FileResponse:
    """Stream a FieldFile, named after `nom` for whoever keeps it.

    The path is the one that the database holds: nothing of the request leads to it. Raises
    FileNotFoundError when the storage has lost the file.
    """
    return serve_stored(fichier.storage, fichier.name, nom)


def serve_stored(storage, chemin: str, nom: str) -> FileResponse:
    """The same for a file that no field of a model names; the caller answers for its path."""
    suffix = PurePosixPath(chemin).suffix.lower()
    response = FileResponse(
        storage.open(chemin, "rb"),
        as_attachment=suffix not in SHOWN,
        filename=f"{slugify(nom) or 'document'}{suffix}",
        content_type=SHOWN.get(suffix, BYTES),
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    is_pdf = response.headers["Content-Type"] == PDF
    response.headers["Content-Security-Policy"] = PDF_POLICY if is_pdf else SANDBOX
    return response
