"""The mails of the demonstration, which leave in files: the links that people are sent."""

import re


def newest_link(folder, *, to, like):
    """The address that holds `like` in the last mail that was sent to `to`."""
    for path in sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True):
        text = path.read_text(encoding="utf-8")
        links = [link for link in re.findall(r"https?://\S+", text) if like in link]
        if f"To: {to}" in text and links:
            return links[-1]
    raise LookupError(f"aucun courriel à {to} n’a de lien {like}")
