"""The licences of all packages that a program is linked from, in one text."""
import hashlib
import re

# How the files are called that hold a licence, a notice or names that a licence asks to be passed on.
NAMES = re.compile(r"^(licen[cs]e|copying|copyright|notice|unlicense|ofl)", re.IGNORECASE)

# Not texts, or the same again as a page.
NOT_TEXTS = re.compile(r"\.(rs|py|html|json|toml|sh|png)$", re.IGNORECASE)

HEAD = """\
scalewright is linked from the packages below, each under the licence that is named beside it. Their texts follow,
numbered; a text that several packages have word for word is printed once.

"""

# Stands in for the text where a package came without one.
NO_TEXT = "the package has no file with it"


def texts_of(package):
    """The texts of licences and notices in a package's folder, by file name."""
    found = {}
    for path in sorted([*package.folder.glob("*"), *package.folder.glob("*/*")]):
        wanted = NAMES.match(path.name) or path.parent.name.lower() == "licenses"
        if path.is_file() and wanted and not NOT_TEXTS.search(path.name):
            text = path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n")
            found[path.relative_to(package.folder).as_posix()] = text.strip("\n") + "\n"
    return found


def standard_texts(packages):
    """For each simple licence the text that most packages carry under it: for those that carry none."""
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
    """The licences that an expression names."""
    return [word for word in re.split(r"\s+(?:OR|AND)\s+|[()]", licence) if word.strip()]


def third_party(packages):
    """The whole text, and the packages for which no licence text could be found.

    `packages` are those of other people.
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
            remark = f"; {NO_TEXT}, this is the usual one" if texts else f"; {NO_TEXT}"
            if package.authors:
                remark += "; by " + ", ".join(package.authors)
        if not texts:
            lacking.append(package.ref)
        cited = ", ".join(str(one) for one in sorted({number(text) for text in texts}))
        lines.append(f"{package.name} {package.version}: {package.licence}\n    {package.repository}\n    texts: {cited or '-'}{remark}\n")
    rule = "-" * 80
    bodies = [f"{rule}\n{at}\n{rule}\n\n{text}\n" for at, text in numbers.values()]
    return HEAD + "".join(lines) + "\n" + "".join(bodies), lacking
