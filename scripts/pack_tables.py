"""Pack the TOML files of the package into ``cleaner/tables.json``, which starts read instead.

    python scripts/pack_tables.py

To be run whenever one of them was changed; a test says so.
"""

from __future__ import annotations

import json
import tomllib

from cleaner.tables import PACKED, checksum


def packed_tables() -> str:
    """The JSON text: the table in each TOML file of the package, by its checksum, one a line."""
    texts = (path.read_text("utf-8") for path in sorted(PACKED.parent.rglob("*.toml")))
    lines = (
        f'"{checksum(text)}":'
        + json.dumps(tomllib.loads(text), ensure_ascii=False, separators=(",", ":"))
        for text in texts
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    PACKED.write_text(packed_tables(), "utf-8")
