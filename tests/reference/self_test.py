#!/usr/bin/env python3
"""Writes what the runtime's self-test swaps and expects, and the baseline of its drift watch.

Run it after a change of swap.py or of a model. The photographs are cut to the face, so that the test costs little.
"""
import hashlib
import json

import cv2
import numpy as np

import swap
from golden import NAMES, PHOTOS, REPOSITORY

INPUTS = REPOSITORY / "runtime-image" / "src" / "main" / "resources" / "self-test"
MINIMUM_PSNR = 35  # decibels; see docs/self-test.md


def cut(photo, face, size=224):
    """The face and what is around it, at its own scale or smaller."""
    side = 2 * max(face["box"][2:] - face["box"][:2])
    x, y = ((face["box"][:2] + face["box"][2:]) / 2 - side / 2).round().astype(int).clip(0)
    part = photo[y : y + int(side), x : x + int(side)]
    scale = size / max(part.shape[:2])
    return cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)


def embedding(recogniser, rgb, face):
    cx, cy, _, angle = swap.region(face["kp"][0], face["kp"][1], face["box"])
    side = 1.25 * (face["box"][2] - face["box"][0])
    crop = cv2.warpAffine(rgb, swap.region_matrix((cx, cy, side, angle), 150), (150, 150), flags=cv2.INTER_LINEAR)
    return recogniser.run(None, {"input": crop.astype(np.float32)[None]})[0][0]


def cosine(a, b):
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


def psnr(a, b):
    return float(10 * np.log10(255**2 / np.mean((a.astype(float) - b) ** 2)))


def main():
    cv2.setNumThreads(1)
    engine, recogniser, enhancer = swap.Engine(), swap.session("face_embedding_128"), swap.session("face_enhancer_512")
    photos = {name: swap.read(PHOTOS / file) for name, file in NAMES.items()}
    faces = {name: engine.faces(photo)[0] for name, photo in photos.items()}
    embeddings = {name: embedding(recogniser, photos[name], faces[name]) for name in photos}

    swapped, untouched = [], []
    for source, target in (("collins", "hopper"), ("hopper", "collins")):
        out, _ = swap.swap(
            photos[source], faces[source]["mesh"], photos[target], faces[target]["mesh"], engine.triangles)
        for picture in (out, swap.enhance(out, swap.five_points(faces[target]["mesh"]), enhancer)):
            swapped.append(cosine(embeddings[source], embedding(recogniser, picture, faces[target])))
        untouched.append(cosine(embeddings[source], embeddings[target]))
    mean = np.mean(swapped)
    (swap.MODELS / "drift_baseline.json").write_text(json.dumps({
        "identity_similarity": round(float(mean), 4),
        # Half-way to what no swap at all would give.
        "identity_tolerance": round(float(mean - np.mean(untouched)) / 2, 4),
        "no_face_ratio": 0.0,
        "no_face_tolerance": 0.5,
    }, indent=2) + "\n")
    print("similarity swapped", swapped, "untouched", untouched)

    INPUTS.mkdir(parents=True, exist_ok=True)
    small = {role: cut(photos[name], faces[name]) for role, name in (("source", "collins"), ("target", "hopper"))}
    for role, picture in small.items():
        cv2.imwrite(str(INPUTS / f"{role}.png"), picture[..., ::-1])
    found = {role: engine.faces(picture)[0] for role, picture in small.items()}
    out, _ = swap.swap(
        small["source"], found["source"]["mesh"], small["target"], found["target"]["mesh"], engine.triangles)
    out = swap.enhance(out, swap.five_points(found["target"]["mesh"]), enhancer)
    result = swap.MODELS / "golden.png"
    cv2.imwrite(str(result), out[..., ::-1])
    (swap.MODELS / "golden.json").write_text(json.dumps({
        "result": result.name,
        "sha256": hashlib.sha256(result.read_bytes()).hexdigest(),
        "minimum_psnr_db": MINIMUM_PSNR,
    }, indent=2) + "\n")
    print("an untouched target has", psnr(small["target"], out), "dB")


if __name__ == "__main__":
    main()
