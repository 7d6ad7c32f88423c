"""A bill of materials (SBOM): CycloneDX 1.6 as JSON, the same bytes for the same packages."""
import hashlib
import json
import uuid


def bom(packages, target):
    """The document for the program, of which `packages[0]` is the main package, for a target."""
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
    # A serial number is to name the content; a random one would make every build another.
    digest = hashlib.sha256(json.dumps(document, sort_keys=True).encode()).digest()
    document["serialNumber"] = f"urn:uuid:{uuid.UUID(bytes=digest[:16], version=4)}"
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def component(package, kind):
    """A package as a component of the document."""
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
