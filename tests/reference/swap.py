#!/usr/bin/env python3
"""The maths of the bundled engine in numpy and OpenCV: the reference that the Java code is measured against.

BlazeFace -> FaceMesh (468 points) -> piecewise affine warp -> Lab colour transfer -> multiband blend.

    pip install -r requirements.txt
    swap.py --source A --target B --output C [--enhance] [--bench ROUNDS]
"""
import argparse
import json
import math
import time
from pathlib import Path

import cv2
import numpy as np
import onnxruntime as ort

MODELS = Path(__file__).resolve().parents[2] / "runtime-image" / "models"

times = {}  # stage -> milliseconds in this round


class stage:
    """Adds the time of a block to its stage."""

    def __init__(self, name):
        self.name = name

    def __enter__(self):
        self.start = time.perf_counter()

    def __exit__(self, *_):
        times[self.name] = times.get(self.name, 0) + (time.perf_counter() - self.start) * 1e3


def session(name):
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return ort.InferenceSession(
        str(MODELS / f"{name}.onnx"), options, providers=["CPUExecutionProvider"]
    )


def read(path):
    return cv2.cvtColor(cv2.imread(str(path)), cv2.COLOR_BGR2RGB)


# ---------------------------------------------------------------- detection


def anchors():
    """896 centres (x, y) in 0..1: 16 x 16 cells twice, then 8 x 8 cells six times."""
    out = []
    for cells, copies in ((16, 2), (8, 6)):
        y, x = np.mgrid[0:cells, 0:cells]
        centres = np.stack([(x.ravel() + 0.5) / cells, (y.ravel() + 0.5) / cells], 1)
        out.append(np.repeat(centres, copies, axis=0))
    return np.concatenate(out).astype(np.float32)


def letterbox(rgb, size):
    """Fitted and centred on black; also (scale_x, scale_y, pad_x, pad_y): square = picture * scale + pad."""
    h, w = rgb.shape[:2]
    s = size / max(h, w)
    if s < 1:  # by area, so that large pictures do not alias
        nw, nh = max(1, round(w * s)), max(1, round(h * s))
        px, py = (size - nw) // 2, (size - nh) // 2
        out = np.zeros((size, size, 3), np.uint8)
        out[py : py + nh, px : px + nw] = cv2.resize(rgb, (nw, nh), interpolation=cv2.INTER_AREA)
        return out, (nw / w, nh / h, px, py)
    px, py = (size - w * s) / 2, (size - h * s) / 2
    m = np.array([[s, 0, px + 0.5 * s - 0.5], [0, s, py + 0.5 * s - 0.5]])
    return cv2.warpAffine(rgb, m, (size, size), flags=cv2.INTER_LINEAR), (s, s, px, py)


def weighted_suppression(score, rows, overlap=0.3):
    """Best first; what overlaps it is averaged into it. rows: x1, y1, x2, y2, then key points."""
    out, rest = [], list(np.argsort(-score, kind="stable"))
    while rest:
        best, b = rest[0], rows[rest]
        x = np.minimum(b[:, 2], rows[best, 2]) - np.maximum(b[:, 0], rows[best, 0])
        y = np.minimum(b[:, 3], rows[best, 3]) - np.maximum(b[:, 1], rows[best, 1])
        inter = np.maximum(0, x) * np.maximum(0, y)
        area = (b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1])
        same = inter / np.maximum(area + area[0] - inter, 1e-9) > overlap
        same[0] = True
        group = [rest[i] for i in np.nonzero(same)[0]]
        mean = (rows[group] * score[group, None]).sum(0) / score[group].sum()
        out.append((float(score[best]), mean))
        rest = [rest[i] for i in np.nonzero(~same)[0]]
    return out


def turn_back(p, k, w, h):
    """Points found in np.rot90(picture, k), in the picture of w x h."""
    p = np.asarray(p)
    if k == 1:
        return np.stack([w - p[:, 1], p[:, 0]], 1)
    if k == 3:
        return np.stack([p[:, 1], h - p[:, 0]], 1)
    return np.stack([w - p[:, 0], h - p[:, 1]], 1)


class Detector:
    def __init__(self):
        self.session, self.size, self.anchors = session("blazeface_back_256"), 256, anchors()

    def __call__(self, rgb, min_score=0.5):
        """Faces as dicts: score, box (x1, y1, x2, y2), kp (6 points)."""
        img, (sx, sy, px, py) = letterbox(rgb, self.size)
        out = self.session.run(
            ["scores_16", "scores_8", "boxes_16", "boxes_8"],
            {"input": img.astype(np.float32)[None] / 127.5 - 1},
        )
        logit = np.concatenate(out[:2], 1)[0, :, 0].astype(np.float64)
        score = 1 / (1 + np.exp(-np.clip(logit, -100, 100)))
        keep = score >= min_score
        r, a = np.concatenate(out[2:], 1)[0][keep], self.anchors[keep]
        centre, half = r[:, 0:2] / self.size + a, r[:, 2:4] / self.size / 2
        points = r[:, 4:16] / self.size + np.tile(a, 6)
        rows = np.concatenate([centre - half, centre + half, points], 1)
        faces = []
        for s, row in weighted_suppression(score[keep], rows):
            p = (row.reshape(-1, 2) * self.size - [px, py]) / [sx, sy]
            faces.append(dict(score=s, box=p[:2].ravel(), kp=p[2:]))
        return faces


# ---------------------------------------------------------------- landmarks


def norm_angle(a):
    return a - 2 * math.pi * math.floor((a + math.pi) / (2 * math.pi))


def region(p0, p1, box, scale=1.5):
    """MediaPipe's square around a face whose eye line is p0 -> p1: cx, cy, side, angle."""
    angle = norm_angle(-math.atan2(-(p1[1] - p0[1]), p1[0] - p0[0]))
    cx, cy = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return cx, cy, max(box[2] - box[0], box[3] - box[1]) * scale, angle


def region_matrix(roi, n=192):
    """2 x 3 affine map, picture -> n x n crop."""
    cx, cy, side, a = roi
    c, s = math.cos(a) * n / side, math.sin(a) * n / side
    return np.array([[c, s, n / 2 - c * cx - s * cy], [-s, c, n / 2 + s * cx - c * cy]])


class Landmarker:
    def __init__(self):
        self.session = session("facemesh_468")

    def once(self, rgb, roi):
        m = region_matrix(roi)
        density = 192 / roi[2]
        src, to_crop = rgb, m
        if density < 0.5:  # shrink first, against aliasing
            q = 2 ** int(math.floor(math.log2(1 / density)))
            size = (rgb.shape[1] // q, rgb.shape[0] // q)
            src = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)
            to_crop = m.copy()
            to_crop[:, :2] *= q
        crop = cv2.warpAffine(src, to_crop, (192, 192), flags=cv2.INTER_LINEAR)
        points, flag = self.session.run(
            ["landmarks", "face_flag"], {"input": crop.astype(np.float32)[None] / 255}
        )
        points = points.reshape(468, 3).astype(np.float64)
        back = cv2.invertAffineTransform(m)
        xy = points[:, :2] @ back[:, :2].T + back[:, 2]
        mesh = np.concatenate([xy, points[:, 2:] * roi[2] / 192], 1)
        return mesh, 1 / (1 + math.exp(-float(flag.ravel()[0])))

    def __call__(self, rgb, face, passes=2):
        roi = region(face["kp"][0], face["kp"][1], face["box"])
        for _ in range(passes):
            mesh, flag = self.once(rgb, roi)
            box = np.r_[mesh[:, :2].min(0), mesh[:, :2].max(0)]
            roi = region(mesh[33], mesh[263], box)
        return mesh, flag


OVAL = [10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
        152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109]
INNER_LIPS = [78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95]
CHEEKS = [[50, 101, 118, 117, 123, 187], [280, 330, 347, 346, 352, 411]]
BROW_TOP = [70, 63, 105, 66, 107, 9, 336, 296, 334, 293, 300]


def five_points(mesh):
    """Eyes, nose tip, mouth corners; image-left before image-right."""
    left, right = mesh[[33, 133, 159, 145]].mean(0), mesh[[263, 362, 386, 374]].mean(0)
    return np.array([left, right, mesh[1], mesh[61], mesh[291]])[:, :2]


def face_width(mesh):
    return np.linalg.norm(mesh[234, :2] - mesh[454, :2])


def face_size(mesh):
    return max(face_width(mesh), 0.6 * np.linalg.norm(mesh[10, :2] - mesh[152, :2]))


def mouth_gap(mesh):
    gap = np.linalg.norm(mesh[13, :2] - mesh[14, :2])
    return gap / (np.linalg.norm(mesh[33, :2] - mesh[263, :2]) + 1e-6)


# ---------------------------------------------------------------- warp


def painting_order(pts, z, tris):
    """Triangles that face the camera, the farthest first."""
    a, b, c = pts[tris[:, 0]], pts[tris[:, 1]], pts[tris[:, 2]]
    area = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    front = area * np.sign(np.median(area)) > 1e-3
    return [int(t) for t in np.argsort(-z[tris].mean(1), kind="stable") if front[t]]


def triangle_maps(sp, tp, tris):
    """Per triangle the 2 x 3 affine map target -> source."""
    rows = np.concatenate([tp[tris], np.ones((len(tris), 3, 1))], 2)
    solvable = np.abs(np.linalg.det(rows)) > 1e-6
    maps = np.zeros((len(tris), 2, 3), np.float32)
    maps[solvable] = np.transpose(np.linalg.solve(rows[solvable], sp[tris][solvable]), (0, 2, 1))
    return maps


def sixteenths(points):
    return np.round(points * 16).astype(np.int32)


def warp_mesh(src, sp, tp, tz, tris, shape):
    """The source in the target's shape, and where it is."""
    index = np.full(shape, -1, np.int32)
    for t in painting_order(tp, tz, tris):
        cv2.fillConvexPoly(index, sixteenths(tp)[tris[t]], t, lineType=cv2.LINE_8, shift=4)
    maps = np.concatenate([triangle_maps(sp, tp, tris), np.zeros((1, 2, 3), np.float32)])[index]
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    mx = maps[..., 0, 0] * x + maps[..., 0, 1] * y + maps[..., 0, 2]
    my = maps[..., 1, 0] * x + maps[..., 1, 1] * y + maps[..., 1, 2]
    warped = cv2.remap(src, mx, my, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return warped, index >= 0


# ---------------------------------------------------------------- mask, colour, blend


def blur(x, sigma):
    return cv2.GaussianBlur(x, (0, 0), sigma)


def low_pass(x, sigma):
    """A blur of large sigma, done on a smaller picture."""
    q = int(sigma // 3)
    if q < 2:
        return blur(x, sigma)
    h, w = x.shape[:2]
    small = cv2.resize(x, (max(1, w // q), max(1, h // q)), interpolation=cv2.INTER_AREA)
    return cv2.resize(blur(small, sigma / q), (w, h), interpolation=cv2.INTER_LINEAR)


def to_lab(rgb):
    return cv2.cvtColor(np.clip(rgb, 0, 255).astype(np.float32) / 255, cv2.COLOR_RGB2Lab)


def face_mask(tp, covered, shape, fs):
    """The oval within the covered area, eroded by 3.5 % of the face's size: 0 or 255."""
    m = np.zeros(shape, np.uint8)
    cv2.fillPoly(m, [sixteenths(tp[OVAL])], 255, shift=4)
    m[~covered] = 0
    k = max(1, int(round(fs * 0.035)))
    ellipse = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * k + 1, 2 * k + 1))
    return cv2.erode(m, ellipse, borderValue=0)


def skin_weight(img, tp, shape, near=3.0, far=6.0):
    """1 = looks like the skin of this image's cheeks, 0 = hair, hat, rim."""
    lab, m = to_lab(img), np.zeros(shape, np.uint8)
    for cheek in CHEEKS:
        cv2.fillPoly(m, [sixteenths(tp[cheek])], 1, shift=4)
    if m.sum() < 8:
        return np.ones(shape, np.float32)
    v = lab[m > 0]
    d = np.sqrt((((lab - v.mean(0)) / np.maximum(v.std(0), [9.0, 4.0, 4.0])) ** 2).sum(2))
    return np.clip((far - d) / (far - near), 0, 1).astype(np.float32)


def colour_transfer(face, target, mask, local=0.5):
    """Reinhard in Lab inside the mask, then a share of the low-frequency difference."""
    f, t, w = to_lab(face), to_lab(target), mask.astype(np.float32)
    n = w.sum() + 1e-6
    for c in range(3):
        mf, mt = (f[..., c] * w).sum() / n, (t[..., c] * w).sum() / n
        sf = math.sqrt((w * (f[..., c] - mf) ** 2).sum() / n) + 1e-6
        st = math.sqrt((w * (t[..., c] - mt) ** 2).sum() / n) + 1e-6
        f[..., c] = (f[..., c] - mf) * min(max(st / sf, 0.6), 1.5) + mt
    s = max(2.0, math.sqrt(n) / 5)
    f += local * low_pass((t - f) * w[..., None], s) / (low_pass(w, s)[..., None] + 1e-4)
    return np.clip(cv2.cvtColor(f, cv2.COLOR_Lab2RGB) * 255, 0, 255)


def above_brows(tp, fs, lift):
    """Outline of what is above the brows, raised by lift * fs, in the face's upright frame."""
    up = tp[10] - tp[152]
    a = math.atan2(up[0], -up[1])
    rotation = np.array([[math.cos(a), math.sin(a)], [-math.sin(a), math.cos(a)]])
    centre = tp.mean(0)
    q, far, d = (tp - centre) @ rotation.T, 4 * fs, lift * fs
    sides = [[far, q[300, 1] - d], [far, -far], [-far, -far], [-far, q[70, 1] - d]]
    return np.concatenate([q[BROW_TOP] - [0, d], sides]) @ rotation + centre


def forehead_guard(colour, target, tp, shape, fs):
    """0 above the brows where the source's layer, and higher up where the target, is not skin."""
    k, guard = max(1, int(round(fs * 0.02))), np.ones(shape, np.float32)
    for img, lift in ((colour, 0.03), (target, 0.10)):
        skin = cv2.erode(skin_weight(img, tp, shape), np.ones((2 * k + 1, 2 * k + 1), np.uint8))
        above = np.zeros(shape, np.float32)
        cv2.fillPoly(above, [sixteenths(above_brows(tp, fs, lift))], 1.0, shift=4)
        above = blur(above, max(1.0, fs * 0.02))
        guard = np.minimum(guard, 1 - above * (1 - blur(skin, max(1.0, fs * 0.025))))
    return guard


def multiband(a, b, m, levels):
    """Burt and Adelson: sum over k of up(m_k lap_k(a) + (1 - m_k) lap_k(b))."""
    ga, gb, gm = [a], [b], [m]
    for pyramid in (ga, gb, gm):
        for _ in range(levels):
            pyramid.append(cv2.pyrDown(pyramid[-1]))
    out = gm[-1][..., None] * ga[-1] + (1 - gm[-1][..., None]) * gb[-1]
    for k in range(levels - 1, -1, -1):
        size = (ga[k].shape[1], ga[k].shape[0])
        la = ga[k] - cv2.pyrUp(ga[k + 1], dstsize=size)
        lb = gb[k] - cv2.pyrUp(gb[k + 1], dstsize=size)
        out = cv2.pyrUp(out, dstsize=size) + gm[k][..., None] * la + (1 - gm[k][..., None]) * lb
    return out


def swap(src, source_mesh, tgt, target_mesh, tris):
    h, w = tgt.shape[:2]
    fs = face_size(target_mesh)
    xy = target_mesh[:, :2]
    x0, y0 = np.maximum(0, np.floor(xy.min(0) - 0.35 * fs)).astype(int)
    x1, y1 = np.minimum([w, h], np.ceil(xy.max(0) + 0.35 * fs)).astype(int)
    roi, tp = tgt[y0:y1, x0:x1], xy - [x0, y0]
    shape = roi.shape[:2]
    with stage("warp"):
        sp, scale = source_mesh[:, :2], face_width(source_mesh) / fs
        if scale > 1.5:  # shrink first, against aliasing
            src = cv2.resize(src, None, fx=1 / scale, fy=1 / scale, interpolation=cv2.INTER_AREA)
            sp = sp / scale
        warped, covered = warp_mesh(src, sp, tp, target_mesh[:, 2], tris, shape)
    with stage("mask"):
        hard = face_mask(tp, covered, shape, fs)
        if mouth_gap(target_mesh) > 0.06 and mouth_gap(source_mesh) < 0.04:
            cv2.fillPoly(hard, [sixteenths(tp[INNER_LIPS])], 0, shift=4)
        soft = blur(hard.astype(np.float32) / 255, max(1.0, fs * 0.03))
        soft = blur(np.clip((soft - 0.1) / 0.8, 0, 1) * covered, max(0.8, fs * 0.008))
    with stage("colour"):
        skin = (skin_weight(warped, tp, shape) > 0.5) & (skin_weight(roi, tp, shape) > 0.5)
        colour = colour_transfer(warped, roi, (hard > 0) & skin)
        colour = np.where(covered[..., None], colour, roi)
    with stage("mask"):
        soft = soft * forehead_guard(colour, roi, tp, shape, fs)
    with stage("blend"):
        levels = int(np.clip(round(math.log2(max(fs, 32)) - 4), 1, 4))
        layer = np.where((soft > 0)[..., None], colour, roi).astype(np.float32)
        out = multiband(layer, roi.astype(np.float32), soft.astype(np.float32), levels)
        limit = np.clip(blur(covered.astype(np.float32), fs * 0.04) * 2, 0, 1)[..., None]
        out = out * limit + roi * (1 - limit)
    result = tgt.copy()
    result[y0:y1, x0:x1] = np.clip(np.round(out), 0, 255).astype(np.uint8)
    return result, (int(x0), int(y0), int(x1), int(y1))


# ---------------------------------------------------------------- enhancer

FFHQ = np.array([[0.37691676, 0.46864664], [0.62285697, 0.46912813], [0.50123859, 0.61331904],
                 [0.39308822, 0.72541100], [0.61150205, 0.72490465]])


def similarity(src, dst):
    """Rotation, uniform scale and shift of least squared error, 2 x 3."""
    ms, md = src.mean(0), dst.mean(0)
    s, d = src - ms, dst - md
    n = (s**2).sum()
    a, b = (s * d).sum() / n, (s[:, 0] * d[:, 1] - s[:, 1] * d[:, 0]).sum() / n
    r = np.array([[a, -b], [b, a]])
    return np.concatenate([r, (md - r @ ms)[:, None]], 1)


def enhance(rgb, five, model, blend=0.8, n=512):
    m = similarity(five, FFHQ * n)
    crop = cv2.warpAffine(rgb, m, (n, n), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    y = model.run(None, {"input": (crop.astype(np.float32) / 127.5 - 1).transpose(2, 0, 1)[None]})
    y = np.round((np.clip(y[0][0], -1, 1) + 1) * 127.5).transpose(1, 2, 0).astype(np.float32)
    fade = int(n * 0.5 * 0.3)
    edge, box = max(fade // 2, 1), np.zeros((n, n), np.float32)
    box[edge:-edge, edge:-edge] = 1
    back, size = cv2.invertAffineTransform(m), rgb.shape[1::-1]
    face = cv2.warpAffine(y, back, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    share = np.clip(cv2.warpAffine(blur(box, fade * 0.25), back, size), 0, 1)[..., None] * blend
    return np.round(rgb * (1 - share) + face * share).astype(np.uint8)


# ---------------------------------------------------------------- engine


class Engine:
    def __init__(self):
        self.detector, self.landmarker = Detector(), Landmarker()
        mesh = json.loads((MODELS / "canonical_face_mesh.json").read_text())
        self.triangles = np.array(mesh["triangles"])

    def detect(self, rgb, sure=0.82, lead=0.04):
        """Where nothing convinces, the other three orientations are tried."""
        faces = self.detector(rgb)
        best = max([f["score"] for f in faces], default=0)
        if best >= sure:
            return faces
        h, w = rgb.shape[:2]
        for k in (1, 3, 2):
            turned = self.detector(np.ascontiguousarray(np.rot90(rgb, k)))
            if not turned or max(f["score"] for f in turned) <= best + lead:
                continue
            best, faces = max(f["score"] for f in turned), turned
            for f in faces:
                f["kp"] = turn_back(f["kp"], k, w, h)
                corners = turn_back(f["box"].reshape(2, 2), k, w, h)
                f["box"] = np.r_[corners.min(0), corners.max(0)]
        return faces

    def faces(self, rgb):
        """Faces with their mesh, the largest first."""
        with stage("detect"):
            found = self.detect(rgb)
        out = []
        area = lambda f: (f["box"][2] - f["box"][0]) * (f["box"][3] - f["box"][1])
        for face in sorted(found, key=area, reverse=True):
            with stage("mesh"):
                mesh, flag = self.landmarker(rgb, face)
            if flag >= 0.5:
                out.append(dict(face, mesh=mesh, flag=flag))
        return out


def bench(engine, source, target, rounds):
    """Median milliseconds per stage and round; the source is analysed once."""
    mesh, samples = engine.faces(source)[0]["mesh"], []
    for _ in range(rounds + 3):
        times.clear()
        face = engine.faces(target)[0]
        swap(source, mesh, target, face["mesh"], engine.triangles)
        samples.append(dict(times, total=sum(times.values())))
    return {k: float(np.median([s[k] for s in samples[3:]])) for k in samples[0]}


def main():
    parser = argparse.ArgumentParser(description="Puts the largest face of a picture onto another's.")
    parser.add_argument("--source", required=True)
    parser.add_argument("--target", required=True)
    parser.add_argument("--output")
    parser.add_argument("--enhance", action="store_true")
    parser.add_argument("--bench", type=int, default=0, metavar="ROUNDS")
    args = parser.parse_args()
    cv2.setNumThreads(1)
    engine, source, target = Engine(), read(args.source), read(args.target)
    face = engine.faces(target)[0]
    out, _ = swap(source, engine.faces(source)[0]["mesh"], target, face["mesh"], engine.triangles)
    if args.enhance:
        out = enhance(out, five_points(face["mesh"]), session("face_enhancer_512"))
    if args.output:
        cv2.imwrite(args.output, out[..., ::-1])
    if args.bench:
        medians = bench(engine, source, target, args.bench)
        print("  ".join(f"{name} {ms:.1f}" for name, ms in medians.items()), "ms")


if __name__ == "__main__":
    main()
