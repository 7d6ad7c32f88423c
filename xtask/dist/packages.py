"""The packages that a program is linked from, as cargo knows them."""
import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Package:
    """One package of the program.

    `licence` is an SPDX expression, `checksum` the SHA-256 of the package file in the registry (hexadecimal; None for
    our own packages), `needs` the bom-refs of the packages that it depends on directly.
    """

    name: str
    version: str
    licence: str
    authors: tuple
    repository: str
    description: str
    folder: Path
    checksum: str | None
    needs: tuple

    @property
    def ref(self):
        return f"{self.name}@{self.version}"


def cargo(root, *args):
    """What `cargo ARGS` prints, run in `root`."""
    done = subprocess.run(["cargo", *args], cwd=root, check=True, stdout=subprocess.PIPE)
    return done.stdout.decode()


def linked(root, target):
    """The packages that `scalewright` is linked from for the target, its own first, then sorted by name and version.

    Procedural macros are among them, because code that they write is in the program; what runs only at build time is not.
    """
    tree = cargo(
        root, "tree", "--locked", "--package", "scalewright", "--target", target,
        "--edges", "normal", "--prefix", "none", "--format", "{p}",
    )
    names = {tuple(line.split()[:2]) for line in tree.splitlines() if line.strip()}
    metadata = json.loads(
        cargo(root, "metadata", "--locked", "--format-version", "1", "--filter-platform", target)
    )
    checksums = checksums_of((root / "Cargo.lock").read_text(encoding="utf-8"))
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    chosen = {
        package["id"]: package
        for package in metadata["packages"]
        if (package["name"], "v" + package["version"]) in names
    }
    packages = [
        package_of(package, nodes[identity], chosen, checksums) for identity, package in chosen.items()
    ]
    missing = names - {(package.name, "v" + package.version) for package in packages}
    if missing:
        raise SystemExit(f"cargo metadata lacks {sorted(missing)}")
    return sorted(packages, key=lambda one: (one.name != "scalewright", one.name, one.version))


def package_of(package, node, chosen, checksums):
    """A package as cargo's metadata describes it."""
    needs = {
        f"{chosen[edge['pkg']]['name']}@{chosen[edge['pkg']]['version']}"
        for edge in node["deps"]
        if edge["pkg"] in chosen and any(kind["kind"] is None for kind in edge["dep_kinds"])
    }
    return Package(
        name=package["name"],
        version=package["version"],
        licence=expression(package["license"]),
        authors=tuple(package["authors"]),
        repository=package["repository"] or "",
        description=" ".join((package["description"] or "").split()),
        folder=Path(package["manifest_path"]).parent,
        checksum=checksums.get((package["name"], package["version"])) if package["source"] else None,
        needs=tuple(sorted(needs)),
    )


def expression(licence):
    """An SPDX expression; before there were any, packages wrote `MIT/Apache-2.0`."""
    return re.sub(r"\s*/\s*", " OR ", licence or "NOASSERTION")


def checksums_of(lock):
    """The checksums in the text of a `Cargo.lock`, by name and version."""
    found = {}
    for block in lock.split("[[package]]")[1:]:
        value = lambda key: re.search(rf'^{key} = "(.*)"$', block, re.MULTILINE)
        checksum = value("checksum")
        if checksum:
            found[value("name")[1], value("version")[1]] = checksum[1]
    return found
