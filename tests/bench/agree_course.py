"""Compares summaries of courses: agree_course.py OURS OTHER... Ends with an error where a client's result differs."""
import sys

import pandas as pd

NAMES = ["respondent", "change_reliable_index", "change_reliable", "episodes_chart"]
own = pd.read_csv(sys.argv[1])
own = own.loc[own["scale"] == "total", NAMES].sort_values("respondent").reset_index(drop=True)
for path in sys.argv[2:]:
    other = pd.read_csv(path)[NAMES].sort_values("respondent").reset_index(drop=True)
    other["episodes_chart"] = other["episodes_chart"].astype(own["episodes_chart"].dtype)
    pd.testing.assert_frame_equal(own, other, rtol=1e-9, atol=1e-9)
