#!/usr/bin/env python3
"""Writes what the tests of the tracking expect. usage: python -m facefusion.tracking_golden

People who walk, come close to each other and are not seen in every frame; faces come in any order."""
import json
from pathlib import Path

import numpy as np

from . import tracking

OUT = Path(__file__).resolve().parents[3] / "runtime-image" / "src" / "test" / "resources" / "reference" / "facefusion_tracking.json"

REACHES = (0, 1, 2, 2, 2, 3, 5, 10)
SCORES = (0.05, 0.3, 0.5)


def window(random, reach):
    """Faces as box, score, bend, gender: of each frame a list, empty where the video does not reach."""
    people = random.integers(1, 4)
    places = random.uniform(0, 160, (people, 2))
    speeds = random.uniform(-12, 12, (people, 2))
    sizes = random.uniform(60, 90, (people, 2))
    first = random.integers(0, reach + 1) if random.random() < 0.2 else 0
    frames = []
    for index in range(2 * reach + 1):
        faces = []
        for person in random.permutation(people):
            if index < first or random.random() < 0.35:
                continue
            corner = places[person] + speeds[person] * index + random.normal(0, 3, 2)
            box = np.concatenate([corner, corner + sizes[person] * random.uniform(0.95, 1.05)])
            gender = "female" if random.random() < 0.5 else "male"
            faces.append([[round(float(v), 2) for v in box], round(float(random.uniform(0.5, 1)), 3), int(random.integers(1, 200)), gender])
        frames.append(faces)
    return frames


def plain(face):
    return {
        "box": [round(float(v), 6) for v in face.box],
        "score": face.score,
        "bend": face.bend,
        "gender": face.gender,
        "points": [round(float(v), 6) for v in face.points[[0, 30, 67, 68, 72]].ravel()],
    }


def main():
    random = np.random.default_rng(38)
    cases = []
    for reach in REACHES:
        for score in SCORES:
            for _ in range(2):
                frames = window(random, reach)
                found = tracking.faces([[tracking.face(*f) for f in faces] for faces in frames], score)
                cases.append({"score": score, "frames": frames, "faces": [plain(f) for f in found]})
    OUT.write_text("[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]\n")
    total = sum(len(c["faces"]) for c in cases)
    seen = sum(len(c["frames"][len(c["frames"]) // 2]) for c in cases)
    print(f"{len(cases)} cases, {total} faces, {total - seen} of them between others, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
