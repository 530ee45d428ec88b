"""Makes ``assets/places/communes.tsv.gz`` anew, once a year when INSEE has published its list:

    npm pack @etalab/decoupage-administratif && tar xzf etalab-decoupage-administratif-*.tgz
    PYTHONPATH=. .venv/bin/python .ci/communes.py package

Then put the year of the list into ``assets/places/NOTICE`` and look at what changed.
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path
from typing import Any

from kiosk.places import fold
from kiosk.resources import asset

TARGET = asset("places", "communes.tsv.gz")
PARTS = {
    "commune-deleguee": "chefLieu",
    "commune-associee": "chefLieu",
    "arrondissement-municipal": "commune",
}
"""Kinds of parts of communes -> the field that names the commune they belong to."""


def table(communes: list[dict[str, Any]], departments: list[dict[str, Any]]) -> bytes:
    """The bytes that :class:`kiosk.places.Places` reads."""
    whole = {one["code"]: one for one in communes if one["type"] == "commune-actuelle"}
    largest = sorted(whole.values(), key=lambda one: (-one.get("population", 0), one["code"]))
    lines = [_line(one, one, "") for one in largest if one.get("codesPostaux")]
    parts = [one for one in communes if one["type"] in PARTS]
    for one in sorted(parts, key=lambda one: (PARTS[one["type"]], one["code"])):
        owner = whole.get(one[PARTS[one["type"]]])
        if owner is not None and owner["nom"] != one["nom"]:
            lines.append(_line(one, owner, owner["nom"]))
    head = [f"{one['code']}\t{one['nom']}" for one in sorted(departments, key=lambda one: str(one["code"]))]
    columns = [head, *(list(column) for column in zip(*lines, strict=True))]
    return "\n\n".join("\n".join(column) for column in columns).replace("'", "’").encode()


def _line(one: dict[str, Any], owner: dict[str, Any], within: str) -> tuple[str, str, str]:
    # Of the postcodes of a commune nobody says which is that of its part.
    shared = owner["codesPostaux"] if len(owner["codesPostaux"]) == 1 else []
    postcodes = "".join(f" {code}" for code in one.get("codesPostaux", shared)) or " "
    return fold(one["nom"]), postcodes, "\t".join((one["nom"], owner["code"], within))


def main() -> int:
    """Read the unpacked package, write the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("package", type=Path, help="the unpacked package, with data/communes.json in it")
    data = parser.parse_args().package / "data"
    made = table(_rows(data / "communes.json"), _rows(data / "departements.json"))
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(gzip.compress(made, 9, mtime=0))
    print(f"{TARGET}: {TARGET.stat().st_size // 1000} kB")
    return 0


def _rows(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return found


if __name__ == "__main__":
    raise SystemExit(main())
