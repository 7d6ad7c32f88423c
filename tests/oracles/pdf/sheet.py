"""Puts pictures of running forms side by side: sheet.py OUT.png NAME=PICTURE.png...

Each picture is cut at the foot to the same height, and has its name above it. The result has 64 colours and no timestamp, so that the
same pictures give the same bytes. Run by hand after a picture of the book has changed.
"""

import sys

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT, GAP, HEAD, COLUMNS = 300, 340, 12, 22, 4
DESK, PAPER, INK = (208, 208, 208), (255, 255, 255), (0, 0, 0)

out, pairs = sys.argv[1], [pair.split("=", 1) for pair in sys.argv[2:]]
lines = -(-len(pairs) // COLUMNS)
size = (COLUMNS * (WIDTH + GAP) + GAP, lines * (HEIGHT + HEAD + GAP) + GAP)
sheet = Image.new("RGB", size, DESK)
draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(size=15)
for at, (name, path) in enumerate(pairs):
    left = GAP + at % COLUMNS * (WIDTH + GAP)
    top = GAP + at // COLUMNS * (HEIGHT + HEAD + GAP)
    picture = Image.open(path).convert("RGB")
    picture = picture.resize((WIDTH, round(picture.height * WIDTH / picture.width)), Image.LANCZOS)
    paper = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    paper.paste(picture.crop((0, 0, WIDTH, HEIGHT)) if picture.height > HEIGHT else picture)
    draw.text((left, top), name, fill=INK, font=font)
    sheet.paste(paper, (left, top + HEAD))
sheet.quantize(64).save(out, optimize=True)
