"""Generates invented wording for the benchmark of 36 items: gen_wording.py FILE."""
import sys

SUBJECTS = ["We", "The two of us", "My partner", "I", "Our talks", "The plan"]
STATES = ["knew where to begin", "kept to what mattered", "made room for doubts", "found plain words", "took the time it needed", "ended with a next step"]
LABELS = ["Never", "Rarely", "Occasionally", "Sometimes", "Often", "Very often", "Always"]

stems = [f"{subject} {state}." for subject in SUBJECTS for state in STATES]
text = 'format = 1\ninstrument = "alliance36"\nlanguage = "en"\ntitle = "Benchmark of 36 items"\ninstructions = "Choose the answer that fits."\n'
text += "\n[items]\n" + "".join(f'q{number} = "{stem}"\n' for number, stem in enumerate(stems, 1))
text += "\n[response-scales.rating.options]\n" + "".join(f'{value} = "{label}"\n' for value, label in enumerate(LABELS, 1))
with open(sys.argv[1], "w", encoding="utf-8") as file:
    file.write(text)
