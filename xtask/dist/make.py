"""Makes the files of a release from a built program. `cargo xtask dist` calls this script.

    make.py archive --root ROOT --program PROGRAM --target TRIPLE --extras FOLDER --out FOLDER [--level N]
    make.py wheel   --root ROOT --target TRIPLE --extras FOLDER --wheels FOLDER --out FOLDER [--level N]
    make.py sums    --out FOLDER

`--extras` is the folder with `completions/` and `man/`, which the program wrote.
"""
import argparse
import hashlib
import re
import shutil
import sys
from pathlib import Path

import archive
import bom
import licences
import packages
import wheel

# The path of each shell's completions, relative to `share/` in an environment.
SHELLS = {
    "scalewright.bash": "bash-completion/completions/scalewright",
    "_scalewright": "zsh/site-functions/_scalewright",
    "scalewright.fish": "fish/vendor_completions.d/scalewright.fish",
}

OWN = ["README.md", "CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT"]
FONTS = "crates/scalewright-pdf/fonts"


def documents(root, target):
    """Return the files that must accompany the program for a target: its SBOM, and the licences of linked packages."""
    linked = packages.linked(root, target)
    others = [one for one in linked if one.checksum]
    text, lacking = licences.third_party(others)
    if lacking:
        raise SystemExit(f"no licence text is known for: {', '.join(lacking)}")
    fonts = (root / FONTS / "OFL.txt").read_text(encoding="utf-8")
    print(f"dist: {len(linked)} packages, {text.count(licences.NO_TEXT)} of them without their own licence text")
    return {
        "scalewright.cdx.json": bom.bom(linked, target).encode(),
        "THIRD-PARTY.txt": text.encode(),
        "FONTS.txt": fonts.encode(),
    }


def make_archive(args):
    """Write the archive: program, completions, manual pages, documents."""
    version = version_of(args.root)
    top = f"scalewright-{version}-{args.target}"
    windows = "windows" in args.target
    files = {f"{top}/{name}": ((args.root / name).read_bytes(), False) for name in OWN}
    files |= {f"{top}/{name}": (data, False) for name, data in documents(args.root, args.target).items()}
    program = "scalewright.exe" if windows else "scalewright"
    files[f"{top}/{program}"] = (args.program.read_bytes(), True)
    for path in sorted(args.extras.rglob("*")):
        if path.is_file():
            name = path.relative_to(args.extras).as_posix()
            files[f"{top}/{name}"] = (path.read_bytes(), False)
    ending, write = (".zip", archive.zipped) if windows else (".tar.gz", archive.tar_gz)
    write(args.out / f"{top}{ending}", files, args.level)
    print(f"dist: {args.out / (top + ending)}")


def make_wheel(args):
    """Complete the wheel that maturin made."""
    made = wheel.only_wheel(args.wheels)
    extra = {}
    for name, data in documents(args.root, args.target).items():
        folder = "sboms" if name.endswith(".cdx.json") else "licenses"
        extra[f"dist-info/{folder}/{name}"] = data
    for path in sorted((args.extras / "man").glob("*.1")):
        extra[f"data/share/man/man1/{path.name}"] = path.read_bytes()
    for name, place in SHELLS.items():
        extra[f"data/share/{place}"] = (args.extras / "completions" / name).read_bytes()
    wheel.complete(made, extra, args.level)
    shutil.move(made, args.out / made.name)
    print(f"dist: {args.out / made.name} ({wheel.platform_of(made)})")


def make_sums(args):
    """Write SHA256SUMS for all files in the folder, in the format of `sha256sum --check`."""
    names = sorted(one.name for one in args.out.iterdir() if one.is_file() and one.name != "SHA256SUMS")
    lines = [f"{hashlib.sha256((args.out / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (args.out / "SHA256SUMS").write_text("".join(lines), encoding="utf-8", newline="\n")
    print(f"dist: {args.out / 'SHA256SUMS'}: {len(names)} files")


def version_of(root):
    """Return the version of the workspace."""
    text = (root / "Cargo.toml").read_text(encoding="utf-8")
    return re.search(r'^\[workspace\.package\]\nversion = "(.*)"$', text, re.MULTILINE)[1]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["archive", "wheel", "sums"])
    for name in ["root", "program", "extras", "wheels", "out"]:
        parser.add_argument(f"--{name}", type=Path)
    parser.add_argument("--target")
    parser.add_argument("--level", type=int, default=9, help="compression level, 0 to 9")
    return parser.parse_args()


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    ARGS = arguments()
    ARGS.out = ARGS.out.resolve()
    if ARGS.root:
        ARGS.root = ARGS.root.resolve()
    {"archive": make_archive, "wheel": make_wheel, "sums": make_sums}[ARGS.what](ARGS)
