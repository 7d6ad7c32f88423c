"""Generates answers: N respondents, 36 items coded 1 to 7; 8 % of the respondents skip 40 % of the items, the others 7 %.

gen.py N STEM writes STEM.csv and STEM.parquet (zstd), a million rows at a time.
"""
import sys

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

from common import REVERSED

MOST = 1_000_000


def rows(generator, first, count):
    trait = generator.normal(0, 1, count)
    noise = generator.normal(0, 1.1, (count, 36))
    answers = np.clip(np.round(4.8 + trait[:, None] * 0.9 + noise), 1, 7).astype(np.int8)
    for item in REVERSED:
        answers[:, item - 1] = 8 - answers[:, item - 1]
    skips = np.where(generator.random(count) < 0.08, 0.40, 0.07)
    missing = generator.random((count, 36)) < skips[:, None]
    columns = {"id": pa.array(np.arange(first, first + count, dtype=np.int32))}
    for item in range(36):
        columns[f"q{item + 1}"] = pa.array(answers[:, item], mask=missing[:, item])
    return pa.table(columns)


def main():
    count, stem = int(sys.argv[1]), sys.argv[2]
    generator = np.random.Generator(np.random.PCG64(2026))
    schema = rows(generator, 1, 1).schema
    options = pc.WriteOptions(quoting_style="none")
    with pq.ParquetWriter(stem + ".parquet", schema, compression="zstd") as parquet:
        with pc.CSVWriter(stem + ".csv", schema, write_options=options) as csv:
            for first in range(0, count, MOST):
                table = rows(generator, first + 1, min(MOST, count - first))
                parquet.write_table(table)
                csv.write_table(table)


main()
