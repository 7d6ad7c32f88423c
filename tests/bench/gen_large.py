"""Generates an invented instrument of ITEMS items with OPTIONS options each: gen_large.py ITEMS OPTIONS FOLDER."""
import pathlib
import sys

items, options, folder = int(sys.argv[1]), int(sys.argv[2]), pathlib.Path(sys.argv[3])
name = f"large-{items}x{options}"
text = f"""format = 1
id = "{name}"
title = "{items} items with {options} options"
version = "1.0.0"
status = "development"
language = "en"

[rights]
holder = "scalewright authors"
licence = "CC0-1.0"
wording = "included"

[administration]
respondent = "self"

[response-scales.choice]
options = [
"""
text += "".join(f'  {{ value = {value}, label = "Option {value}" }},\n' for value in range(options)) + "]\n"
text += "".join(f'\n[[items]]\nid = "q{n}"\nstem = "Statement {n}."\nresponse = "choice"\n' for n in range(1, items + 1))
folder.mkdir(parents=True, exist_ok=True)
(folder / "instrument.toml").write_text(text, "utf-8")
