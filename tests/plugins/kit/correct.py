"""An exporter that follows every rule: a table of the items, as CSV and as a page. It serves, and computes scores."""

import csv
import html
import io
import json
import sys

from scores import Scores


class Exporter:
    """The other files of this folder each change one of its methods."""

    name = "correct"
    features = ["serve", "evaluate"]
    options = [
        {"name": "labels", "summary": "whether the labels of options are printed", "type": "switch", "default": "yes"},
        {
            "name": "ends",
            "summary": "the ends of lines",
            "type": "choice",
            "values": [{"value": "lf", "meaning": "a line feed"}, {"value": "crlf", "meaning": "both characters"}],
            "default": "lf",
        },
    ]

    def describe(self, request):
        return {
            "protocol": 1,
            "kind": "export",
            "name": self.name,
            "version": "1.0.0",
            "summary": "a table of the items",
            "features": self.features,
            "options": self.options,
            "files": [
                {"name": "<id>.<language>.csv", "what": "the items"},
                {"name": "<id>.<language>.html", "what": "the scores"},
            ],
            "names": {"longest": 26, "reserved": ["select"]},
            "losses": [
                {"keys": ["references[].citation"], "what": "the references", "because": "a table has no place for them"},
                {"keys": ["items[].ask-if"], "what": "the conditions", "because": "not all fit", "when": "if they are long"},
            ],
        }

    def export(self, request):
        name = f"{request['instrument']['id']}.{request['wording']['language']}"
        return {
            "protocol": 1,
            "files": [
                {"path": f"{name}.csv", "text": self.table(request)},
                {"path": f"{name}.html", "text": self.page(request)},
            ],
            "losses": self.losses(request),
        }

    def table(self, request):
        text = io.StringIO()
        ends = {"lf": "\n", "crlf": "\r\n"}[request["options"].get("ends", "lf")]
        writer = csv.writer(text, lineterminator=ends)
        writer.writerow(["id", "stem", "labels"])
        for item in request["instrument"]["items"]:
            writer.writerow([item["id"], self.stem(request, item), self.labels(request, item)])
        return text.getvalue()

    def stem(self, request, item):
        return request["wording"]["items"][item["id"]]["stem"]

    def labels(self, request, item):
        if not request["options"].get("labels", True):
            return ""
        words = request["wording"]["response_scales"].get(item["response"], {})
        return "; ".join(option["label"] for option in words.get("options", []))

    def page(self, request):
        scores = [score for score in request["scores"]["scores"] if self.is_printed(score)]
        lines = [f"<dt>{html.escape(s['scale'])}</dt><dd>{html.escape(s['formula'])}</dd>" for s in scores]
        title = html.escape(request["wording"]["title"])
        return "\n".join(["<!doctype html>", f"<title>{title}</title>", "<dl>", *lines, "</dl>", ""])

    def is_printed(self, score):
        return score["published"]

    def losses(self, request):
        if not request["instrument"]["references"]:
            return []
        return [{"at": "/references", "what": "the references", "because": "a table has no place for them"}]

    def evaluate(self, request):
        export, answers = request["export"], request["answers"]
        rows = (dict(zip(answers["items"], row)) for row in answers["rows"])
        scores = export["scores"]["scores"]
        return {"protocol": 1, "rows": [self.scored(export, row).all(scores) for row in rows]}

    def scored(self, export, row):
        return Scores(export, row)

    def answer(self, line):
        request = json.loads(line)
        return getattr(self, request["request"])(request)

    def main(self):
        for line in sys.stdin:
            print(json.dumps(self.answer(line)), flush=True)


if __name__ == "__main__":
    Exporter().main()
