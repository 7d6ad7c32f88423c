"""Computes the scores of alliance36 from a file of SPSS with pyreadstat and pandas: b_pyreadstat.py ANSWERS SCORES."""
import sys

import pyreadstat

from common import NEED, REVERSED, SCALES

source, target = sys.argv[1:3]
frame, _ = pyreadstat.read_sav(source)
scores = frame[["id"]].copy()
for item in REVERSED:
    frame[f"q{item}"] = 8 - frame[f"q{item}"]
for name, items in SCALES.items():
    answers = frame[[f"q{item}" for item in items]]
    scores[name] = answers.mean(axis=1).where(answers.notna().sum(axis=1) >= NEED)
scores["total"] = (scores["task"] + scores["bond"] + scores["goal"]) / 3
scores.to_csv(target, index=False)
