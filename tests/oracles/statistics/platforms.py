"""Writes the answers of the respondents of everywhere.py as platforms export them, with the columns that they add.

    platforms.py exports FOLDER

The layouts are those of the platforms' own documentation: KoboToolbox (semicolons, all cells quoted), ODK Central, Qualtrics
(three rows of headers), LimeSurvey (headings as codes, full texts and abbreviated texts), REDCap, SurveyMonkey, Google Forms
and formr. Prints the names of the files.
"""

import csv
import io
import json
import sys
from pathlib import Path

from everywhere import ITEMS, LABELS, ROWS

STEMS = [f"Statement {at}." for at in range(1, 6)]


def labels(answers):
    """The words of the answers."""
    return ["" if answer is None else LABELS[answer] for answer in answers]


def codes(answers):
    """The answers themselves."""
    return ["" if answer is None else answer for answer in answers]


def text(head, body, delimiter=",", before=(), quoting=csv.QUOTE_MINIMAL):
    """A table as text."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n", quoting=quoting).writerows([*before, head, *body])
    return out.getvalue()


def each(cells, before, after=()):
    """A row for each respondent: what precedes the answers, the answers, and what follows them."""
    return [[*before(at, name), *cells(answers), *after] for at, (name, answers) in enumerate(ROWS)]


def kobo():
    """Exports with XML values and with labels."""
    last = ["_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status", "__version__", "_index"]

    def table(heads, cells):
        body = [
            ["2026-01-02T10:00:00.000+01:00", "2026-01-02T10:05:00.000+01:00", *cells(answers), 100 + at, f"u{at}"]
            + ["2026-01-02T09:05:00", "", "", "submitted_via_web", "v1", at + 1]
            for at, (_, answers) in enumerate(ROWS)
        ]
        return text(["start", "end", *heads, *last], body, ";", quoting=csv.QUOTE_ALL)

    yield "kobo-values.csv", table(["page/q1", "page/q2", "q3", "q4", "q5"], codes)
    yield "kobo-labels.csv", table(STEMS, labels)
    yield "kobo-labels-of-groups.csv", table([f"Page one/{stem}" for stem in STEMS], labels)


def odk():
    """An export of ODK Central, with a place and an account."""
    head = ["SubmissionDate", *(f"page-{item}" for item in ITEMS), "meta-instanceID", "place-Latitude", "place-Accuracy"]
    body = [
        ["2026-01-01T10:00:00.000Z", *codes(answers), f"uuid:{at}", 52.1, 5, f"uuid:{at}", "App", "", "1"]
        for at, (_, answers) in enumerate(ROWS)
    ]
    yield "odk-central.csv", text([*head, "KEY", "SubmitterName", "ReviewState", "FormVersion"], body)


def qualtrics():
    """Exports with times of pages, a comment and data of a panel; with values or labels; with the sign of seen questions."""
    about = ["StartDate", "EndDate", "Progress", "Duration (in seconds)", "Finished", "ResponseId", "UserLanguage"]
    times = ["T1_First Click", "T1_Page Submit"]
    more = ["Q7_4_TEXT", "SC0", "PROLIFIC_PID"]
    head = [*about, *times, *ITEMS, *more]
    words = [*about, "Timing - First Click", "Timing - Page Submit"]
    words += [f"How often?\n - {stem[:-1]}, and so on" for stem in STEMS] + ["Other - Text", "Score", "PROLIFIC_PID"]
    ids = [json.dumps({"ImportId": name}) for name in head]

    def table(cells, finished, seen=""):
        def row(at, answers):
            given = [seen if cell == "" else cell for cell in cells(answers)]
            before = ["2026-01-02 10:00:00", "2026-01-02 10:05:00", 100, 300, finished, f"R_{at}", "EN", 1.2, 5.6]
            return [*before, *given, "free, text", 12, f"p{at}"]

        return text(head, [words, ids, *(row(at, answers) for at, (_, answers) in enumerate(ROWS))])

    yield "qualtrics-values.csv", table(codes, 1)
    yield "qualtrics-labels.csv", table(labels, "True")
    yield "qualtrics-seen.csv", table(codes, 1, "-99")
    yield "qualtrics-values.tsv", "\ufeff" + table(codes, 1).replace(",", "\t")


def limesurvey():
    """Exports with headings as codes, as full texts and as abbreviated texts, and codes or texts as answers."""
    by_code = ["id", "submitdate", "lastpage", "startlanguage", "seed"]
    by_text = ["Response ID", "Date submitted", "Last page", "Start language", "Seed"]

    def table(head, cells, after=()):
        body = each(cells, lambda at, _: [at + 1, "2026-01-02 10:00:00", 1, "en", "123"], after)
        return text(head, body, quoting=csv.QUOTE_ALL)

    def hidden(answers):
        return [cell or "N/A" for cell in labels(answers)]

    yield "limesurvey-codes.csv", table([*by_code, *ITEMS], codes)
    yield "limesurvey-array.csv", table([*by_code, *(f"feel[{item}]" for item in ITEMS)], codes)
    yield "limesurvey-texts.csv", table([*by_text, *STEMS], hidden)
    yield "limesurvey-both.csv", table([*by_text, *(f"{item}. {stem}" for item, stem in zip(ITEMS, STEMS))], labels)
    # The words are cut in the middle or at the end; a code decides between those that begin alike.
    yield "limesurvey-cut.csv", table([*by_text, *(f"{stem[:5]}..{stem[-4:]} " for stem in STEMS)], codes)
    cut = [f"{item}. {stem[:6]}.. " for item, stem in zip(ITEMS, STEMS)]
    yield "limesurvey-both-cut.csv", table([*by_text, *cut], codes)
    times = ["q1[comment]", "q2[other]", "interviewtime", "groupTime12"]
    yield "limesurvey-times.csv", table([*by_code, *ITEMS, *times], codes, ["well", "", 12.1, 3.2])


def others():
    """Exports of further platforms."""
    head = ["Record ID", "Event Name", "Survey Identifier", "Survey Timestamp", *STEMS, "Complete?"]
    yield "redcap-labels.csv", text(head, each(labels, lambda _, name: [name, "Baseline", "", "[not completed]"], ["Complete"]))
    answers = [[name, "arm_1", item, cell] for name, row in ROWS for item, cell in zip(ITEMS, row) if cell is not None]
    yield "redcap-eav.csv", text(["record", "redcap_event_name", "field_name", "value"], answers)
    head = ["Respondent ID", "Collector ID", "Start Date", "IP Address", *STEMS]
    body = [["", "", "", "", *["Response"] * 5], *each(labels, lambda at, _: [at, 1, "", ""])]
    yield "surveymonkey.csv", text(head, body)
    yield "google-forms.csv", text(["Timestamp", *STEMS], each(labels, lambda *_: ["2026/01/02 10:00:00 AM GMT+1"]))
    head = ["session", "created", "modified", "ended", "expired", *ITEMS]
    yield "formr.csv", text(head, each(codes, lambda _, name: [name, "2026-01-02 10:00:00", "2026-01-02", "2026-01-02", ""]))


def main(folder):
    """Writes all files."""
    for exports in (kobo, odk, qualtrics, limesurvey, others):
        for name, content in exports():
            (Path(folder) / name).write_text(content, encoding="utf-8", newline="")
            print(name)


if __name__ == "__main__":
    main(sys.argv[2])
