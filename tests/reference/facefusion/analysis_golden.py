#!/usr/bin/env python3
"""Writes what the tests of the analysis expect. usage: python -m facefusion.analysis_golden

Run it after a change of analysis.py or of the stand-ins."""
import json
from pathlib import Path

from . import analysis, pictures

OUT = Path(__file__).resolve().parents[3] / "runtime-image" / "src" / "test" / "resources" / "reference" / "facefusion_analysis.json"

PLAIN, WIDE, TALL, DARK = "photo", "pattern 900 500 1", "pattern 420 760 1", "pattern 640 480 9"

# Every detector, landmarker, size, margin, turn and threshold, each where it makes a difference.
CASES = [
    (PLAIN, {}),
    (WIDE, {}),
    (TALL, {}),
    (DARK, {}),
    (WIDE, {"face_detector_model": "scrfd"}),
    (WIDE, {"face_detector_model": "scrfd", "face_detector_size": 480}),
    (PLAIN, {"face_detector_model": "scrfd", "face_detector_size": 512}),
    (WIDE, {"face_detector_model": "retinaface"}),
    (TALL, {"face_detector_model": "retinaface"}),
    (WIDE, {"face_detector_model": "yunet"}),
    (TALL, {"face_detector_model": "yunet"}),
    (PLAIN, {"face_detector_model": "yunet", "face_detector_score": 0.7}),
    (PLAIN, {"face_detector_model": "many"}),
    (PLAIN, {"face_detector_score": 0.7}),
    (PLAIN, {"face_detector_score": 0.0}),
    (PLAIN, {"face_detector_score": 0.95}),
    (WIDE, {"face_detector_margin": [20, 10, 0, 30]}),
    (PLAIN, {"face_detector_margin": [10, 10, 10, 10], "face_detector_angles": [90]}),
    (PLAIN, {"face_detector_angles": [90]}),
    (WIDE, {"face_detector_angles": [180]}),
    (TALL, {"face_detector_angles": [270]}),
    (PLAIN, {"face_detector_angles": [0, 90]}),
    (PLAIN, {"face_detector_angles": [0, 90, 180]}),
    (PLAIN, {"face_detector_angles": [0, 90, 180, 270]}),
    (WIDE, {"face_landmarker_model": "peppa_wutz"}),
    (WIDE, {"face_landmarker_model": "many"}),
    (DARK, {"face_landmarker_model": "many"}),
    (PLAIN, {"face_landmarker_score": 0.0}),
    (PLAIN, {"face_landmarker_score": 0.79}),
    (PLAIN, {"face_landmarker_score": 1.0}),
]


def rounded(values, digits=5):
    return [round(float(v), digits) for v in values]


def plain(face):
    return {
        "box": rounded(face.box),
        "score": round(float(face.score), 6),
        "detected": rounded(face.detected.ravel()),
        "landmarkerScore": round(float(face.landmarker_score), 6),
        "five": rounded(face.five.ravel()),
        "points": rounded(face.points.ravel(), 3),
        "angle": face.angle,
        # Every eighth number of the embedding, and its length.
        "embedding": rounded(face.raw[::8]),
        "length": round(float((face.raw**2).sum() ** 0.5), 5),
        "gender": face.gender,
        "race": face.race,
        "age": list(face.age),
    }


def main():
    cases = [{"picture": name, "options": options, "faces": [plain(f) for f in analysis.faces(pictures.named(name), options)]} for name, options in CASES]
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    OUT.write_text(f"[\n{lines}\n]\n")
    print(f"{len(cases)} cases, {sum(len(c['faces']) for c in cases)} faces, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
