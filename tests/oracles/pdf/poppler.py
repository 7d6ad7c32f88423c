"""Fills in a form with poppler. Standard input is JSON: the form, the file to save, and the widgets that are wanted.

Its bindings have no name for the state of a button, so a widget is recognised by its place.
"""

import json
import sys

import gi

gi.require_version("Poppler", "0.18")
from gi.repository import Gio, Poppler  # noqa: E402

job = json.load(sys.stdin)
document = Poppler.Document.new_from_file(Gio.File.new_for_path(job["form"]).get_uri(), None)
for number in range(document.get_n_pages()):
    for mapping in document.get_page(number).get_form_field_mapping():
        field, area = mapping.field, mapping.area
        x, y = (area.x1 + area.x2) / 2, (area.y1 + area.y2) / 2
        for name, state, page, (left, bottom, right, top), answer in job["wanted"]:
            here = page == number and left <= x <= right and bottom <= y <= top
            if not here or field.get_name() != name:
                continue
            if state is None:
                field.text_set_text(answer)
            else:
                field.button_set_state(True)
document.save(Gio.File.new_for_path(job["out"]).get_uri())
