"""Answers Qualtrics surveys as respondents do: a small reference of their semantics, independent of the exporter.

    python3 respond.py JOBS.json

What is known of Qualtrics and used here: a question whose display logic is false is not shown and has no answer; a
scoring category is the sum of the points of the selected choices; the flow runs from top to bottom; a branch runs its
elements if its logic is true; a field that no element has set is blank; `${gr://SC_x/Score}` is the score of a category,
and `$e{ … }` computes with the documented operators, whose parts are separated by spaces.

Each job names a survey file (`form`), a file of answers (`rows`: objects from column to code) and a file for the results,
which lists for each row what is shown, the answers that are stored, and the fields. `table` names a file for the export.
"""

import csv
import json
import sys

from structure import Survey, require


class Respondent:
    def __init__(self, survey, given):
        self.survey, self.given = survey, given
        self.fields, self.shown = {}, set()
        # The id of the selected choice for each question and row, or the text for others.
        self.selected, self.texts = {}, {}

    def answer_block(self, block):
        for element in block["BlockElements"]:
            if element["Type"] != "Question":
                continue
            question = self.survey.by_id[element["QuestionID"]]
            logic = question.get("DisplayLogic")
            if logic is None or self.holds(logic):
                self.shown.add(question["QuestionID"])
                self.answer(question)

    def answer(self, question):
        for name, own, row in self.survey.columns:
            if own is not question:
                continue
            value = self.given.get(name)
            if value is None:
                continue
            kind, id_ = question["QuestionType"], question["QuestionID"]
            if kind in ("Matrix", "MC") and question["Selector"] != "MAVR":
                choices = [choice for choice, code in question["RecodeValues"].items() if float(code) == value]
                if choices:
                    self.selected[(id_, row)] = choices[0]
            elif kind in ("TE", "Slider"):
                self.texts[(id_, row)] = value

    def score(self, category):
        points = self.survey.points[category]
        return sum(points.get((id_, row, choice), 0) for (id_, row), choice in self.selected.items())

    def holds(self, logic):
        tests = [test for key, test in logic["0"].items() if key != "Type"]
        truths = [self.test(test) for test in tests]
        return all(truths) if any(test.get("Conjuction") == "And" for test in tests) else any(truths)

    def test(self, test):
        if test["LogicType"] == "EmbeddedField":
            left = self.fields.get(test["LeftOperand"], "")
            # What Qualtrics makes of a comparison with a blank field is not documented, so none may occur.
            require(left != "", f"a branch compares the blank field {test['LeftOperand']}")
        else:
            id_, path = test["QuestionID"], test["LeftOperand"].split("/")[3:]
            if path[0] == "SelectableChoice":
                row, choice = (path[1], path[2]) if len(path) > 2 else (None, path[1])
                return self.selected.get((id_, row)) == choice
            left = self.texts.get((id_, None))
            if left is None:
                return False
        left, right = float(left), float(test["RightOperand"])
        return {
            "EqualTo": left == right,
            "GreaterThan": left > right,
            "GreaterThanOrEqual": left >= right,
            "LessThan": left < right,
            "LessThanOrEqual": left <= right,
        }[test["Operator"]]

    def run(self, flow):
        for element in flow:
            kind = element["Type"]
            if kind == "Standard":
                self.answer_block(next(b for b in self.survey.blocks if b["ID"] == element["ID"]))
            elif kind == "EmbeddedData":
                for field in element["EmbeddedData"]:
                    self.fields[field["Field"]] = self.value(field["Value"])
            elif self.holds(element["BranchLogic"]):
                self.run(element["Flow"])

    def value(self, text):
        if text.startswith("$e{ ") and text.endswith(" }"):
            return Formula(self, text[4:-2]).result()
        if text.startswith("${gr://") and text.endswith("/Score}"):
            return str(self.score(text[7:-7]))
        require("${" not in text and "$e{" not in text, f"a field mixes texts: {text}")
        return text


class Formula:
    """A formula. Parts without a space between them are not understood."""

    def __init__(self, respondent, text):
        self.respondent, self.parts, self.at = respondent, text.split(" "), 0

    def result(self):
        value = self.sum()
        require(self.at == len(self.parts), f"a formula ends early: {self.parts}")
        return repr(value)

    def next(self):
        return self.parts[self.at] if self.at < len(self.parts) else None

    def take(self):
        part = self.parts[self.at]
        self.at += 1
        return part

    def sum(self):
        value = self.product()
        while self.next() in ("+", "-"):
            value = value + self.product() if self.take() == "+" else value - self.product()
        return value

    def product(self):
        value = self.part()
        while self.next() in ("*", "/"):
            value = value * self.part() if self.take() == "*" else value / self.part()
        return value

    def part(self):
        part = self.take()
        if part == "(":
            value = self.sum()
            require(self.take() == ")", "a parenthesis is not closed")
            return value
        if part.startswith("gr://") and part.endswith("/Score"):
            category = part[5:-6]
            require(category in self.respondent.survey.categories, f"the category {category}")
            return float(self.respondent.score(category))
        require(part.replace(".", "", 1).isdigit(), f"{part} is not a number")
        return float(part)


def answered(survey, given):
    respondent = Respondent(survey, given)
    respondent.run(survey.flow["Flow"])
    return respondent


def stored(respondent):
    """The answers by column: codes of choices, numbers, or nothing."""
    answers, visible = {}, {}
    for name, question, row in respondent.survey.columns:
        id_ = question["QuestionID"]
        visible[name] = id_ in respondent.shown
        choice = respondent.selected.get((id_, row))
        if choice is not None:
            answers[name] = float(question["RecodeValues"][choice])
        else:
            answers[name] = respondent.texts.get((id_, row))
    return answers, visible


METADATA = ["StartDate", "EndDate", "Status", "Progress", "Duration (in seconds)", "Finished", "RecordedDate", "ResponseId"]


def cell(name, answers, labels):
    value = answers[name]
    if value is None:
        return ""
    if labels.get(name):
        return labels[name][value]
    return str(int(value)) if value == int(value) else repr(value)


def field_names(survey):
    names = []

    def visit(flow):
        for element in flow:
            for field in element.get("EmbeddedData", []):
                if field["Field"] not in names:
                    names.append(field["Field"])
            visit(element.get("Flow", []))

    visit(survey.flow["Flow"])
    return names


def labels_of(survey):
    import html
    import re

    labels = {}
    for name, question, _ in survey.columns:
        if "RecodeValues" in question and question["Selector"] != "MAVR":
            words = question["Answers" if question["QuestionType"] == "Matrix" else "Choices"]
            plain = {key: html.unescape(re.sub("<[^>]*>", "", word["Display"])) for key, word in words.items()}
            labels[name] = {float(code): plain[key] for key, code in question["RecodeValues"].items()}
    return labels


def export(survey, respondents, path, choice_text):
    """Writes the data as Qualtrics exports them: three rows of headers, then a row for each respondent."""
    names = [(name, question, row) for name, question, row in survey.columns]
    fields = field_names(survey)
    labels = labels_of(survey) if choice_text else {}
    with open(path, "w", newline="", encoding="utf-8-sig") as file:
        table = csv.writer(file)
        table.writerow(METADATA + [name for name, _, _ in names] + fields)
        words = [question["QuestionText"].replace("<br>", "\n") + ", - " + (row or "") for _, question, row in names]
        table.writerow(METADATA + words + fields)
        ids = METADATA + [q["QuestionID"] + (f"_{row}" if row else "") for _, q, row in names] + fields
        table.writerow([json.dumps({"ImportId": id_}, separators=(",", ":")) for id_ in ids])
        for number, respondent in enumerate(respondents, 1):
            answers, visible = stored(respondent)
            finished = "True" if choice_text else "1"
            about = ["2025-01-01 10:00:00", "2025-01-01 10:05:00", "0", "100", "300", finished, "2025-01-01 10:05:01", f"R_{number}"]
            cells = []
            for name, question, _ in names:
                text = cell(name, answers, labels)
                # The option "seen but unanswered".
                if text == "" and visible[name] and question["QuestionType"] in ("MC", "Matrix") and number % 2:
                    text = "-99"
                cells.append(text)
            table.writerow(about + cells + [respondent.fields.get(name, "") for name in fields])


def work(job):
    with open(job["code"], encoding="utf-8") as file:
        survey = Survey(json.load(file))
    with open(job["rows"], encoding="utf-8") as file:
        respondents = [answered(survey, row) for row in json.load(file)]
    if job.get("table"):
        export(survey, respondents, job["table"], False)
        export(survey, respondents, job["table"] + ".labels.csv", True)
    results = []
    for respondent in respondents:
        answers, visible = stored(respondent)
        results.append({"results": respondent.fields, "answers": answers, "visible": visible})
    with open(job["results"], "w", encoding="utf-8") as file:
        json.dump(results, file)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        jobs = json.load(file)
    faults = []
    for job in jobs:
        try:
            work(job)
        except (ValueError, KeyError, IndexError, ZeroDivisionError) as error:
            faults.append(f"{job['code']}: {type(error).__name__}: {error}")
    if faults:
        raise SystemExit("\n".join(faults))


main()
