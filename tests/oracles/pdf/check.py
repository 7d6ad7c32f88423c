"""Asks other people's tools whether PDF files are sound, tagged, accessible and archivable.

    python3 -m venv /tmp/pdf-oracle && /tmp/pdf-oracle/bin/pip install -r tests/oracles/pdf/requirements.txt
    /tmp/pdf-oracle/bin/python tests/oracles/pdf/check.py form.pdf ...

One line is printed for each file. The exit code is 1 when any file fails, and 2 when a tool is missing.

- qpdf: the file's structure and streams are sound.
- pdfinfo: it can be read, is tagged, and has pages and a title.
- page-validation: it keeps PDF/UA-1 and PDF/A-3a.
"""

import re
import shutil
import subprocess
import sys
from collections import Counter

MISREAD_LENGTH = "PDFA3A-STREAM-LENGTH-001"
TOOLS = {"qpdf": "apt-get install qpdf", "pdfinfo": "apt-get install poppler-utils"}

try:
    import page as validator
except ImportError:
    validator = None


def missing():
    """How to install what is not there."""
    absent = [f"{tool} is missing: {cure}" for tool, cure in TOOLS.items() if shutil.which(tool) is None]
    if validator is None:
        absent.append("page-validation is missing: pip install -r tests/oracles/pdf/requirements.txt")
    return absent


def run(*command):
    """The exit code and all output of a command."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return done.returncode, done.stdout.decode("utf-8", "replace")


def structure(path):
    """What qpdf finds wrong; its warnings count."""
    code, output = run("qpdf", "--check", path)
    return [] if code == 0 else [f"qpdf: {output.strip().splitlines()[-1]}"]


def information(path):
    """The number of pages, and what pdfinfo finds lacking."""
    code, output = run("pdfinfo", path)
    if code != 0:
        return 0, [f"pdfinfo: {output.strip().splitlines()[-1]}"]
    facts = {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in output.splitlines())}
    pages = int(facts.get("Pages", 0))
    wrong = []
    if pages < 1:
        wrong.append("no pages")
    if facts.get("Tagged") != "yes":
        wrong.append("not tagged")
    if not facts.get("Title"):
        wrong.append("no title")
    return pages, wrong


def lengths_are_right(path):
    """Whether every stream is as long as it says it is."""
    with open(path, "rb") as file:
        data = file.read()
    streams = re.finditer(rb"/Length (\d+)\b(?:(?!stream).)*?stream\r?\n", data, re.DOTALL)
    ends = (data[stream.end() + int(stream[1]) :][:12] for stream in streams)
    return all(end.lstrip(b"\r\n").startswith(b"endstream") for end in ends)


def conformance(path):
    """Rules of each standard that are broken, and how often.

    page-validation 0.11.0 looks for the end of a stream instead of reading its length, and so takes a last byte
    of data that happens to be a carriage return for part of the line end. Where the lengths are right, that
    finding is dropped.
    """
    wrong = []
    for profile in (validator.ValidationProfile.PDF_UA_1, validator.ValidationProfile.PDF_A_3A):
        report = validator.validate_pdf(path, profile=profile)
        mistaken = MISREAD_LENGTH if lengths_are_right(path) else None
        failures = [failure for failure in report.failures if failure.rule_id != mistaken]
        rules = Counter(f"{failure.rule_id}: {failure.message}" for failure in failures)
        wrong += [f"{profile.name} {rule} ({count}x)" for rule, count in sorted(rules.items())]
        if not report.is_compliant and not report.failures:
            wrong.append(f"{profile.name}: not compliant")
    return wrong


def check(path):
    """Prints one line about a file; true when nothing is wrong."""
    pages, wrong = information(path)
    wrong += structure(path)
    try:
        wrong += conformance(path)
    except Exception as error:  # the validator is a young one, and its refusals are findings too
        wrong.append(f"page-validation: {error}")
    verdict = "; ".join(wrong) if wrong else f"ok, {pages} pages, tagged, PDF/UA-1, PDF/A-3a"
    print(f"{path}: {verdict}")
    return not wrong


def main(paths):
    """Checks every path."""
    absent = missing()
    if absent or not paths:
        print("\n".join(absent) or __doc__, file=sys.stderr)
        return 2
    return 0 if all([check(path) for path in paths]) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
