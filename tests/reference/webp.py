"""Writes the WebP files that the runtime's tests read, by OpenCV's libwebp.

What they show is a formula, which the tests know: at column x and row y red is 10 x, green 15 y and blue 5 (x + y).
"""

import pathlib
import struct

import cv2
import numpy as np

WIDTH, HEIGHT = 24, 16
LOSSLESS, GOOD = 101, 95
FOLDER = pathlib.Path(__file__).resolve().parents[2] / "runtime-image/src/test/resources/webp"


def pattern():
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    return np.stack([5 * (x + y), 15 * y, 10 * x], axis=-1).astype(np.uint8)  # B, G, R


def encoded(picture, quality):
    return cv2.imencode(".webp", picture, [cv2.IMWRITE_WEBP_QUALITY, quality])[1].tobytes()


def chunk(name, content):
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def turned(file, orientation, prefix=b""):
    """The same file, extended by Exif that tells how the camera was held."""
    exif = prefix + b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, orientation, 0, 0)
    canvas = struct.pack("<I", 0x08) + struct.pack("<I", WIDTH - 1)[:3] + struct.pack("<I", HEIGHT - 1)[:3]
    chunks = b"WEBP" + chunk(b"VP8X", canvas) + file[12:] + chunk(b"EXIF", exif)
    return b"RIFF" + struct.pack("<I", len(chunks)) + chunks


def animated():
    animation = cv2.Animation()
    animation.frames = [pattern(), 255 - pattern()]
    animation.durations = [100, 100]
    return cv2.imencodeanimation(".webp", animation)[1].tobytes()


def main():
    plain = encoded(pattern(), LOSSLESS)
    alpha = np.dstack([pattern(), np.full((HEIGHT, WIDTH), 128, np.uint8)])
    FOLDER.mkdir(exist_ok=True)
    for name, content in {
        "lossless": plain,
        "lossy": encoded(pattern(), GOOD),
        "alpha": encoded(alpha, LOSSLESS),
        "turned": turned(plain, 6),
        "turned-named": turned(plain, 6, b"Exif\0\0"),
        "animated": animated(),
    }.items():
        (FOLDER / f"{name}.webp").write_bytes(content)


if __name__ == "__main__":
    main()
