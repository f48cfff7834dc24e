"""Pictures that the reference and the engine's tests both have: the photo, what can be made of it, and patterns of whole
numbers."""
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


def stored(name):
    """What the picture's file holds, 8-bit: photo, or pattern WIDTH HEIGHT DIVISOR; a grey photo has one channel, a clear one
    a fourth, the others have three."""
    kind, *words = name.split()
    if kind == "pattern":
        return pattern(*map(int, words)).astype(np.uint8)
    made = photo().astype(np.uint8)
    match words:
        case []:
            return made
        case ["turned", degrees]:
            return np.ascontiguousarray(np.rot90(made, int(degrees) // 90))
        case ["scaled", width, height]:
            return cv2.resize(made, (int(width), int(height)), interpolation=cv2.INTER_AREA)
        case ["cut", left, top, width, height]:
            return np.ascontiguousarray(made[int(top) :, int(left) :][: int(height), : int(width)])
        case ["grey"]:
            return cv2.cvtColor(made, cv2.COLOR_BGR2GRAY)
        case ["dark"]:
            return made // 6
        case ["clear"]:
            return np.dstack([made, np.mgrid[:512, :512][1].astype(np.uint8)])
    raise ValueError(name)


def named(name):
    """The picture in three channels, blue first."""
    made = stored(name)
    if made.ndim == 2:
        made = np.stack([made] * 3, -1)
    return made[..., :3].astype(float)
