"""Contact sheets of the pictures of `make captures`, a page that lists them, the README's two.

.venv/bin/python -m tests.audit.planches [--readme]
"""

import argparse
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from html import escape
from itertools import product

from PIL import Image, ImageDraw, ImageFont

from .captures import (
    DOCUMENTS,
    FOLDER,
    IMPRESSION,
    PAGES,
    PLANCHES,
    PROJECT,
    ROLES,
    SCHEMES,
    WIDTHS,
)

GREY, INK = "#8a8f96", "#14171a"
MARGIN, LABEL = 16, 26
# By width of window: the width of a small picture, how many side by side, and where it is cut.
SHAPES = {1440: (460, 4, 760), 768: (300, 6, 760), 390: (190, 10, 1000)}
ROWS = 3
README = PROJECT / "docs" / "images"
# The fiche of the bilan that the README shows: its figures, its écarts and its money on one page.
README_HEIGHT = 1230  # of the dashboard: down to the last axe
README_PAGE = ("Tenir des cafés des parents dans les bibliothèques", "Résultats attendus")


def draw_sheets(role, width, scheme) -> list:
    """Lay the pictures of this person, width and scheme on as many sheets as they need."""
    pictures = sorted((PAGES / role).glob(f"*-{width}-{scheme}.png"))
    columns = SHAPES[width][1]
    by_sheet = columns * ROWS
    sheets = []
    for number, start in enumerate(range(0, len(pictures), by_sheet), start=1):
        path = PLANCHES / f"{role}-{width}-{scheme}-{number}.png"
        draw_sheet(pictures[start : start + by_sheet], width).save(path)
        sheets.append(path)
    return sheets


def draw_sheet(pictures, width):
    """One sheet: rows of small pictures, each under the name of its page."""
    small, columns, most = SHAPES[width]
    rows = [pictures[start : start + columns] for start in range(0, len(pictures), columns)]
    drawn = [[shrink(picture, small, most) for picture in row] for row in rows]
    heights = [max(image.height for image in row) + LABEL + MARGIN for row in drawn]
    sheet = Image.new("RGB", (columns * (small + MARGIN) + MARGIN, sum(heights) + MARGIN), GREY)
    pen = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(size=15)
    top = MARGIN
    for row, images, height in zip(rows, drawn, heights, strict=True):
        for column, (picture, image) in enumerate(zip(row, images, strict=True)):
            left = MARGIN + column * (small + MARGIN)
            pen.text((left, top), name_of(picture)[: small // 8], fill=INK, font=font)
            sheet.paste(image, (left, top + LABEL))
        top += height
    return sheet


def shrink(picture, small, most):
    """The picture at this width, cut where the sheet would become too long."""
    with Image.open(picture) as image:
        scale = small / image.width
        top = image.crop((0, 0, image.width, min(image.height, int(most / scale))))
        return top.convert("RGB").resize((small, max(1, int(top.height * scale))))


def name_of(picture):
    """« tableau-1440-light.png » gives « tableau »."""
    return picture.stem.rsplit("-", 2)[0]


def write_index(sheets):
    """A plain page that leads to every sheet, every picture and every print."""
    parts = ["<!DOCTYPE html><html lang='fr'><meta charset='utf-8'><title>Captures</title>"]
    parts.append(f"<h1>Captures</h1><h2>Planches</h2>{links(sheets)}")
    for role in ROLES:
        parts.append(f"<h2>{role}</h2>")
        for width in WIDTHS:
            for scheme in SCHEMES:
                pictures = sorted((PAGES / role).glob(f"*-{width}-{scheme}.png"))
                parts.append(f"<h3>{width} px, {scheme}</h3>{links(pictures)}")
        parts.append(f"<h3>Impression</h3>{links(sorted((IMPRESSION / role).glob('*.pdf')))}")
    parts.append(f"<h2>Documents</h2>{links(sorted(DOCUMENTS.glob('*.pdf')))}</html>")
    index = FOLDER / "index.html"
    index.write_text("\n".join(parts), encoding="utf-8")
    return index


def links(paths):
    items = (f"<li><a href='{escape(str(p.relative_to(FOLDER)))}'>{p.stem}</a>" for p in paths)
    return f"<ul>{''.join(items)}</ul>"


def refresh_readme():
    """Replace the README's two pictures: the dashboard, and a page of the printed bilan."""
    with Image.open(PAGES / "coordination" / "tableau-1440-light.png") as dashboard:
        keep(dashboard.crop((0, 0, dashboard.width, README_HEIGHT)), "tableau-de-bord")
    bilan = DOCUMENTS / "bilan.pdf"
    text = subprocess.run(
        ["pdftotext", "-layout", bilan, "-"], check=True, capture_output=True, text=True
    ).stdout
    pages = enumerate(text.split("\f"), start=1)
    number = str(next(n for n, page in pages if all(words in page for words in README_PAGE)))
    stem = DOCUMENTS / "bilan-readme"
    arguments = ["-r", "90", "-f", number, "-l", number, "-singlefile", "-png"]
    subprocess.run(["pdftoppm", *arguments, bilan, stem], check=True)
    with Image.open(stem.with_suffix(".png")) as page:
        keep(page, "bilan")


def keep(image, name):
    """Save among the pictures of the README, in as few colours as the eye asks for."""
    image.convert("RGB").quantize(128).save(README / f"{name}.png", optimize=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readme", action="store_true", help="refresh the README's pictures")
    arguments = parser.parse_args()
    if not PAGES.exists():
        sys.exit("Aucune image : Chromium est-il installé ?")
    PLANCHES.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor() as pool:
        drawn = pool.map(draw_sheets, *zip(*product(ROLES, WIDTHS, SCHEMES), strict=True))
        sheets = [sheet for some in drawn for sheet in some]
    if arguments.readme:
        refresh_readme()
    sys.stdout.write(f"{len(sheets)} planches : {write_index(sheets)}\n")


if __name__ == "__main__":
    main()
