"""Faces of a frame by those of the frames around it: FaceFusion's tracking over a window, in float64.

A face is a box with 73 points in it, of which the last five are the eyes, the nose and the corners of the mouth."""
from dataclasses import dataclass, replace

import numpy as np

POINTS = 68


@dataclass
class Face:
    box: np.ndarray
    score: float
    bend: int
    gender: str
    points: np.ndarray


def face(box, score, bend, gender):
    """bend: says where in the box the points are, and whose face it is"""
    i = np.arange(POINTS + 5) * bend
    box = np.array(box, float)
    return Face(box, score, bend, gender, box[:2] + (box[2:] - box[:2]) * np.stack([i % 17 / 17, i % 23 / 23], 1))


def overlap(a, b):
    shared = np.clip(np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2]), 0, None).prod()
    return shared / ((a[2:] - a[:2]).prod() + (b[2:] - b[:2]).prod() - shared)


def tracks(frames, score):
    """Each a list of pairs, the index of a frame and the face there."""
    found = []
    for index, faces in enumerate(frames):
        for seen in faces:
            # A face goes on no track that has one of the same frame already.
            gains = [overlap(seen.box, t[-1][1].box) if t[-1][0] < index else 0 for t in found]
            best = int(np.argmax(gains)) if gains else None
            if best is not None and gains[best] > score:
                found[best].append((index, seen))
            else:
                found.append([(index, seen)])
    return found


def between(before, after, factor):
    nearer = before if factor < 0.5 else after
    mixed = {part: getattr(before, part) * (1 - factor) + getattr(after, part) * factor for part in ("box", "points")}
    return replace(nearer, **mixed)


def faces(frames, score):
    """The faces of the middle frame, in the order of their tracks."""
    middle = len(frames) // 2
    result = []
    for track in tracks(frames, score):
        before = [pair for pair in track if pair[0] <= middle]
        after = [pair for pair in track if pair[0] >= middle]
        if not before or not after:
            continue
        (start, first), (end, last) = before[-1], after[0]
        result.append(first if start == end else between(first, last, (middle - start) / (end - start)))
    return result
