"""Reliable change and control charts of scored sessions with pandas: b_course_pandas.py SCORES SUMMARY.

The idiomatic way, without a loop over clients: reliable change from the first to the last session (Jacobson and Truax), and an
individuals chart with limits from the first five sessions.
"""
import sys

import numpy as np
import pandas as pd

RELIABILITY, SD = 0.90, 0.8
frame = pd.read_csv(sys.argv[1]).sort_values(["respondent", "session"])
by = frame.groupby("respondent", sort=False)
change = by["score"].last() - by["score"].first()
index = change / (np.sqrt(2) * SD * np.sqrt(1 - RELIABILITY))
baseline = frame[by.cumcount() < 5].copy()
baseline["range"] = baseline.groupby("respondent", sort=False)["score"].diff().abs()
first = baseline.groupby("respondent", sort=False)
lower = first["score"].mean() - 3 * first["range"].mean() / 1.128
frame["below"] = frame["score"] < frame["respondent"].map(lower) - 1e-9
summary = pd.DataFrame({"change_reliable_index": index})
summary["change_reliable"] = np.select(
    [index > 1.959963984540054, index < -1.959963984540054], ["improved", "deteriorated"], "unchanged"
)
summary["episodes_chart"] = frame.groupby("respondent", sort=False)["below"].sum()
summary.to_csv(sys.argv[2])
