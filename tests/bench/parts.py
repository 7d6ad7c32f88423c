"""Divides answers into equal tables: parts.py STEM ENDING COUNT FOLDER writes FOLDER/part-0.ENDING and so on."""
import os
import sys

import pyarrow.csv as pc
import pyarrow.parquet as pq


def main():
    stem, ending, count, folder = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
    os.makedirs(folder, exist_ok=True)
    table = pq.read_table(stem + ".parquet")
    rows = -(-len(table) // count)
    for part in range(count):
        piece, name = table.slice(part * rows, rows), os.path.join(folder, f"part-{part}.{ending}")
        if ending == "csv":
            pc.write_csv(piece, name, pc.WriteOptions(quoting_style="none"))
        else:
            pq.write_table(piece, name, compression="zstd")


main()
