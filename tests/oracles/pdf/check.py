"""Validates with third-party tools that PDF files are correct, tagged, accessible and archivable.

    python3 -m venv /tmp/pdf-oracle && /tmp/pdf-oracle/bin/pip install -r tests/oracles/pdf/requirements.txt
    /tmp/pdf-oracle/bin/python tests/oracles/pdf/check.py form.pdf ...

Prints one line for each file. The exit code is 1 if any file fails, and 2 if a tool is missing.

- qpdf: the structure and the streams of the file are correct.
- pdfinfo: it is readable and tagged, and has pages and a title.
- page-validation: it conforms to PDF/UA-1 and PDF/A-3a.
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
    """The missing tools, each with how to install it."""
    absent = [f"{tool} is missing: {cure}" for tool, cure in TOOLS.items() if shutil.which(tool) is None]
    if validator is None:
        absent.append("page-validation is missing: pip install -r tests/oracles/pdf/requirements.txt")
    return absent


def run(*command):
    """Runs a command. Returns its exit code and all its output."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return done.returncode, done.stdout.decode("utf-8", "replace")


def structure(path):
    """The problems that qpdf finds, including warnings."""
    code, output = run("qpdf", "--check", path)
    return [] if code == 0 else [f"qpdf: {output.strip().splitlines()[-1]}"]


def information(path):
    """The number of pages, and what is missing according to pdfinfo."""
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
    """Whether every stream has the length that it states."""
    with open(path, "rb") as file:
        data = file.read()
    streams = re.finditer(rb"/Length (\d+)\b(?:(?!stream).)*?stream\r?\n", data, re.DOTALL)
    ends = (data[stream.end() + int(stream[1]) :][:12] for stream in streams)
    return all(end.lstrip(b"\r\n").startswith(b"endstream") for end in ends)


def conformance(path):
    """The violated rules of each standard, with their number.

    page-validation 0.11.0 searches for the end of a stream instead of using its length. If the last byte of the data is a
    carriage return, it is mistaken for part of the line end. If the lengths are right, that finding is dropped.
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
    """Prints one line about a file. Returns whether it is valid."""
    pages, wrong = information(path)
    wrong += structure(path)
    try:
        wrong += conformance(path)
    except Exception as error:  # the validator may raise anything; its failures are findings too
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
