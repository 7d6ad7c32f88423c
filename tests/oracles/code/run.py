"""Runs exported code in an engine on files of answers: run.py ENGINE JOBS.json

The README of this folder describes the jobs. Prints `name: reason` for each job that fails, and goes on. Exits with
status 1 if a job failed, and 2 if the engine cannot be run.
"""

import importlib
import os
import sys

ENGINES = "duckdb libreoffice node pandas plain polars postgres pspp r spark sqlite stata".split()

if len(sys.argv) != 3 or sys.argv[1] not in ENGINES:
    print(f"usage: run.py {'|'.join(ENGINES)} JOBS.json", file=sys.stderr)
    sys.exit(2)
# The programs started below read and write UTF-8, wherever this runs.
os.environ["LC_ALL"] = "C.UTF-8"
# Compiled modules go into the environment of the engines instead of this folder.
sys.pycache_prefix = os.path.join(sys.prefix, "pycache")

import jobs  # noqa: E402

try:
    engine = importlib.import_module(f"engines.{sys.argv[1]}")
    sys.exit(jobs.run_all(engine.run, sys.argv[2]))
except (ImportError, FileNotFoundError, jobs.Unavailable) as error:
    print(f"{sys.argv[1]} cannot be run (installed by `tests/oracles/setup`): {error}", file=sys.stderr)
    sys.exit(2)
