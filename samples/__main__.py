"""`python -m samples`: draws the sample dossiers anew, the same for the same seed."""

import argparse
import sys
from pathlib import Path

from samples.dossiers import draw_dossiers
from samples.fonts import SPLITS, FontMissing

SEED = 20261116
COUNT = 24


def main() -> int:
    """Draws them; returns 1 with a sentence where a font is missing."""
    parser = argparse.ArgumentParser(prog="python -m samples", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "dossiers", help="folder to write to")
    parser.add_argument("--seed", type=int, default=SEED, help="the same seed draws the same dossiers")
    parser.add_argument("--count", type=int, default=COUNT, help="how many dossiers")
    parser.add_argument("--split", choices=SPLITS, default="demo", help="layouts, wordings and fonts to use")
    parser.add_argument("--first", type=int, default=0, help="number of the first dossier, from 0")
    parser.add_argument("--rich", action="store_true", help="only dossiers with a contradiction or a stray paper")
    asked = parser.parse_args()
    try:
        folders = draw_dossiers(asked.out, asked.seed, asked.count, asked.split, asked.first, rich=asked.rich)
    except FontMissing as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{len(folders)} dossiers in {asked.out}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
