"""`make axe`: fetches axe-core, which tests pages for accessibility, by name from npm into tests/hulp/.

Shipped as it is, with its licence; the version is in the file's first line and in AXE_VERSION here.
"""

from __future__ import annotations

import subprocess
import tarfile
import tempfile
from pathlib import Path

AXE_VERSION = "4.14.1"
TARGET = Path(__file__).resolve().parent.parent / "tests" / "hulp"
FILES = {
    "package/axe.min.js": "axe.min.js",
    "package/LICENSE": "axe.LICENSE.txt",
    "package/LICENSE-3RD-PARTY.txt": "axe.LICENSE-3RD-PARTY.txt",
}


def main() -> None:
    """Writes the files of FILES; raises CalledProcessError when npm cannot fetch the package."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        pack = ["npm", "pack", "--silent", f"axe-core@{AXE_VERSION}", "--pack-destination", folder]
        subprocess.run(pack, check=True, stdout=subprocess.DEVNULL)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            for name, target in FILES.items():
                source = archive.extractfile(name)
                if source is None:
                    raise FileNotFoundError(name)
                (TARGET / target).write_bytes(source.read())


if __name__ == "__main__":
    main()
