"""Stand-ins for FaceFusion's detectors, landmarkers, recogniser and classifier.

Their tensors are those of the contracts. What they say depends on the picture, smoothly: a detector's faces move with its
impression of the picture, a landmarker's points likewise, an embedding and traits follow from the crop."""
import numpy as np
from onnx import TensorProto

from .graph import Graph

SIDE = 640

# Two faces in a detector's pixels: box, five points, score.
FACES = (
    ((110, 90, 290, 320), ((160, 180), (240, 184), (202, 232), (166, 274), (232, 276)), 0.9),
    ((330, 130, 430, 262), ((358, 182), (404, 180), (380, 210), (362, 234), (402, 232)), 0.7),
)


def displacements(seed, shape, size):
    """How an impression, nine numbers of about 0.3, moves things by up to about size."""
    return (np.random.default_rng(seed).standard_normal((9, *shape)) * size).astype(np.float32)


def bright(graph, tensor, black):
    """1 if the picture is not black, else 0: [1].

    black: the tensor's value where the picture is black"""
    mean = graph.node("ReduceMean", tensor, axes=[0, 1, 2, 3], keepdims=0)
    above = graph.node("Greater", mean, graph.scalar(black + 1e-3))
    return graph.node("Cast", above, to=TensorProto.FLOAT)


def moved(graph, tensor, impression, seed, size=6.0):
    """tensor + what the impression moves it by; [n,m]."""
    shape = tensor.shape
    by = graph.node("MatMul", impression, graph.constant(displacements(seed, (tensor.size,), size)))
    return graph.node("Add", graph.constant(tensor.astype(np.float32)), graph.node("Reshape", by, graph.ints(*shape)))


def yolo_rows():
    """Five overlapping candidates per face, the first the best: centre, size, score, five points with a confidence each."""
    rows = []
    for (x1, y1, x2, y2), points, score in FACES:
        for k, (dx, dy) in enumerate(((0, 0), (4, 0), (-4, 0), (0, 5), (0, -5))):
            row = [(x1 + x2) / 2 + dx, (y1 + y2) / 2 + dy, x2 - x1, y2 - y1, score - 0.08 * k]
            for x, y in points:
                row += [x + dx, y + dy, 0.95]
            rows.append(row)
    return np.array(rows)


def yoloface_8n(path):
    graph = Graph()
    rows = yolo_rows()
    columns = [3280 + 7 * k for k in range(len(rows))]
    impression = graph.impression("input", SIDE)
    shift = graph.node("MatMul", impression, graph.constant(displacements(1, (2,), 12)))
    geometry = np.zeros((2, 20), np.float32)
    geometry[0, [0, 5, 8, 11, 14, 17]] = 1
    geometry[1, [1, 6, 9, 12, 15, 18]] = 1
    values = graph.node("Add", graph.constant(rows.astype(np.float32)), graph.node("MatMul", shift, graph.constant(geometry)))
    on = np.ones(20, np.float32)
    on[4] = 0
    gate = graph.node("Add", graph.constant(on), graph.node("Mul", bright(graph, "input", 0), graph.constant(1 - on)))
    values = graph.node("Mul", values, gate)
    indices = [[0, r, c] for c in columns for r in range(20)]
    flat = graph.node("Reshape", values, graph.ints(-1))
    graph.node("Identity", graph.scattered((1, 20, 8400), indices, flat), name="output")
    graph.save(path, {"input": [1, 3, SIDE, SIDE]}, {"output": [1, 20, 8400]})


def anchored(anchors, seed, open_size):
    """SCRFD and RetinaFace: distances from an anchor in strides. The first face from stride 32, both anchors of a cell; the
    second from stride 16, one anchor.

    open_size: leaves the input's height and width open, as InsightFace's exports do"""

    def make(path):
        graph = Graph()
        gate = bright(graph, "input", -127.5 / 128)
        if open_size:
            size = graph.node("Shape", "input")
            height = graph.node("Gather", size, graph.ints(2))
            width = graph.node("Gather", size, graph.ints(3))
        impression = impression_of_any(graph) if open_size else graph.impression("input", SIDE)
        outputs = {}
        for stride in (8, 16, 32):
            faces = {8: [], 16: [FACES[1]], 32: [FACES[0]]}[stride]
            rows, boxes, points, scores = [], [], [], []
            for (x1, y1, x2, y2), five, score in faces:
                column, row = int((x1 + x2) / 2) // stride, int((y1 + y2) / 2) // stride
                ax, ay = column * stride, row * stride
                for k in range(anchors):
                    rows.append((column, row, k))
                    boxes.append([(ax - x1) / stride, (ay - y1) / stride, (x2 - ax) / stride, (y2 - ay) / stride])
                    points.append(np.array([[(x - ax) / stride, (y - ay) / stride] for x, y in five]).ravel())
                    scores.append([score - 0.3 * k])
            for kind, width_of, values in (("score", 1, scores), ("bbox", 4, boxes), ("kps", 10, points)):
                name = f"{kind}_{stride}"
                if open_size:
                    cells = graph.node("Mul", graph.node("Div", height, graph.ints(stride)), graph.node("Div", width, graph.ints(stride)))
                    shape = graph.node("Concat", graph.node("Mul", cells, graph.ints(anchors)), graph.ints(width_of), axis=0)
                else:
                    shape = graph.ints((SIDE // stride) ** 2 * anchors, width_of)
                zeros = graph.node("ConstantOfShape", shape)
                if not rows:
                    graph.node("Identity", zeros, name=name)
                else:
                    values = np.array(values)
                    if kind == "score":
                        filled = graph.node("Mul", graph.constant(values.astype(np.float32)), gate)
                    else:
                        filled = moved(graph, values, impression, seed + stride + width_of, 3.0 / stride)
                    if open_size:
                        per_row = graph.node("Div", width, graph.ints(stride))
                        place = [
                            graph.node("Mul", graph.node("Add", graph.node("Mul", per_row, graph.ints(row)), graph.ints(column)), graph.ints(anchors))
                            for column, row, _ in rows
                        ]
                        place = [graph.node("Add", p, graph.ints(k)) for p, (_, _, k) in zip(place, rows)]
                        index = graph.node("Unsqueeze", graph.node("Concat", *place, axis=0) if len(place) > 1 else place[0], graph.ints(1))
                    else:
                        index = graph.constant(np.array([[(row * (SIDE // stride) + column) * anchors + k] for column, row, k in rows], np.int64))
                    graph.node("ScatterND", zeros, index, filled, name=name)
                outputs[(kind, stride)] = (name, width_of)
        order = [(kind, stride) for kind in ("score", "bbox", "kps") for stride in (8, 16, 32)]
        side = ["height", "width"] if open_size else [SIDE, SIDE]
        graph.save(
            path,
            {"input": [1, 3, *side]},
            {outputs[o][0]: [f"n{o[1]}" if open_size else (SIDE // o[1]) ** 2 * anchors, outputs[o][1]] for o in order},
        )

    return make


def impression_of_any(graph):
    """The impression of a picture whose size is not known: only the means, six zeros."""
    mean = graph.node("ReduceMean", "input", axes=[2, 3], keepdims=0)
    return graph.node("Concat", mean, graph.constant(np.zeros((1, 6), np.float32)), axis=1)


def yunet_2023_mar(path):
    """One anchor per cell; scores are a product, sizes exponents, the picture in 0 to 255."""
    graph = Graph()
    gate = bright(graph, "input", 0)
    scaled = graph.node("Mul", "input", graph.scalar(1 / 255))
    impression = graph.impression(scaled, SIDE)
    outputs = {}
    for stride in (8, 16, 32):
        face = {8: None, 16: FACES[1], 32: FACES[0]}[stride]
        cells = (SIDE // stride) ** 2
        for kind, width in (("cls", 1), ("obj", 1), ("bbox", 4), ("kps", 10)):
            name = f"{kind}_{stride}"
            outputs[(kind, stride)] = (name, [1, cells, width])
            if face is None:
                zeros = graph.node("ConstantOfShape", graph.ints(1, cells, width))
                graph.node("Identity", zeros, name=name)
                continue
            (x1, y1, x2, y2), five, score = face
            column, row = int((x1 + x2) / 2) // stride, int((y1 + y2) / 2) // stride
            ax, ay = column * stride, row * stride
            if kind in ("cls", "obj"):
                value = np.array([[score if kind == "cls" else 0.96]], np.float32)
                filled = graph.node("Mul", graph.constant(value), gate)
            elif kind == "bbox":
                value = np.array([[((x1 + x2) / 2 - ax) / stride, ((y1 + y2) / 2 - ay) / stride, np.log((x2 - x1) / stride), np.log((y2 - y1) / stride)]])
                filled = moved(graph, value, impression, 40 + stride, 0.05)
            else:
                value = np.array([[(x - ax) / stride if axis == 0 else (y - ay) / stride for x, y in five for axis in (0, 1)]])
                filled = moved(graph, value, impression, 50 + stride, 2.0 / stride)
            index = [[0, row * (SIDE // stride) + column]]
            graph.node("Identity", graph.scattered((1, cells, width), index, filled), name=name)
    order = [(kind, stride) for kind in ("cls", "obj", "bbox", "kps") for stride in (8, 16, 32)]
    graph.save(path, {"input": [1, 3, SIDE, SIDE]}, {outputs[o][0]: outputs[o][1] for o in order})


def frontal():
    """A plausible face of 68 points in a crop of 256."""
    points = []
    for i in range(17):
        angle = np.pi * (1 - i / 16)
        points.append((128 + 78 * np.cos(angle), 118 + 92 * max(np.sin(angle), 0) ** 0.9))
    for cx in (94, 162):
        points += [(cx - 24 + 12 * i, 92 - 6 * np.sin(np.pi * i / 4)) for i in range(5)]
    points += [(128, 108 + 13 * i) for i in range(4)]
    points += [(112 + 8 * i, 156 + 4 * np.sin(np.pi * i / 4)) for i in range(5)]
    for cx in (96, 160):
        points += [(cx + dx, 112 + dy) for dx, dy in ((-14, 0), (-6, -6), (6, -6), (14, 0), (6, 5), (-6, 5))]
    points += [(100 + 56 * i / 6, 184 - 7 * np.sin(np.pi * i / 6)) for i in range(7)]
    points += [(147 - 38 * i / 4, 188 + 7 * np.sin(np.pi * (i + 0.5) / 5)) for i in range(5)]
    points += [(106 + 44 * i / 4, 184 - 2 * np.sin(np.pi * i / 4)) for i in range(5)]
    points += [(142 - 14 * i, 187) for i in range(3)]
    return np.array(points)


def landmarks_2dfan4(path):
    graph = Graph()
    impression = graph.impression("input", 256)
    points = np.concatenate([frontal() / 4, np.full((68, 1), 0.8)], 1)
    by = np.zeros((9, 68, 3), np.float32)
    by[:, :, :2] = displacements(7, (68, 2), 0.4) + displacements(8, (1, 2), 3)
    by[:, :, 2] = 0
    shift = graph.node("Reshape", graph.node("MatMul", impression, graph.constant(by.reshape(9, -1))), graph.ints(1, 68, 3))
    graph.node("Add", graph.constant(points[None].astype(np.float32)), shift, name="landmarks")
    # Every heatmap's peak is .42 plus what the impression adds, so that the score differs from picture to picture.
    peak = graph.node("Add", graph.node("MatMul", impression, graph.constant(np.abs(displacements(9, (68,), 0.25)))), graph.constant(np.full((1, 68), 0.42, np.float32)))
    peak = graph.node("Clip", peak, graph.scalar(0), graph.scalar(1))
    indices = [[0, k, int(round(y)), int(round(x))] for k, (x, y) in enumerate(frontal() / 4)]
    graph.node("Identity", graph.scattered((1, 68, 64, 64), indices, graph.node("Reshape", peak, graph.ints(68))), name="heatmaps")
    graph.save(path, {"input": [1, 3, 256, 256]}, {"landmarks": [1, 68, 3], "heatmaps": [1, 68, 64, 64]})


def peppa_wutz(path):
    graph = Graph()
    impression = graph.impression("input", 256)
    points = np.concatenate([frontal() / 4 + (1.5, -1), np.full((68, 1), 0.7)], 1)
    by = np.zeros((9, 68, 3), np.float32)
    by[:, :, :2] = displacements(17, (68, 2), 0.4) + displacements(18, (1, 2), 3)
    by[:, :, 2] = np.abs(displacements(19, (68,), 0.2))
    shift = graph.node("Reshape", graph.node("MatMul", impression, graph.constant(by.reshape(9, -1))), graph.ints(1, 204))
    graph.node("Add", graph.constant(points.reshape(1, -1).astype(np.float32)), shift, name="output")
    graph.save(path, {"input": [1, 3, 256, 256]}, {"output": [1, 204]})


FFHQ = np.array([(0.37691676, 0.46864664), (0.62285697, 0.46912813), (0.50123859, 0.61331904), (0.39308822, 0.72541100), (0.61150205, 0.72490465)])


def fan_68_5(path):
    """Five points to 68, linearly; the mean face's five points give about the frontal face."""
    graph = Graph()
    rng = np.random.default_rng(23)
    spread = np.abs(rng.standard_normal((68, 5)))
    spread /= spread.sum(1, keepdims=True)
    offset = frontal() / 256 - spread @ FFHQ
    flat = graph.node("MatMul", graph.constant(spread.astype(np.float32)), "input")
    graph.node("Add", flat, graph.constant(offset[None].astype(np.float32)), name="output")
    graph.save(path, {"input": [1, 5, 2]}, {"output": [1, 68, 2]})


def arcface_w600k_r50(path):
    """512 numbers, linear in the means of 4 x 4 blocks less the mean of all."""
    graph = Graph()
    blocks = graph.node("Flatten", graph.node("AveragePool", "input", kernel_shape=[28, 28], strides=[28, 28]), axis=1)
    rng = np.random.default_rng(5)
    weights = graph.node("Cast", graph.constant(rng.standard_normal((48, 512)).astype(np.float16)), to=TensorProto.FLOAT)
    bias = graph.constant((rng.standard_normal(512) * 0.05).astype(np.float32))
    graph.node("Add", graph.node("MatMul", blocks, weights), bias, name="output")
    graph.save(path, {"input": ["n", 3, 112, 112]}, {"output": ["n", 512]})


def fairface(path):
    """Race, gender and age, each the greatest of scores that the impression decides, as whole numbers."""
    graph = Graph()
    impression = graph.impression("input", 224)
    outputs = {}
    for name, count, seed in (("race_id", 7, 31), ("gender_id", 2, 32), ("age_id", 9, 33)):
        scores = graph.node("MatMul", impression, graph.constant(displacements(seed, (count,), 1)))
        graph.node("ArgMax", scores, axis=1, keepdims=0, name=name)
        outputs[name] = [1]
    graph.save(path, {"input": [1, 3, 224, 224]}, outputs, types={name: TensorProto.INT64 for name in outputs})


MODELS = {
    "yoloface_8n": yoloface_8n,
    "scrfd_2.5g": anchored(2, 100, open_size=True),
    "retinaface_10g": anchored(2, 200, open_size=False),
    "yunet_2023_mar": yunet_2023_mar,
    "2dfan4": landmarks_2dfan4,
    "peppa_wutz": peppa_wutz,
    "fan_68_5": fan_68_5,
    "arcface_w600k_r50": arcface_w600k_r50,
    "fairface": fairface,
}
