"""Draws dateline.png: a pin on a line of time. Needs Pillow; run in this folder."""

from PIL import Image, ImageDraw

SIDE, TIMES = 256, 4
BIG = SIDE * TIMES
INK, PAPER, ACCENT, FAINT = (29, 33, 38), (250, 248, 244), (35, 87, 196), (120, 124, 130)

image = Image.new("RGBA", (BIG, BIG), (0, 0, 0, 0))
draw = ImageDraw.Draw(image)
unit = BIG / 64
at = lambda *numbers: [number * unit for number in numbers]
draw.rounded_rectangle(at(2, 2, 62, 62), radius=13 * unit, fill=PAPER, outline=INK, width=int(1.6 * unit))
# The line, with ticks.
draw.rounded_rectangle(at(11, 45.2, 53, 47.6), radius=unit, fill=INK)
for x in (16, 24, 40, 48):
    draw.rounded_rectangle(at(x - 0.9, 49.5, x + 0.9, 53.5), radius=unit, fill=FAINT)
# The pin.
draw.polygon([tuple(at(32, 46)), tuple(at(22.6, 29.5)), tuple(at(41.4, 29.5))], fill=ACCENT)
draw.ellipse(at(20.5, 12, 43.5, 35), fill=ACCENT)
draw.ellipse(at(27.5, 19, 36.5, 28), fill=PAPER)
image.resize((SIDE, SIDE), Image.LANCZOS).save("dateline.png", optimize=True)
