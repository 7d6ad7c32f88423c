"""Fills in forms like a respondent's program.

    python fill.py JOBS.json

JOBS.json is a list of {"program", "form", "out", "answers"}: the program is pypdf or pikepdf; the answers are named by field: the
value to mark for buttons, a text for lines. A job may also damage the form: "encrypt" sets a password, "rename" and
"remove" alter a field, "value" sets a value that the field does not offer, "say" and "show" change the value or the appearance
of a field, "swap" exchanges the positions of buttons, "hide" hides a field, "annotate" adds ink or a note, "draw" adds to the
content of the first page, "copy" adds a field as programs do that join forms. Prints one line when all are done.
"""

import json
import logging
import sys

import pikepdf
import pikepdf.form
import pypdf

logging.getLogger("pypdf").setLevel(logging.ERROR)


def with_pypdf(job):
    """With pypdf, which rewrites the whole file."""
    reader = pypdf.PdfReader(job["form"])
    kinds = {name: field["/FT"] for name, field in reader.get_fields().items()}
    values = {name: "/" + text if kinds[name] == "/Btn" else text for name, text in job["answers"].items()}
    writer = pypdf.PdfWriter(clone_from=reader)
    for page in writer.pages:
        writer.update_page_form_field_values(page, values, auto_regenerate=False)
    writer.write(job["out"])


def with_pypdf_incremental(job):
    """With pypdf, which appends the changes to the file."""
    reader = pypdf.PdfReader(job["form"])
    kinds = {name: field["/FT"] for name, field in reader.get_fields().items()}
    values = {name: "/" + text if kinds[name] == "/Btn" else text for name, text in job["answers"].items()}
    writer = pypdf.PdfWriter(job["form"], incremental=True)
    for page in writer.pages:
        writer.update_page_form_field_values(page, values, auto_regenerate=False)
    writer.write(job["out"])


def with_pikepdf(job):
    """With pikepdf, which packs objects into compressed streams."""
    with pikepdf.open(job["form"]) as pdf:
        form = pikepdf.form.Form(pdf, pikepdf.form.DefaultAppearanceStreamGenerator)
        for name, text in job["answers"].items():
            field = form[name]
            if field.is_radio_button:
                next(option for option in field.options if option.on_value == "/" + text).select()
            elif field.is_checkbox:
                field.checked = True
            else:
                field.value = text
        damage(pdf, job)
        encryption = pikepdf.Encryption(user=job["encrypt"], owner="o") if "encrypt" in job else False
        pdf.save(job["out"], object_stream_mode=pikepdf.ObjectStreamMode.generate, encryption=encryption)


def widgets(field):
    """The widgets of a field."""
    return list(field.get("/Kids", [field]))


def damage(pdf, job):
    """Damages a form in ways that nobody who fills it in would."""
    fields = pdf.Root.AcroForm.Fields
    find = lambda name: next(i for i, field in enumerate(fields) if str(field.get("/T")) == name)
    if "rename" in job:
        fields[find(job["rename"])].T = "other"
    if "remove" in job:
        del fields[find(job["remove"])]
    for name, value in job.get("value", {}).items():
        fields[find(name)].V = pikepdf.Name("/" + value)
    for name, value in job.get("offer", {}).items():
        states = fields[find(name)].Kids[0].AP.N
        old = next(key for key in states.keys() if key != "/Off")
        states["/" + value] = states[old]
        del states[old]
    for name, value in job.get("say", {}).items():
        field = fields[find(name)]
        if value is None:
            del field.V
        else:
            field.V = pikepdf.Name("/" + value) if field.FT == pikepdf.Name.Btn else value
    for name, state in job.get("show", {}).items():
        for widget in widgets(fields[find(name)]):
            if widget.get("/FT", None) == pikepdf.Name.Tx:
                # The codes of the font are code points, in two bytes.
                codes = "".join(f"\\{byte:03o}" for byte in state.encode("utf-16-be"))
                drawing = f"/Tx BMC q BT /Helv 10 Tf 0 g 2 2 Td ({codes}) Tj ET Q EMC"
                widget.AP = pikepdf.Dictionary(N=pdf.make_stream(drawing.encode()))
            else:
                widget.AS = pikepdf.Name("/" + state if "/" + state in widget.AP.N.keys() else "/Off")
    for name, state in job.get("claim", {}).items():
        widgets(fields[find(name)])[0].AS = pikepdf.Name("/" + state)
    for name in job.get("blank", []):
        for widget in widgets(fields[find(name)]):
            for state in widget.AP.N.keys():
                widget.AP.N[state] = pdf.make_stream(b"")
    for one, other in job.get("swap", []):
        one, other = [widgets(fields[find(name)])[at] for name, at in (one, other)]
        one.Rect, other.Rect = list(other.Rect), list(one.Rect)
    for name in job.get("hide", []):
        widgets(fields[find(name)])[0].F = 2
    for name in job.get("unpage", []):
        widget = widgets(fields[find(name)])[0]
        for page in pdf.pages:
            page.Annots = pikepdf.Array([a for a in page.Annots if a.objgen != widget.objgen])
    for subtype, words in job.get("annotate", []):
        addition = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name("/" + subtype), F=4, Contents=words)
        addition.Rect = [100, 100, 140, 120]
        pdf.pages[0].Annots.append(pdf.make_indirect(addition))
    for content in job.get("draw", []):
        pdf.pages[0].contents_add(content.encode())
    for name in job.get("copy", []):
        fields.append(pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Tx, T=name + "+1")))
    if "more" in job:
        for number in range(job["more"]):
            field = pikepdf.Dictionary(FT=pikepdf.Name.Tx, T=f"more{number}")
            fields.append(pdf.make_indirect(field))
    if "nest" in job:
        kid = pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Tx, T="deep"))
        for _ in range(job["nest"]):
            kid = pdf.make_indirect(pikepdf.Dictionary(T="deep", Kids=[kid]))
        fields.append(kid)
    if "loop" in job:
        kid = pdf.make_indirect(pikepdf.Dictionary(T="loop", Kids=[]))
        kid.Kids.append(kid)
        fields.append(kid)


PROGRAMS = {"pypdf": with_pypdf, "pypdf-incremental": with_pypdf_incremental, "pikepdf": with_pikepdf}


def main(path):
    """Runs every job."""
    with open(path, encoding="utf-8") as file:
        jobs = json.load(file)
    for job in jobs:
        PROGRAMS[job["program"]](job)
    print(f"{len(jobs)} forms filled in")


if __name__ == "__main__":
    main(sys.argv[1])
