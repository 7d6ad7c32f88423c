"""A software bill of materials (SBOM): CycloneDX 1.6 as JSON, with the same bytes for the same packages."""
import hashlib
import json
import uuid


def bom(packages, target):
    """Return the document for the program on a target. `packages[0]` is the program's own package."""
    main, *others = packages
    described = component(main, "application")
    described["properties"] = [{"name": "cargo:target", "value": target}]
    document = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": described},
        "components": [component(package, "library") for package in others],
        "dependencies": [{"ref": one.ref, "dependsOn": list(one.needs)} for one in packages],
    }
    # The serial number is derived from the content: a random one would make every build different.
    digest = hashlib.sha256(json.dumps(document, sort_keys=True).encode()).digest()
    document["serialNumber"] = f"urn:uuid:{uuid.UUID(bytes=digest[:16], version=4)}"
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def component(package, kind):
    """Return a package as a component of the document."""
    described = {
        "type": kind,
        "bom-ref": package.ref,
        "name": package.name,
        "version": package.version,
        "licenses": [{"expression": package.licence}],
    }
    if package.description:
        described["description"] = package.description
    if package.checksum:
        described["purl"] = f"pkg:cargo/{package.name}@{package.version.replace('+', '%2B')}"
        described["hashes"] = [{"alg": "SHA-256", "content": package.checksum}]
    if package.repository.startswith("https://"):
        described["externalReferences"] = [{"type": "vcs", "url": package.repository}]
    return described
