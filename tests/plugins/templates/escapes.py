"""Reads the files of the escape fixture with the parsers of Python, and compares the texts with the original ones."""

import csv
import html.parser
import io
import json
import pathlib
import re
import sys
import xml.etree.ElementTree

folder = pathlib.Path(sys.argv[1])
words = json.loads((folder / "expected.json").read_text())


class Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.texts, self.open, self.attributes = {}, None, []

    def handle_starttag(self, tag, attributes):
        assert tag in {"p", "b", "i"}, f"an element that no template has: {tag}"
        assert [name for name, _ in attributes] == (["title", "class"] if tag == "p" else []), attributes
        self.attributes += [value for _, value in attributes]
        self.open = tag
        self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag):
        self.open = None

    def handle_data(self, data):
        if self.open:
            self.texts[self.open][-1] += data


def same(what, found):
    assert found == words, f"{what}: {found} instead of {words}"


def text(name):
    with open(folder / name, newline="", encoding="utf-8") as file:
        return file.read()


reader = Reader()
reader.feed(text("words.html"))
reader.close()
for tag in ["p", "b", "i"]:
    same(f"HTML, <{tag}>", reader.texts[tag])
same("HTML, title", reader.attributes[0::2])
same("HTML, class", reader.attributes[1::2])

tree = xml.etree.ElementTree.fromstring(text("words.xml"))
same("XML, text", [word.text for word in tree])
same("XML, attribute", [word.get("title") for word in tree])

rows = list(csv.reader(io.StringIO(text("words.csv"), newline="")))
assert all(len(row) == 3 and (row[0] == row[2]) for row in rows), rows
same("CSV", [row[1] for row in rows[1:]])

data = json.loads(text("words.json"))
same("JSON, list", data["all"])
same("JSON, each", data["each"])
assert "<" not in text("words.json"), "a script could end"

entries = text("words.md").removesuffix("\n").split("\n")
same("Markdown, entries", [
    re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", re.sub(r"(?<!\\)&#(\d+);", lambda code: chr(int(code[1])), entry[2:].replace("<br>", "\n")))
    for entry in entries
])
for entry in entries:
    bare = re.sub(r"\\[!-/:-@\[-`{-~]|<br>|&#\d+;", "", entry[2:])
    assert not re.search(r"[\\`*_{}\[\]<>()#+.!|~&=:@\"$^/-]", bare), f"active in Markdown: {entry}"

for line in text("words.tex").split("\n\\item "):
    bare = re.sub(r"\\(text[a-z]+|newline|symbol\{34|item)\b|\{\}|\\[{}$&#%_]", "", line)
    assert not re.search(r"[\\$&#%_^~<>|\"`]", bare), f"active in LaTeX: {line}"

assert text("words.txt") == "".join(word + "\n" for word in words), "plain text"
print(len(words))
