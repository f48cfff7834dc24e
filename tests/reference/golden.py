#!/usr/bin/env python3
"""Writes the numbers and pictures that the engine's tests expect. Run it after a change of swap.py."""
import json
from pathlib import Path

import cv2
import numpy as np

import swap

REPOSITORY = Path(__file__).resolve().parents[2]
PHOTOS = swap.MODELS / "photos"
OUT = REPOSITORY / "runtime-image" / "src" / "test" / "resources" / "reference"
NAMES = {"collins": "astronaut.png", "hopper": "grace_hopper.jpg"}


def write(name, value):
    def plain(v):
        if isinstance(v, dict):
            return {k: plain(x) for k, x in v.items()}
        if isinstance(v, (list, tuple)):
            return [plain(x) for x in v]
        if isinstance(v, np.ndarray):
            return plain(v.tolist())
        if isinstance(v, (float, np.floating)):
            return float(f"{v:.9g}")
        return v.item() if isinstance(v, np.generic) else v

    (OUT / name).write_text(json.dumps(plain(value), separators=(",", ":")) + "\n")


def plane(a):
    """A picture or plane as the tests read it."""
    return {"width": a.shape[1], "height": a.shape[0], "values": np.asarray(a).ravel()}


def geometry(faces, triangles):
    rng = np.random.default_rng(1)
    mesh, other = faces["collins"]["mesh"], faces["hopper"]["mesh"]
    regions = []
    for face in faces.values():
        roi = swap.region(face["kp"][0], face["kp"][1], face["box"])
        regions.append((face["kp"][0], face["kp"][1], face["box"], roi))
    for angle in (-170, -80, 35, 120):
        a = np.deg2rad(angle)
        p0, p1 = np.array([50.0, 60.0]), np.array([50 + 30 * np.cos(a), 60 + 30 * np.sin(a)])
        box = np.array([10.0, 20.0, 90.0, 130.0])
        regions.append((p0, p1, box, swap.region(p0, p1, box)))
    score = rng.uniform(0.5, 1, 12)
    corner = rng.choice([[0.1, 0.1], [0.15, 0.12], [0.6, 0.5]], 12) + rng.normal(0, 0.02, (12, 2))
    rows = np.concatenate([corner, corner + rng.uniform(0.2, 0.25, (12, 2)), rng.uniform(0, 1, (12, 12))], 1)
    crop = rng.uniform(0, 192, (468, 3))
    roi = regions[0][3]
    back = cv2.invertAffineTransform(swap.region_matrix(roi))
    placed = np.concatenate([crop[:, :2] @ back[:, :2].T + back[:, 2], crop[:, 2:] * roi[2] / 192], 1)
    src, dst = mesh[:5, :2], other[:5, :2]
    size = swap.face_size(mesh)
    maps = swap.triangle_maps(other[:, :2], mesh[:, :2], triangles)
    write("geometry.json", {
        "anchors": swap.anchors(),
        "regions": [
            {"rightEye": p0, "leftEye": p1, "box": box, "side": r[2], "angle": r[3],
             "toCrop": swap.region_matrix(r), "fromCrop": cv2.invertAffineTransform(swap.region_matrix(r))}
            for p0, p1, box, r in regions
        ],
        "similarity": {"from": src, "to": dst, "matrix": swap.similarity(src, dst)},
        "turns": {str(k): swap.turn_back([[10.0, 20.0]], k, 300, 200)[0] for k in (1, 2, 3)},
        "suppression": {
            "score": score, "rows": rows,
            "merged": [{"score": s, "row": r} for s, r in swap.weighted_suppression(score, rows)],
        },
        "crop": {"region": 0, "points": crop, "placed": placed},
        "shape": {
            "size": size, "width": swap.face_width(mesh), "mouthGap": swap.mouth_gap(mesh),
            "fivePoints": swap.five_points(mesh), "aboveBrows": swap.above_brows(mesh[:, :2], size, 0.1),
        },
        "paintingOrder": swap.painting_order(mesh[:, :2], mesh[:, 2], triangles),
        "triangleMaps": maps[::50],
    })


def kernels(triangles, mesh):
    rng = np.random.default_rng(2)
    noise = rng.uniform(0, 255, (13, 17)).astype(np.float32)
    low = rng.uniform(0, 255, (7, 9)).astype(np.float32)
    rgb = rng.integers(0, 256, (23, 31, 3), np.uint8)
    mask = np.zeros((40, 40), np.uint8)
    star = np.array([[20.3, 3.1], [25.8, 14.2], [37.4, 15.9], [28.6, 24.7], [31.2, 36.5],
                     [19.9, 30.4], [8.7, 36.1], [11.3, 24.2], [2.6, 15.3], [14.1, 13.8]])
    cv2.fillPoly(mask, [swap.sixteenths(star)], 1, shift=4)
    ellipse = lambda k: cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * k + 1, 2 * k + 1))
    matrix = np.array([[0.8, 0.3, -3.2], [-0.3, 0.8, 6.4]])
    tp = (mesh[:, :2] - mesh[:, :2].min(0)) * 0.6 + 3
    shape = (int(tp[:, 1].max()) + 4, int(tp[:, 0].max()) + 4)
    index = np.full(shape, -1, np.int32)
    for t in swap.painting_order(tp, mesh[:, 2], triangles):
        cv2.fillConvexPoly(index, swap.sixteenths(tp)[triangles[t]], t, shift=4)
    squares = {}
    for name, size in (("shrunk", 16), ("enlarged", 48)):
        square, place = swap.letterbox(rgb, size)
        squares[name] = {"square": plane(square), "place": place}
    lab = swap.to_lab(rgb)
    write("kernels.json", {
        "noise": plane(noise), "low": plane(low), "rgb": plane(rgb),
        "blur": [{"sigma": s, "plane": plane(swap.blur(noise, s))} for s in (0.8, 1.0, 2.5, 7.0)],
        "down": plane(cv2.pyrDown(noise)),
        "up": plane(cv2.pyrUp(low, dstsize=(17, 13))), "upEven": plane(cv2.pyrUp(low, dstsize=(18, 14))),
        "areaPlane": plane(cv2.resize(noise, (5, 4), interpolation=cv2.INTER_AREA)),
        "areaPicture": plane(cv2.resize(rgb, (12, 9), interpolation=cv2.INTER_AREA)),
        "areaByFactor": {"factor": 2.3, "picture": plane(
            cv2.resize(rgb, None, fx=1 / 2.3, fy=1 / 2.3, interpolation=cv2.INTER_AREA))},
        "enlarged": plane(cv2.resize(low, (17, 13), interpolation=cv2.INTER_LINEAR)),
        "star": {"points": star, "mask": plane(mask)},
        "ellipse": [{"radius": k, "mask": plane(cv2.erode(mask, ellipse(k), borderValue=0))} for k in (1, 2, 4)],
        "square": {"radius": 2, "plane": plane(cv2.erode(noise, np.ones((5, 5), np.uint8)))},
        "lab": plane(lab), "labToRgb": plane(np.clip(cv2.cvtColor(lab, cv2.COLOR_Lab2RGB) * 255, 0, 255)),
        "crop": {"matrix": matrix, "size": 24, "black": plane(cv2.warpAffine(rgb, matrix, (24, 24))),
                 "replicate": plane(cv2.warpAffine(rgb, matrix, (24, 24), borderMode=cv2.BORDER_REPLICATE))},
        "letterbox": squares,
        "triangles": {"points": np.concatenate([tp, mesh[:, 2:]], 1), "map": plane(index)},
    })


def pictures(engine, photos, faces):
    enhancer, boxes = swap.session("face_enhancer_512"), {}
    for source, target in (("collins", "hopper"), ("hopper", "collins")):
        face = faces[target]
        out, (x0, y0, x1, y1) = swap.swap(
            photos[source], faces[source]["mesh"], photos[target], face["mesh"], engine.triangles)
        enhanced = swap.enhance(out, swap.five_points(face["mesh"]), enhancer)
        name = f"{source}_on_{target}"
        boxes[name] = [x0, y0, x1, y1]
        cv2.imwrite(str(OUT / f"{name}.png"), out[y0:y1, x0:x1, ::-1])
        cv2.imwrite(str(OUT / f"{name}_enhanced.png"), enhanced[y0:y1, x0:x1, ::-1])
    write("faces.json", {
        "faces": {n: {k: f[k] for k in ("score", "box", "kp", "mesh")} for n, f in faces.items()},
        "swaps": boxes,
    })


def main():
    cv2.setNumThreads(1)
    OUT.mkdir(parents=True, exist_ok=True)
    engine = swap.Engine()
    photos = {name: swap.read(PHOTOS / file) for name, file in NAMES.items()}
    faces = {name: engine.faces(photo)[0] for name, photo in photos.items()}
    geometry(faces, engine.triangles)
    kernels(engine.triangles, faces["collins"]["mesh"])
    pictures(engine, photos, faces)


if __name__ == "__main__":
    main()
