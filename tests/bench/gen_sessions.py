"""Generates sessions: CLIENTS clients with SESSIONS sessions each, 36 items coded 1 to 7, no answer missing.

gen_sessions.py CLIENTS SESSIONS STEM writes STEM.csv with the answers, and STEM.scores.csv with the total score alone. A quarter
of the clients has a deep drop in one session.
"""
import sys

import numpy as np
import pandas as pd

from common import REVERSED, SCALES

clients, sessions, stem = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
generator = np.random.Generator(np.random.PCG64(2026))
level = generator.normal(4.8, 0.7, (clients, 1)) + generator.normal(0, 0.25, (clients, sessions))
level += np.linspace(0, 0.6, sessions)
dropped = np.flatnonzero(generator.random(clients) < 0.25)
level[dropped, generator.integers(0, sessions, len(dropped))] -= 1.5
noise = generator.normal(0, 1.0, (clients * sessions, 36))
answers = np.clip(np.round(level.reshape(-1, 1) + noise), 1, 7).astype(np.int8)
scored = answers.copy()
for item in REVERSED:
    answers[:, item - 1] = 8 - scored[:, item - 1]
names = np.char.add("c", np.repeat(np.arange(clients), sessions).astype(str))
head = {"respondent": names, "session": np.tile(np.arange(1, sessions + 1), clients)}
items = {f"q{item + 1}": answers[:, item] for item in range(36)}
pd.DataFrame({**head, **items}).to_csv(stem + ".csv", index=False)
means = [scored[:, [item - 1 for item in items]].mean(axis=1) for items in SCALES.values()]
pd.DataFrame({**head, "score": sum(means) / 3}).to_csv(stem + ".scores.csv", index=False)
