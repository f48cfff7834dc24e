"""Faces of a picture as FaceFusion finds, knows and selects them: the contracts' maths in float64, the models by ONNX Runtime.

Pictures are those of geometry.py. Options have FaceFusion's names."""
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime

from . import colour
from .geometry import crop, inverse, resize, similarity, TEMPLATES, transform, turn, warp

MODELS = Path(__file__).resolve().parents[3] / "runtime-image" / "src" / "test" / "resources" / "stand-ins"

FILES = {"yolo_face": "yoloface_8n", "scrfd": "scrfd_2.5g", "retinaface": "retinaface_10g", "yunet": "yunet_2023_mar"}

OPTIONS = {
    "face_detector_model": "yolo_face",
    "face_detector_size": 640,
    "face_detector_margin": (0, 0, 0, 0),
    "face_detector_angles": (0,),
    "face_detector_score": 0.5,
    "face_landmarker_model": "2dfan4",
    "face_landmarker_score": 0.5,
    "face_selector_mode": "many",
    "face_selector_order": "large-small",
    "face_selector_gender": None,
    "face_selector_race": None,
    "face_selector_age_start": 0,
    "face_selector_age_end": 100,
    "reference_face_position": 0,
    "reference_face_distance": 0.3,
}


@dataclass
class Face:
    box: np.ndarray
    score: float
    detected: np.ndarray
    five: np.ndarray
    points: np.ndarray
    landmarker_score: float
    angle: int
    raw: np.ndarray = field(default=None)
    normalised: np.ndarray = field(default=None)
    gender: str = None
    race: str = None
    age: tuple = None


@cache
def session(name):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(MODELS / f"{name}.onnx", options)


def run(name, **inputs):
    return session(name).run(None, {k: np.ascontiguousarray(v, np.float32) for k, v in inputs.items()})


def planes(picture):
    return picture.transpose(2, 0, 1)[None]


def corner(picture, side):
    """Shrunk if larger than the square, in its top-left corner; and how much larger the picture is, to the right and down."""
    height, width = picture.shape[:2]
    small = picture
    if width > side or height > side:
        scale = min(side / height, side / width)
        # FaceFusion fails where a side comes to nothing.
        small = resize(picture, max(int(width * scale), 1), max(int(height * scale), 1))
    square = np.zeros((side, side, 3))
    square[: small.shape[0], : small.shape[1]] = small
    return square, np.array([width / small.shape[1], height / small.shape[0]])


def yolo(square, score):
    (output,) = run("yoloface_8n", input=planes(square) / 255)
    rows = output[0].T.astype(float)
    rows = rows[rows[:, 4] > score]
    centre, half = rows[:, :2], rows[:, 2:4] / 2
    points = rows[:, 5:].reshape(-1, 5, 3)[:, :, :2]
    return np.hstack([centre - half, centre + half]), points, rows[:, 4]


def anchored(name):
    def detect(square, score):
        outputs = run(name, input=(planes(square) - 127.5) / 128)
        boxes, points, scores = [], [], []
        for level, stride in enumerate((8, 16, 32)):
            cells = square.shape[0] // stride
            rows, columns = np.mgrid[:cells, :cells]
            anchors = np.repeat(np.stack([columns, rows], -1).reshape(-1, 2) * stride, 2, axis=0)
            value, box, five = (outputs[k + level].astype(float) for k in (0, 3, 6))
            kept = value[:, 0] >= score
            a = anchors[kept]
            boxes.append(np.hstack([a - stride * box[kept, :2], a + stride * box[kept, 2:]]))
            points.append(a[:, None] + stride * five[kept].reshape(-1, 5, 2))
            scores.append(value[kept, 0])
        return np.concatenate(boxes), np.concatenate(points), np.concatenate(scores)

    return detect


def yunet(square, score):
    outputs = run("yunet_2023_mar", input=planes(square))
    boxes, points, scores = [], [], []
    for level, stride in enumerate((8, 16, 32)):
        cells = square.shape[0] // stride
        rows, columns = np.mgrid[:cells, :cells]
        anchors = np.stack([columns, rows], -1).reshape(-1, 2) * stride
        kind, thing, box, five = (outputs[k + level][0].astype(float) for k in (0, 3, 6, 9))
        value = (kind * thing)[:, 0]
        kept = value >= score
        a = anchors[kept]
        centre = a + stride * box[kept, :2]
        size = np.exp(box[kept, 2:]) * stride
        boxes.append(np.hstack([centre - size / 2, centre + size / 2]))
        points.append(a[:, None] + stride * five[kept].reshape(-1, 5, 2))
        scores.append(value[kept])
    return np.concatenate(boxes), np.concatenate(points), np.concatenate(scores)


DETECTORS = {"retinaface": anchored("retinaface_10g"), "scrfd": anchored("scrfd_2.5g"), "yolo_face": yolo, "yunet": yunet}


def detect_view(picture, options):
    """Boxes, points and scores in one view of the picture."""
    height, width = picture.shape[:2]
    top, right, bottom, left = (int(size * (m / 100) * 0.5) for size, m in zip((height, width, height, width), options["face_detector_margin"]))
    framed = np.pad(picture, ((top, bottom), (left, right), (0, 0)))
    square, ratio = corner(framed, options["face_detector_size"])
    model = options["face_detector_model"]
    found = [DETECTORS[m](square, options["face_detector_score"]) for m in (("retinaface", "scrfd", "yolo_face") if model == "many" else (model,))]
    boxes, points, scores = (np.concatenate(parts) for parts in zip(*found))
    boxes = boxes.reshape(-1, 2, 2) * ratio - (left, top)
    points = points * ratio - (left, top)
    return np.stack([boxes.min(1), boxes.max(1)], 1), points, scores


def detect(picture, options):
    """All candidates, in the picture's pixels."""
    parts = []
    for angle in options["face_detector_angles"]:
        height, width = picture.shape[:2]
        if angle == 0:
            parts.append(detect_view(picture, options))
            continue
        matrix, turned_width, turned_height = turn(angle, width, height)
        boxes, points, scores = detect_view(warp(picture, matrix, turned_width, turned_height, "black"), options)
        back = inverse(matrix)
        corners = np.stack([boxes[:, [0, 0, 1, 1], 0], boxes[:, [0, 1, 1, 0], 1]], -1)
        corners = transform(corners.reshape(-1, 2), back).reshape(-1, 4, 2)
        parts.append((np.stack([corners.min(1), corners.max(1)], 1), transform(points.reshape(-1, 2), back).reshape(-1, 5, 2), scores))
    boxes, points, scores = (np.concatenate(p) for p in zip(*parts))
    return boxes.reshape(-1, 4), points, scores


def overlap(a, b):
    shared = np.maximum(np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2]), 0).prod()
    return shared / ((a[2:] - a[:2]).prod() + (b[2:] - b[:2]).prod() - shared)


def suppressed(boxes, scores, options):
    """Which candidates stay, the surest first."""
    limit = 0.1 if options["face_detector_model"] == "many" else {2: 0.3, 3: 0.2, 4: 0.1}.get(len(options["face_detector_angles"]), 0.4)
    kept = []
    for i in np.argsort(-scores, kind="stable"):
        if scores[i] > options["face_detector_score"] and all(overlap(boxes[k], boxes[i]) <= limit for k in kept):
            kept.append(i)
    return kept


def sixty_eight(five):
    to_template = similarity(five, TEMPLATES["ffhq_512"])
    (output,) = run("fan_68_5", input=transform(five, to_template)[None])
    return transform(output[0], inverse(to_template))


def face_angle(points):
    (x, y) = points[16] - points[0]
    degrees = np.degrees(np.arctan2(y, x)) % 360
    return int(min((0, 90, 180, 270, 360), key=lambda a: abs(a - degrees)) % 360)


def landmark_crop(picture, box, angle):
    """What a landmarker sees, and the map back from it."""
    scale = 195 / max(1, max(box[2] - box[0], box[3] - box[1]))
    matrix = np.array([[scale, 0, (256 - (box[0] + box[2]) * scale) / 2], [0, scale, (256 - (box[1] + box[3]) * scale) / 2]])
    square = warp(picture, matrix, 256, 256, "black")
    rotation, _, _ = turn(angle, 256, 256)
    square = warp(square, rotation, 256, 256, "black")
    return colour.more_contrast(square), lambda points: transform(transform(points, inverse(rotation)), inverse(matrix))


def landmarks(picture, box, angle, options):
    square, back = landmark_crop(picture, box, angle)
    tensor = planes(square) / 255
    results = {}
    model = options["face_landmarker_model"]
    if model in ("2dfan4", "many"):
        points, heatmaps = run("2dfan4", input=tensor)
        score = np.interp(heatmaps[0].reshape(68, -1).max(1).astype(float).mean(), (0, 0.9), (0, 1))
        results["2dfan4"] = (back(points[0, :, :2].astype(float) / 64 * 256), score)
    if model in ("peppa_wutz", "many"):
        points = run("peppa_wutz", input=tensor)[0].reshape(68, 3).astype(float)
        results["peppa_wutz"] = (back(points[:, :2] / 64 * 256), np.interp(points[:, 2].mean(), (0, 0.95), (0, 1)))
    if model == "many":
        return results["2dfan4"] if results["2dfan4"][1] > results["peppa_wutz"][1] - 0.2 else results["peppa_wutz"]
    return results[model]


def embed(picture, five):
    face, _ = crop(picture, five, "arcface_112_v2", 112)
    (output,) = run("arcface_w600k_r50", input=planes(face[..., ::-1]) / 127.5 - 1)
    raw = output.ravel().astype(float)
    return raw, raw / np.linalg.norm(raw)


AGES = ((0, 2), (3, 9), (10, 19), (20, 29), (30, 39), (40, 49), (50, 59), (60, 69), (70, 100))
RACES = ("white", "black", "latino", "asian", "asian", "indian", "arabic")


def classify(picture, five):
    face, _ = crop(picture, five, "arcface_112_v2", 224)
    tensor = (face[..., ::-1] / 255 - (0.485, 0.456, 0.406)) / (0.229, 0.224, 0.225)
    race, gender, age = run("fairface", input=planes(tensor))
    return "female" if gender[0] == 1 else "male", RACES[race[0]], AGES[age[0]]


def faces(picture, options=OPTIONS):
    """Every face, the surest detection first."""
    options = OPTIONS | dict(options)
    if options["face_detector_score"] == 0:
        return []
    boxes, fives, scores = detect(picture, options)
    found = []
    for i in suppressed(boxes, scores, options):
        five = fives[i]
        points, score = sixty_eight(five), 0.0
        angle = face_angle(points)
        if options["face_landmarker_score"] > 0:
            points, score = landmarks(picture, boxes[i], angle, options)
            if score > options["face_landmarker_score"]:
                five = np.array([points[36:42].mean(0), points[42:48].mean(0), points[30], points[48], points[54]])
        raw, normalised = embed(picture, five)
        gender, race, age = classify(picture, five)
        found.append(Face(boxes[i], scores[i], fives[i], five, points, score, angle, raw, normalised, gender, race, age))
    return found


ORDERS = {
    "left-right": lambda f: f.box[0],
    "right-left": lambda f: -f.box[0],
    "top-bottom": lambda f: f.box[1],
    "bottom-top": lambda f: -f.box[1],
    "small-large": lambda f: (f.box[2:] - f.box[:2]).prod(),
    "large-small": lambda f: -(f.box[2:] - f.box[:2]).prod(),
    "best-worst": lambda f: -f.score,
    "worst-best": lambda f: f.score,
}


def alike(found, order):
    """Whether only the last digits of the numbers tell which of two faces comes first."""
    keys = sorted(map(ORDERS[order], found))
    return any(0 < b - a < 1e-6 for a, b in zip(keys, keys[1:]))


def ordered_and_filtered(found, options, source):
    found = sorted(found, key=ORDERS[options["face_selector_order"]])
    for trait in ("gender", "race"):
        wanted = options[f"face_selector_{trait}"]
        if wanted == "auto":
            wanted = getattr(source, trait)
        if wanted:
            found = [f for f in found if getattr(f, trait) == wanted]
    years = set(range(options["face_selector_age_start"], options["face_selector_age_end"]))
    return [f for f in found if years & set(range(*f.age))]


def selected(picture, options=OPTIONS, source=None):
    """The faces of a still picture that are worked on. source: the largest face of all sources, for filters that follow it"""
    options = OPTIONS | dict(options)
    found = faces(picture, options)
    candidates = ordered_and_filtered(found, options, source)
    mode = options["face_selector_mode"]
    if mode == "many":
        return candidates
    if mode == "one":
        return candidates[:1]
    if not candidates:
        return []
    reference = candidates[min(options["reference_face_position"], len(candidates) - 1)]
    return [f for f in found if max(1 - f.normalised @ reference.normalised, 0) / 2 < options["reference_face_distance"]]


def source_face(pictures, options=OPTIONS):
    """The largest face of the first picture, with the mean identity of all."""
    largest = [sorted(faces(p, options), key=ORDERS["large-small"])[0] for p in pictures]
    return replace(largest[0], raw=np.mean([f.raw for f in largest], 0), normalised=np.mean([f.normalised for f in largest], 0))
