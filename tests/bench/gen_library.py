"""Generates a library of invented instruments to check: gen_library.py COUNT FOLDER.

Each has 30 items in two languages on a five-point response scale, three scales of ten items (two of them reverse keyed), bands,
a source, and two cases.
"""
import pathlib
import sys

OPTIONS = [("Never", "Jamais"), ("Rarely", "Rarement"), ("Sometimes", "Parfois"), ("Often", "Souvent"), ("Always", "Toujours")]
SUBJECTS = [("My room", "Ma chambre"), ("My desk", "Mon bureau"), ("The kitchen", "La cuisine"), ("The garden", "Le jardin"), ("My street", "Ma rue"), ("The window", "La vue")]
STATES = [("was quiet", "restait calme"), ("felt warm", "semblait claire"), ("was tidy", "paraissait propre"), ("pleased me", "me plaisait"), ("gave me rest", "me reposait")]


def items():
    pairs = [(subject, state) for subject in SUBJECTS for state in STATES]
    return [(f"{s[0]} {t[0]}.", f"{s[1]} {t[1]}.") for s, t in pairs]


def definition(name):
    text = f'''#:schema ../../schemas/instrument.schema.json
format = 1
id = "{name}"
title = "Rooms, {name}"
version = "1.0.0"
status = "development"
language = "en"
translations = ["fr"]
instructions = "Choose the answer that fits the last week."

[rights]
holder = "scalewright authors"
licence = "CC0-1.0"
wording = "included"

[administration]
respondent = "self"
recall-period = "the last week"

[[references]]
id = "invented"
citation = "Invented for a benchmark."

[response-scales.frequency]
options = [
'''
    text += "".join(f'  {{ value = {value}, label = "{label}" }},\n' for value, (label, _) in enumerate(OPTIONS, 1))
    text += ']\n\n[[sections]]\nid = "week"\nlead-in = "In the last week:"\n'
    for index, (stem, _) in enumerate(items(), 1):
        text += f'\n[[items]]\nid = "i{index}"\nstem = "{stem}"\nresponse = "frequency"\nsection = "week"\n'
    for scale, first in (("first", 1), ("second", 11), ("third", 21)):
        keyed = [f'"-i{n}"' if n % 10 in (3, 7) else f'"i{n}"' for n in range(first, first + 10)]
        text += f'''
[[scales]]
id = "{scale}"
title = "The {scale}"
items = [
  {", ".join(keyed)},
]
score = "sum"
round = 0
missing = "prorate"
min-answered = 8
key-status = "verified"
key-source = ["invented"]
missing-source = ["invented"]
bands-source = ["invented"]
bands = [
  {{ label = "low", from = 10, to = 29 }},
  {{ label = "high", from = 30, to = 50 }},
]
'''
    return text


def french(name):
    text = f'''#:schema ../../schemas/wording.schema.json
format = 1
instrument = "{name}"
language = "fr"
title = "Les pièces, {name}"
instructions = "Choisissez la réponse qui convient à la dernière semaine."
recall-period = "la dernière semaine"

[translation]
status = "draft"

[response-scales.frequency.options]
'''
    text += "".join(f'"{value}" = "{label}"\n' for value, (_, label) in enumerate(OPTIONS, 1))
    text += '\n[sections.week]\nlead-in = "Au cours de la dernière semaine :"\n\n[items]\n'
    text += "".join(f'i{index} = "{stem}"\n' for index, (_, stem) in enumerate(items(), 1))
    for scale, title in (("first", "La première"), ("second", "La deuxième"), ("third", "La troisième")):
        text += f'\n[scales.{scale}]\ntitle = "{title}"\nbands = {{ low = "bas", high = "haut" }}\n'
    return text


def cases(name):
    """Cases that can be calculated in the head: a scale has eight plain items and two reversed ones."""

    def case(title, low, high, missing, score):
        answers = {n: high if n % 10 in (3, 7) else low for n in range(1, 31) if n not in missing}
        given = ", ".join(f"i{n} = {answer}" for n, answer in answers.items())
        scores = ", ".join(f"{scale} = {score}" for scale in ("first", "second", "third"))
        return f'''
[[cases]]
title = "{title}"
responses = {{ {given} }}
scores = {{ {scores} }}
'''

    return f'''#:schema ../../schemas/cases.schema.json
format = 1
instrument = "{name}"
source = "calculated by hand"
''' + case("lowest", 1, 5, (), 10) + case("highest, one left out", 5, 1, (1, 11, 21), 50)


def main(count, folder):
    for number in range(count):
        name = f"rooms-{number:04}"
        here = pathlib.Path(folder) / name
        here.mkdir(parents=True, exist_ok=True)
        (here / "instrument.toml").write_text(definition(name))
        (here / "fr.toml").write_text(french(name))
        (here / "cases.toml").write_text(cases(name))


main(int(sys.argv[1]), sys.argv[2])
