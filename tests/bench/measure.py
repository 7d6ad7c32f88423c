"""Measures a command: measure.py RUNS COMMAND... prints the medians of CPU seconds, wall seconds and MiB.

Each run's own usage is read when it ends (wait4), so that runs do not add up. `{new}` in an argument is a new name in each run.
"""
import os
import statistics
import subprocess
import sys
import time


def once(command):
    command = [argument.replace("{new}", str(time.time_ns())) for argument in command]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    error = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if status != 0:
        sys.exit(f"{command} failed: {error.decode()}")
    return used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024


runs = [once(sys.argv[2:]) for _ in range(int(sys.argv[1]))]
print(*(statistics.median(values) for values in zip(*runs)))
