"""Compares alpha and standardised alpha: agree_reliability.py OWN.json R.txt."""
import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    total = json.load(file)["groups"][0]["scales"]["total"]
own = [total["alpha"], total["alpha_std"]]
with open(sys.argv[2], encoding="utf-8") as file:
    other = [float(number) for number in file.read().split()]
for ours, theirs in zip(own, other, strict=True):
    if abs(ours - theirs) > 1e-9 * abs(theirs):
        sys.exit(f"{ours} is not {theirs}")
