"""Everything that is measured, one after the other; ends with status 1 over a budget.

make bench
"""

import subprocess
import sys
from pathlib import Path

MEASURES = {
    "Pages, en multiples d’une vue qui répond « ok »": "benchmarks.pages",
    "Plan de 300 fiches dans un Chromium": "benchmarks.plan",
    "Bilan dans chaque format, et PDF à côté de Chromium": "benchmarks.formats",
    "Import d’un classeur de 500 actions et 5 000 valeurs": "benchmarks.importation",
}


def main() -> int:
    root = Path(__file__).resolve().parent.parent
    statuses = []
    for title, module in MEASURES.items():
        print(f"— {title}", flush=True)
        statuses.append(subprocess.run([sys.executable, "-m", module], cwd=root).returncode)
    return max(statuses)


if __name__ == "__main__":
    raise SystemExit(main())
