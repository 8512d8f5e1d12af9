"""Makes the altered copies, the group picture and the drawing in samples/: run it to make them again.

    python -m demos.face_recognition.make_samples

Everything comes from photos inside scikit-image and matplotlib, or is drawn; the same files come out each time.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from demos.weights import find_part

FOLDER = Path(__file__).with_name("samples")
ASTRONAUT = "scikit-image:skimage/data/astronaut.png"
ADMIRAL = "matplotlib:matplotlib/mpl-data/sample_data/grace_hopper.jpg"
PHOTOGRAPHER = "scikit-image:skimage/data/camera.png"
SKIN, INK, PAPER = (250, 214, 165), (45, 40, 38), (240, 236, 225)


def photo(part: str) -> Image.Image:
    """A photo of an installed package."""
    return Image.open(find_part(part, FOLDER)).convert("RGB")


def astronaut_copy() -> Image.Image:
    """The astronaut cut closer, mirrored, turned by 12 degrees, in warm and dim light, a little soft."""
    face = ImageOps.mirror(photo(ASTRONAUT).crop((90, 10, 370, 330))).rotate(12, Image.Resampling.BICUBIC,
                                                                             fillcolor=(70, 62, 58))
    dim = np.asarray(face).astype(float) * (0.7, 0.58, 0.45)
    return Image.fromarray(dim.astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.8))


def admiral_copy() -> Image.Image:
    """The admiral's photo as an old print: mirrored, grey, faded and grainy."""
    grey = ImageOps.mirror(photo(ADMIRAL).crop((110, 70, 440, 440))).convert("L").resize((300, 336))
    faded = ImageEnhance.Contrast(grey).enhance(0.6)
    grain = np.random.default_rng(0).normal(0, 9, (336, 300))
    return Image.fromarray(np.clip(np.asarray(faded) + grain, 0, 255).astype(np.uint8)).convert("RGB")


def far_copy() -> Image.Image:
    """The astronaut's photo shrunk until the face is 11 pixels wide, then enlarged."""
    small = photo(ASTRONAUT).resize((60, 60), Image.Resampling.BOX)
    return small.resize((512, 512), Image.Resampling.BICUBIC)


def group() -> Image.Image:
    """Three people of three photos side by side: a picture with many faces, put together by this project."""
    parts = (photo(ADMIRAL).crop((60, 40, 460, 560)), photo(ASTRONAUT).crop((60, 0, 380, 416)),
             photo(PHOTOGRAPHER).crop((110, 60, 310, 320)))
    sheet = Image.new("RGB", (960, 416), PAPER)
    for number, part in enumerate(parts):
        sheet.paste(ImageOps.fit(part, (320, 416), Image.Resampling.LANCZOS), (320 * number, 0))
    return sheet


def drawing() -> Image.Image:
    """A face as a child would draw it: a circle, two eyes, a nose and a mouth."""
    sheet = Image.new("RGB", (480, 480), PAPER)
    pen = ImageDraw.Draw(sheet)
    pen.ellipse((90, 70, 390, 410), fill=SKIN, outline=INK, width=6)
    for x in (180, 300):
        pen.ellipse((x - 22, 190, x + 22, 222), fill="white", outline=INK, width=4)
        pen.ellipse((x - 9, 197, x + 9, 215), fill=INK)
    pen.line((240, 225, 226, 280, 250, 280), fill=INK, width=5)
    pen.arc((175, 255, 305, 345), 20, 160, fill=INK, width=7)
    return sheet


MADE = {"astronaut_copy.jpg": astronaut_copy, "admiral_copy.jpg": admiral_copy, "far_copy.jpg": far_copy,
        "group.jpg": group, "drawing.jpg": drawing}


def main() -> None:
    """Make every sample."""
    FOLDER.mkdir(exist_ok=True)
    for name, make in MADE.items():
        make().save(FOLDER / name, "JPEG", quality=90)


if __name__ == "__main__":
    main()
