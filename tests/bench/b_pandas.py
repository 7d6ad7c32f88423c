"""Computes the scores of alliance36 with idiomatic pandas: b_pandas.py ANSWERS SCORES."""
import sys

import pandas as pd

from common import NEED, REVERSED, SCALES

source, target = sys.argv[1:3]
frame = pd.read_parquet(source) if source.endswith("parquet") else pd.read_csv(source)
scores = pd.DataFrame({"id": frame["id"]})
for item in REVERSED:
    frame[f"q{item}"] = 8 - frame[f"q{item}"]
for name, items in SCALES.items():
    answers = frame[[f"q{item}" for item in items]]
    scores[name] = answers.mean(axis=1).where(answers.notna().sum(axis=1) >= NEED)
scores["total"] = (scores["task"] + scores["bond"] + scores["goal"]) / 3
if target.endswith("parquet"):
    scores.to_parquet(target)
else:
    scores.to_csv(target, index=False)
