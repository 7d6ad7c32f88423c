"""Prints the labels of a form after its conversion by pyxform: python labels.py FORM.xlsx

The output is a JSON object of the labels in the default language by the names of the questions.
"""

import json
import sys
import xml.etree.ElementTree as tree

from pyxform.xls2xform import convert

XFORM = "{http://www.w3.org/2002/xforms}"


def main(path):
    root = tree.fromstring(convert(path).xform)
    languages = list(root.iter(f"{XFORM}translation"))
    default = next((one for one in languages if one.get("default")), languages[0])
    texts = {text.get("id"): text for text in default.iter(f"{XFORM}text")}
    labels = {}
    for key, text in texts.items():
        if key.endswith(":label"):
            value = text.find(f"{XFORM}value")
            labels[key.rsplit("/", 1)[1].removesuffix(":label")] = "".join(value.itertext())
    json.dump(labels, sys.stdout)


main(sys.argv[1])
