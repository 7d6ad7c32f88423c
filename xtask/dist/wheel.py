"""Completes a wheel that maturin built: manual pages, completions, licences and SBOM, and bytes that are always the same."""
import base64
import hashlib
import re
import zipfile
from pathlib import Path

import archive


def complete(wheel, extra, level=9):
    """Rewrites the file `wheel` with `extra` (name: bytes), whose names begin with `data/` or `dist-info/`.

    `data/` is installed below the root of the environment (`data/share/man`, …), `dist-info/` beside the metadata.
    """
    with zipfile.ZipFile(wheel) as packed:
        files = {
            one.filename: (packed.read(one), bool((one.external_attr >> 16) & 0o111))
            for one in packed.infolist()
            if not one.is_dir()
        }
    info = next(name.split("/")[0] for name in files if name.endswith(".dist-info/METADATA"))
    stem = info.removesuffix(".dist-info")
    for name, data in extra.items():
        kind, rest = name.split("/", 1)
        files[f"{stem}.data/data/{rest}" if kind == "data" else f"{info}/{rest}"] = (data, False)
    record = f"{info}/RECORD"
    files.pop(record)
    files[record] = (record_of(files, record).encode(), False)
    archive.zipped(wheel, files, level)


def record_of(files, record):
    """The list of a wheel's files with their hashes, which pip verifies; it cannot list its own hash."""
    lines = []
    for name, (data, _) in sorted(files.items()):
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        lines.append(f"{name},sha256={digest},{len(data)}\n")
    return "".join(lines) + f"{record},,\n"


def only_wheel(folder):
    """The one wheel in a folder."""
    found = sorted(Path(folder).glob("*.whl"))
    if len(found) != 1:
        raise SystemExit(f"expected one wheel in {folder}, found {[one.name for one in found]}")
    return found[0]


def platform_of(wheel):
    """The last part of a wheel's name: where it can be installed."""
    return re.search(r"-([^-]+)\.whl$", Path(wheel).name)[1]
