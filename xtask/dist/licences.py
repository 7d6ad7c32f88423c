"""The licences of all packages that are linked into a program, in one text."""
import hashlib
import re

# Names of files that contain a licence, a notice, or names that a licence requires to be distributed.
NAMES = re.compile(r"^(licen[cs]e|copying|copyright|notice|unlicense|ofl)", re.IGNORECASE)

# Endings of files that are not texts, or that repeat a text in another format.
NOT_TEXTS = re.compile(r"\.(rs|py|html|json|toml|sh|png)$", re.IGNORECASE)

HEAD = """\
scalewright is linked with the packages below, each under the licence that is named beside it. The numbered licence
texts follow the list; a text that is identical in several packages is printed once.

"""

# The remark on a package that contains no licence text.
NO_TEXT = "the package contains no licence text"


def texts_of(package):
    """Return the texts of licences and notices in a package's folder, by file name."""
    found = {}
    for path in sorted([*package.folder.glob("*"), *package.folder.glob("*/*")]):
        wanted = NAMES.match(path.name) or path.parent.name.lower() == "licenses"
        if path.is_file() and wanted and not NOT_TEXTS.search(path.name):
            text = path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n")
            found[path.relative_to(package.folder).as_posix()] = text.strip("\n") + "\n"
    return found


def standard_texts(packages):
    """Return the most common text of each simple licence, for packages that contain none."""
    counts = {}
    for package in packages:
        texts = texts_of(package)
        for licence in alternatives(package.licence):
            for name, text in texts.items():
                if len(texts) == 1 or licence.split("-")[0].lower() in name.lower():
                    counts.setdefault(licence, {}).setdefault(text, 0)
                    counts[licence][text] += 1
    return {
        licence: max(sorted(found), key=found.get) for licence, found in sorted(counts.items())
    }


def alternatives(licence):
    """Return the licences that an SPDX expression names."""
    return [word for word in re.split(r"\s+(?:OR|AND)\s+|[()]", licence) if word.strip()]


def third_party(packages):
    """Return the whole text, and the packages for which no licence text is known.

    `packages` are the third-party packages.
    """
    standard = standard_texts(packages)
    numbers, lines, lacking = {}, [], []

    def number(text):
        key = hashlib.sha256(text.encode()).hexdigest()
        return numbers.setdefault(key, (len(numbers) + 1, text))[0]

    for package in packages:
        texts = list(texts_of(package).values())
        remark = ""
        if not texts:
            texts = [standard[one] for one in alternatives(package.licence) if one in standard]
            remark = f"; {NO_TEXT}, so the usual text is cited" if texts else f"; {NO_TEXT}"
            if package.authors:
                remark += "; by " + ", ".join(package.authors)
        if not texts:
            lacking.append(package.ref)
        cited = ", ".join(str(one) for one in sorted({number(text) for text in texts}))
        lines.append(f"{package.name} {package.version}: {package.licence}\n    {package.repository}\n    texts: {cited or '-'}{remark}\n")
    rule = "-" * 80
    bodies = [f"{rule}\n{at}\n{rule}\n\n{text}\n" for at, text in numbers.values()]
    return HEAD + "".join(lines) + "\n" + "".join(bodies), lacking
