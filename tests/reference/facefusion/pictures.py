"""Pictures that the reference and the engine's tests both have: the photo, and patterns of whole numbers."""
from pathlib import Path

import cv2
import numpy as np

PHOTOS = Path(__file__).resolve().parents[3] / "runtime-image" / "models" / "photos"


def photo():
    """512 x 512, lossless."""
    return cv2.imread(str(PHOTOS / "astronaut.png"), cv2.IMREAD_COLOR).astype(float)


def pattern(width, height, divisor=1):
    """Waves that differ from channel to channel: for R, G, B = 0, 1, 2 the triangle wave of 510 at
    (2 + c) x + (4 - c) y + 170 c, divided."""
    y, x = np.mgrid[:height, :width]
    waves = [np.abs(((2 + c) * x + (4 - c) * y + 170 * c) % 510 - 255) // divisor for c in range(3)]
    return np.stack(waves[::-1], -1).astype(float)


def named(name):
    """photo, or pattern WIDTH HEIGHT DIVISOR."""
    if name == "photo":
        return photo()
    return pattern(*(int(n) for n in name.split()[1:]))
