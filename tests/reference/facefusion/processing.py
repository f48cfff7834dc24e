"""FaceFusion 3.8's swapping, enhancing and masking, in exact arithmetic of 64 bits.

Written from the description of what FaceFusion does, not from the engine under test. Pictures are R, G, B; crops are cut
and pasted at exact places, but for faces that FaceFusion keeps as 64-bit floats: OpenCV reads those at 1/32 of a pixel."""
from dataclasses import dataclass, field

import numpy as np

TEMPLATES = {
    "arcface_112_v1": [(0.35473214, 0.45658929), (0.64526786, 0.45658929), (0.5, 0.61154464), (0.37913393, 0.776875), (0.62086607, 0.776875)],
    "arcface_112_v2": [(0.34191607, 0.46157411), (0.65653393, 0.45983393), (0.500225, 0.64050536), (0.37097589, 0.82469196), (0.63151696, 0.82325089)],
    "arcface_128": [(0.36167656, 0.40387734), (0.63696719, 0.40235469), (0.50019687, 0.56044219), (0.38710391, 0.72160547), (0.61507734, 0.72034453)],
    "ffhq_512": [(0.37691676, 0.46864664), (0.62285697, 0.46912813), (0.50123859, 0.61331904), (0.39308822, 0.725411), (0.61150205, 0.72490465)],
    "mtcnn_512": [(0.36562865, 0.46733799), (0.63305391, 0.46585885), (0.50019127, 0.61942959), (0.39032951, 0.77598822), (0.61178945, 0.77476328)],
}
MEAN, STD = np.array((0.485, 0.456, 0.406)), np.array((0.229, 0.224, 0.225))
UNIT, SIGNED, IMAGENET = (np.zeros(3), np.ones(3)), (np.full(3, 0.5), np.full(3, 0.5)), (MEAN, STD)

# model: template, side, values in, whether the result is scaled back, source
SWAPPERS = {
    "inswapper_128": ("arcface_128", 128, UNIT, False, "emap"),
    "inswapper_128_fp16": ("arcface_128", 128, UNIT, False, "emap"),
    **{f"hyperswap_1{k}_256": ("arcface_128", 256, SIGNED, True, "normalised") for k in "abc"},
    **{f"ghost_{k}_256": ("arcface_112_v1", 256, SIGNED, True, "crossface_ghost") for k in "123"},
    "simswap_256": ("arcface_112_v1", 256, IMAGENET, False, "crossface_simswap"),
    "simswap_unofficial_512": ("arcface_112_v1", 512, UNIT, False, "crossface_simswap"),
    "blendswap_256": ("ffhq_512", 256, UNIT, False, ("arcface_112_v2", 112)),
    "uniface_256": ("ffhq_512", 256, SIGNED, True, ("ffhq_512", 256)),
    "hififace_unofficial_256": ("mtcnn_512", 256, SIGNED, True, "crossface_hififace"),
}
ENHANCERS = {
    **{m: ("ffhq_512", 512) for m in ("gfpgan_1.2", "gfpgan_1.3", "gfpgan_1.4", "codeformer", "restoreformer_plus_plus", "gpen_bfr_512")},
    "gpen_bfr_256": ("arcface_128", 256),
    "gpen_bfr_1024": ("ffhq_512", 1024),
    "gpen_bfr_2048": ("ffhq_512", 2048),
}
AREAS = {
    "upper-face": [0, 1, 2, 31, 32, 33, 34, 35, 14, 15, 16, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17],
    "lower-face": [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 35, 34, 33, 32, 31],
    "mouth": list(range(48, 68)),
}
REGIONS = {
    "skin": 1, "left-eyebrow": 2, "right-eyebrow": 3, "left-eye": 4, "right-eye": 5,
    "glasses": 6, "nose": 10, "mouth": 11, "upper-lip": 12, "lower-lip": 13,
}  # fmt: skip


@dataclass
class Options:
    """FaceFusion's, with its defaults but for the models."""

    swapper: str = "inswapper_128"
    pixel_boost: int = 0
    swapper_weight: float = 0.5
    enhancer: str = "gfpgan_1.4"
    enhancer_weight: float = 0.5
    enhancer_blend: int = 80
    occluder: str = "xseg_1"
    parser: str = "bisenet_resnet_34"
    mask_types: list = field(default_factory=lambda: ["box"])
    mask_areas: list = field(default_factory=lambda: list(AREAS))
    mask_regions: list = field(default_factory=lambda: list(REGIONS))
    mask_blur: float = 0.3
    mask_padding: tuple = (0, 0, 0, 0)


@dataclass
class Face:
    """points5: eyes, nose, corners of the mouth, [5,2]; points68: [68,2]; embedding: as the recogniser gives it, [512]"""

    points5: np.ndarray
    points68: np.ndarray = None
    embedding: np.ndarray = None


@dataclass
class Source:
    """The first source's picture and face; the means of all sources' embeddings and of the normalised ones."""

    picture: np.ndarray
    face: Face
    embedding: np.ndarray
    normalised: np.ndarray


def source_of(pictures, faces):
    raw = np.array([f.embedding for f in faces], float)
    return Source(pictures[0], faces[0], raw.mean(0), (raw / np.linalg.norm(raw, axis=1, keepdims=True)).mean(0))


class Models:
    """run(name, {input: array}) -> list of outputs; emap(name) -> 512 x 512; inputs(name) -> names"""

    def __init__(self, directory):
        self.directory, self.sessions = directory, {}

    def session(self, name):
        import onnxruntime

        if name not in self.sessions:
            onnxruntime.set_default_logger_severity(3)
            self.sessions[name] = onnxruntime.InferenceSession(str(self.directory / f"{name}.onnx"), providers=["CPUExecutionProvider"])
        return self.sessions[name]

    def run(self, name, inputs):
        return self.session(name).run(None, inputs)

    def inputs(self, name):
        return [i.name for i in self.session(name).get_inputs()]

    def emap(self, name):
        import onnx

        graph = onnx.load(str(self.directory / f"{name}.onnx")).graph
        (matrix,) = [onnx.numpy_helper.to_array(i) for i in graph.initializer if i.name == "buff2fs"]
        return matrix.astype(float)


# Geometry


def similarity(source, target):
    """The least-squares map [2,3] of rotation, scale and shift: the exact solution of its normal equations."""
    rows, wanted = [], []
    for (x, y), (u, v) in zip(source, target):
        rows += [[x, -y, 1, 0], [y, x, 0, 1]]
        wanted += [u, v]
    a, b, tx, ty = np.linalg.lstsq(np.array(rows, float), np.array(wanted, float), rcond=None)[0]
    return np.array([[a, -b, tx], [b, a, ty]])


def inverse(matrix):
    return np.linalg.inv(np.vstack([matrix, (0, 0, 1)]))[:2]


def between(image, x, y, outside=None):
    """Bilinear between pixels; beyond the edge the edge goes on, or the value outside is there."""
    height, width = image.shape[:2]
    left, top = np.floor(x).astype(int), np.floor(y).astype(int)

    def at(row, column):
        value = image[np.clip(row, 0, height - 1), np.clip(column, 0, width - 1)].astype(float)
        if outside is not None:
            value = np.where((row < 0) | (row >= height) | (column < 0) | (column >= width), outside, value)
        return value

    across, down = (x - left, y - top) if image.ndim == 2 else ((x - left)[..., None], (y - top)[..., None])
    upper = at(top, left) * (1 - across) + at(top, left + 1) * across
    lower = at(top + 1, left) * (1 - across) + at(top + 1, left + 1) * across
    return upper * (1 - down) + lower * down


def crop_of(picture, points5, template, side):
    """The upright crop, rounded to bytes, and the map to it."""
    matrix = similarity(points5, np.array(TEMPLATES[template]) * side)
    back = inverse(matrix)
    y, x = np.mgrid[:side, :side].astype(float)
    values = between(picture, back[0, 0] * x + back[0, 1] * y + back[0, 2], back[1, 0] * x + back[1, 1] * y + back[1, 2])
    return np.floor(values + 0.5).astype(np.uint8), matrix


def resized(image, side):
    """Bilinear between pixel centres; bytes stay bytes."""
    size = image.shape[0]
    place = np.clip((np.arange(side) + 0.5) * size / side - 0.5, 0, size - 1)
    x, y = np.meshgrid(place, place)
    values = between(image, x, y)
    return np.floor(values + 0.5).astype(np.uint8) if image.dtype == np.uint8 else values


def paste(picture, face, mask, matrix, kind):
    """kind: float32, float64 or uint8, as FaceFusion keeps the face"""
    height, width = picture.shape[:2]
    side = len(mask)
    corners = np.array([(0, 0), (side, 0), (side, side), (0, side)], float)
    back = inverse(matrix)
    corners = np.rint(corners @ back[:, :2].T + back[:, 2]).astype(int)
    (x1, y1), (x2, y2) = (np.clip(c, 0, (width, height)) for c in (corners.min(0), corners.max(0)))
    y, x = np.mgrid[: y2 - y1, : x2 - x1].astype(float)
    shift = matrix[:, :2] @ (x1, y1) + matrix[:, 2]
    u = matrix[0, 0] * x + matrix[0, 1] * y + shift[0]
    v = matrix[1, 0] * x + matrix[1, 1] * y + shift[1]
    visible = between(mask, u, v, outside=0).clip(0, 1)[..., None]
    if kind == "float64":
        # OpenCV's fixed point: 1/1024 of a pixel along the row and down the rows, summed, then rounded to 1/32.
        u, v = (
            np.floor((np.rint(m[0] * x * 1024) + np.rint((m[1] * y + s) * 1024) + 16) / 32) / 32
            for m, s in zip(matrix, shift)
        )
    values = between(face, u, v)
    if kind == "uint8":
        values = np.floor(values + 0.5)
    if kind != "float64":
        visible, values = visible.astype(np.float32), values.astype(np.float32)
    result = picture.copy()
    part = picture[y1:y2, x1:x2].astype(values.dtype)
    result[y1:y2, x1:x2] = np.trunc(part * (1 - visible) + values * visible).astype(np.uint8)
    return result


# Masks


def kernel_of(sigma):
    radius = (int(np.rint(sigma * 8 + 1)) | 1) // 2
    kernel = np.exp(-0.5 * (np.arange(-radius, radius + 1) / sigma) ** 2)
    return kernel / kernel.sum()


def blurred(plane, sigma):
    kernel = kernel_of(sigma)
    radius = len(kernel) // 2
    padded = np.pad(plane, radius, mode="reflect")
    rows = np.apply_along_axis(np.convolve, 0, padded, kernel, "valid")
    return np.apply_along_axis(np.convolve, 1, rows, kernel, "valid")


def softened(mask):
    return (blurred(np.clip(mask, 0, 1), 5).clip(0.5, 1) - 0.5) * 2


def box_mask(side, blur, padding):
    fade = int(side * 0.5 * blur)
    edge = max(fade // 2, 1)
    top, right, bottom, left = (max(edge, int(side * p / 100)) for p in padding)
    mask = np.ones((side, side))
    mask[:top], mask[side - bottom :], mask[:, :left], mask[:, side - right :] = 0, 0, 0, 0
    return blurred_floats(mask.astype(np.float32), kernel_of(fade * 0.25).astype(np.float32)) if fade else mask


def blurred_floats(plane, kernel):
    """Of 32 bits, summed up in OpenCV's order: rows from the left, columns from the middle, by fused multiplications. The sum
    of the kernel decides whether the inside is 1 or a little less, and that shows where a paste cuts off the fraction."""
    radius = len(kernel) // 2
    height, width = plane.shape
    padded = np.pad(plane, ((0, 0), (radius, radius)), mode="reflect")
    rows = padded[:, :width] * kernel[0]
    for k in range(1, len(kernel)):
        rows += padded[:, k : k + width] * kernel[k]
    padded = np.pad(rows, ((radius, radius), (0, 0)), mode="reflect")
    columns = rows * kernel[radius]
    for k in range(1, radius + 1):
        pair = padded[radius + k : radius + k + height] + padded[radius - k : radius - k + height]
        columns = (pair.astype(float) * float(kernel[radius + k]) + columns).astype(np.float32)
    return columns


def occlusion_mask(models, options, crop):
    names = ["xseg_1", "xseg_2", "xseg_3"] if options.occluder == "many" else [options.occluder]
    masks = []
    for name in names:
        tensor = (resized(crop, 256)[None, :, :, ::-1] / 255).astype(np.float32)
        seen = models.run(name, {"input": tensor})[0][0, :, :, 0]
        masks.append(resized(seen.clip(0, 1).astype(float), len(crop)))
    return softened(np.minimum.reduce(masks))


def region_mask(models, options, crop):
    """crop: of 0..255, not rounded"""
    tensor = (((resized(crop.astype(float), 512) / 255) - MEAN) / STD).transpose(2, 0, 1)[None].astype(np.float32)
    classes = models.run(options.parser, {"input": tensor})[0][0].argmax(0)
    chosen = np.isin(classes, [REGIONS[r] for r in options.mask_regions])
    return softened(resized(chosen.astype(float), len(crop)))


def hull(points):
    points = sorted(set(map(tuple, points)))

    def half(points):
        chain = []
        for p in points:
            while len(chain) > 1 and np.linalg.det([np.subtract(chain[-1], chain[-2]), np.subtract(p, chain[-2])]) <= 1e-9:
                chain.pop()
            chain.append(p)
        return chain[:-1]

    return np.array(half(points) + half(points[::-1]), float)


def filled(side, corners):
    """Pixels within the polygon's extent on their row or on their column, its ends rounded."""
    mask = np.zeros((side, side))
    for axis in (0, 1):
        for line in range(side):
            ends = []
            for a, b in zip(corners, np.roll(corners, -1, axis=0)):
                p, q = (a, b) if a[1 - axis] <= b[1 - axis] else (b, a)
                if p[1 - axis] <= line <= q[1 - axis]:
                    span = q[1 - axis] - p[1 - axis]
                    ends += [p[axis], q[axis]] if span == 0 else [p[axis] + (q[axis] - p[axis]) * (line - p[1 - axis]) / span]
            if ends:
                first, last = int(np.floor(min(ends) + 0.5)), int(np.floor(max(ends) + 0.5))
                if axis == 0:
                    mask[line, max(first, 0) : max(last + 1, 0)] = 1
                else:
                    mask[max(first, 0) : max(last + 1, 0), line] = 1
    return mask


def area_mask(options, points68, matrix, side):
    points = points68 @ matrix[:, :2].T + matrix[:, 2]
    chosen = [points[i] for area in options.mask_areas for i in AREAS[area]]
    return softened(filled(side, hull(np.trunc(chosen).astype(int))))


# Processors


def tensor_of(crop, values):
    mean, std = values
    return ((crop / 255 - mean) / std).transpose(2, 0, 1)[None].astype(np.float32)


def source_tensor(models, options, source, target):
    kind = SWAPPERS[options.swapper][4]
    if isinstance(kind, tuple):
        template, side = kind
        return tensor_of(crop_of(source.picture, source.face.points5, template, side)[0], UNIT)
    raw = source.embedding
    if kind == "emap":
        values = raw @ models.emap(options.swapper) / np.linalg.norm(raw)
    elif kind == "normalised":
        values = source.normalised
    else:
        values = models.run(kind, {"input": raw[None].astype(np.float32)})[0][0].astype(float)
        if kind != "crossface_ghost":
            values = values / np.linalg.norm(values)
    share = 0.35 - 0.7 * options.swapper_weight
    if share:
        other = target.embedding if kind == "crossface_ghost" else target.embedding / np.linalg.norm(target.embedding)
        values = values * (1 - share) + other * share
    return values[None].astype(np.float32)


def swap(models, options, picture, source, target):
    """One face of the picture; the result is a picture of bytes."""
    template, side, values, scaled, _ = SWAPPERS[options.swapper]
    boost = options.pixel_boost or side
    step = boost // side
    crop, matrix = crop_of(picture, target.points5, template, boost)
    masks = []
    if "box" in options.mask_types:
        masks.append(box_mask(boost, options.mask_blur, options.mask_padding))
    if "occlusion" in options.mask_types:
        masks.append(occlusion_mask(models, options, crop))
    identity = source_tensor(models, options, source, target)
    swapped = np.empty((boost, boost, 3))
    for row in range(step):
        for column in range(step):
            tile = tensor_of(crop[row::step, column::step], values)
            result = models.run(options.swapper, {"source": identity, "target": tile})[0][0].transpose(1, 2, 0).astype(float)
            swapped[row::step, column::step] = (result * 0.5 + 0.5 if scaled else result).clip(0, 1) * 255
    if "area" in options.mask_types:
        masks.append(area_mask(options, target.points68, matrix, boost))
    if "region" in options.mask_types:
        masks.append(region_mask(models, options, swapped))
    return paste(picture, swapped, np.minimum.reduce(masks).clip(0, 1), matrix, "float64" if scaled else "float32")


def enhance(models, options, picture, target):
    template, side = ENHANCERS[options.enhancer]
    crop, matrix = crop_of(picture, target.points5, template, side)
    masks = [box_mask(side, options.mask_blur, (0, 0, 0, 0))]
    if "occlusion" in options.mask_types:
        masks.append(occlusion_mask(models, options, crop))
    inputs = {"input": tensor_of(crop, SIGNED)}
    if "weight" in models.inputs(options.enhancer):
        inputs["weight"] = np.array([options.enhancer_weight], np.float64)
    result = models.run(options.enhancer, inputs)[0][0].transpose(1, 2, 0).astype(float)
    enhanced = np.rint((result.clip(-1, 1) + 1) / 2 * 255).astype(np.uint8)
    pasted = paste(picture, enhanced, np.minimum.reduce(masks).clip(0, 1), matrix, "uint8")
    share = options.enhancer_blend / 100
    return np.rint((1 - share) * picture + share * pasted).clip(0, 255).astype(np.uint8)
