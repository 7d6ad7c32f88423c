"""Creates a contact sheet of first pages: contact.py OUT.png COLUMNS FORM.pdf...

The forms are placed from left to right and from top to bottom. The picture has 16 greys and no timestamp, so that the same
forms give the same bytes. Only poppler is required.
"""

import subprocess
import sys
import zlib

WIDTH, HEIGHT, GAP = 168, 238, 6  # of the cell of a page, and between two cells, in pixels
PAPER, DESK = 255, 170


def page(path):
    """The first page as rows of greys, no larger than its cell."""
    command = ["pdftoppm", "-gray", "-f", "1", "-l", "1", "-scale-to-x", str(WIDTH), "-scale-to-y", "-1", path]
    data = subprocess.run(command, check=True, capture_output=True).stdout
    magic, width, height, _, pixels = data.split(maxsplit=4) if data[:2] == b"P5" else sys.exit(f"{path}: no picture")
    width, height = int(width), int(height)
    pixels = data[-width * height :]
    return [pixels[row * width : (row + 1) * width] for row in range(height)][:HEIGHT]


def chunk(kind, data):
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


def png(rows):
    width, height = len(rows[0]), len(rows)
    packed = bytearray()
    for row in rows:
        greys = [value >> 4 for value in row] + [0] * (width % 2)
        packed += b"\0" + bytes(high << 4 | low for high, low in zip(greys[::2], greys[1::2]))
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([4, 0, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(packed), 9)) + chunk(b"IEND", b"")


out, columns, paths = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
lines = -(-len(paths) // columns)
sheet = [bytearray([DESK]) * (columns * (WIDTH + GAP) + GAP) for _ in range(lines * (HEIGHT + GAP) + GAP)]
for index, path in enumerate(paths):
    left = GAP + index % columns * (WIDTH + GAP)
    top = GAP + index // columns * (HEIGHT + GAP)
    for row, pixels in enumerate(page(path)):
        sheet[top + row][left : left + len(pixels)] = pixels
with open(out, "wb") as file:
    file.write(png(sheet))
