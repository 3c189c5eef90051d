"""Draw the illustrations of the invented convention "Vallées Fictives".

Usage: ``python demo/draw_pictures.py [FOLDER]``; FOLDER defaults to the ``images`` folder of
the convention. Needs Pillow only. Writes eleven flat-colour JPEG pictures of 1600 × 1066
pixels. Same version of Pillow, same bytes: every random choice is seeded.
"""

from __future__ import annotations

import sys
from pathlib import Path

import drawing_interiors
import drawing_landscapes
from drawing_surface import CREAM, Picture

DEFAULT_FOLDER = Path(__file__).parent / "vallees-fictives-2024-2028" / "images"

PICTURES = {
    "vallees": drawing_landscapes.draw_valleys,
    "carte": drawing_landscapes.draw_map,
    "jardin-creche": drawing_landscapes.draw_garden,
    "coin-lecture": drawing_interiors.draw_reading_corner,
    "atelier": drawing_interiors.draw_workshop,
    "hangar": drawing_interiors.draw_hangar,
    "ludotheque": drawing_interiors.draw_toy_library,
    "camion-bleu": drawing_landscapes.draw_truck,
    "minibus": drawing_landscapes.draw_minibus,
    "veillee": drawing_interiors.draw_lullabies,
    "tour-de-table": drawing_interiors.draw_round_table,
}


def draw_all(folder: Path) -> list[Path]:
    """Write every picture into the folder, created if need be, and return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, draw in PICTURES.items():
        picture = Picture(CREAM)
        draw(picture)
        files.append(folder / f"{name}.jpg")
        picture.save(files[-1])
    return files


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_FOLDER
    for file in draw_all(target):
        sys.stdout.write(f"{file.name} : {file.stat().st_size // 1024} ko\n")
