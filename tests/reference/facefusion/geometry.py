"""Similarities, exact bilinear sampling and the other geometry of the contracts, in float64.

Pictures are float64 arrays of whole values, height x width x 3, blue first, as FaceFusion holds them. A pixel's coordinate is
that of its centre; an affine map is a 2 x 3 array that takes (x, y, 1)."""
import numpy as np

TEMPLATES = {
    "arcface_112_v1": ((0.35473214, 0.45658929), (0.64526786, 0.45658929), (0.50000000, 0.61154464), (0.37913393, 0.77687500), (0.62086607, 0.77687500)),
    "arcface_112_v2": ((0.34191607, 0.46157411), (0.65653393, 0.45983393), (0.50022500, 0.64050536), (0.37097589, 0.82469196), (0.63151696, 0.82325089)),
    "arcface_128": ((0.36167656, 0.40387734), (0.63696719, 0.40235469), (0.50019687, 0.56044219), (0.38710391, 0.72160547), (0.61507734, 0.72034453)),
    "dfl_whole_face": ((0.35342266, 0.39285716), (0.62797622, 0.39285716), (0.48660713, 0.54017860), (0.38839287, 0.68750011), (0.59821427, 0.68750011)),
    "ffhq_512": ((0.37691676, 0.46864664), (0.62285697, 0.46912813), (0.50123859, 0.61331904), (0.39308822, 0.72541100), (0.61150205, 0.72490465)),
    "mtcnn_512": ((0.36562865, 0.46733799), (0.63305391, 0.46585885), (0.50019127, 0.61942959), (0.39032951, 0.77598822), (0.61178945, 0.77476328)),
}


def similarity(source, target):
    """The rotation, uniform scale and shift of least squares."""
    source, target = np.asarray(source, float), np.asarray(target, float)
    s, t = source - source.mean(0), target - target.mean(0)
    a = (s * t).sum() / (s * s).sum()
    b = (s[:, 0] * t[:, 1] - s[:, 1] * t[:, 0]).sum() / (s * s).sum()
    rotation = np.array([[a, -b], [b, a]])
    return np.column_stack([rotation, target.mean(0) - rotation @ source.mean(0)])


def inverse(matrix):
    linear = np.linalg.inv(matrix[:, :2])
    return np.column_stack([linear, -linear @ matrix[:, 2]])


def transform(points, matrix):
    return np.asarray(points, float) @ matrix[:, :2].T + matrix[:, 2]


def sample(picture, x, y, border):
    """Bilinear values at places; border: 'black' or 'replicate'."""
    height, width = picture.shape[:2]
    left, top = np.floor(x).astype(int), np.floor(y).astype(int)
    across, down = (x - left)[..., None], (y - top)[..., None]

    def at(column, row):
        values = picture[np.clip(row, 0, height - 1), np.clip(column, 0, width - 1)]
        if border == "black":
            inside = (column >= 0) & (column < width) & (row >= 0) & (row < height)
            values = values * inside[..., None]
        return values

    upper = at(left, top) * (1 - across) + at(left + 1, top) * across
    lower = at(left, top + 1) * (1 - across) + at(left + 1, top + 1) * across
    return upper * (1 - down) + lower * down


def whole(values):
    """As an 8-bit picture keeps them."""
    return np.clip(np.floor(values + 0.5), 0, 255)


def warp(picture, matrix, width, height, border):
    """The picture through a map, as 8-bit values."""
    x, y = np.meshgrid(np.arange(width, dtype=float), np.arange(height, dtype=float))
    back = inverse(matrix)
    places = transform(np.stack([x, y], -1).reshape(-1, 2), back).reshape(height, width, 2)
    return whole(sample(picture, places[..., 0], places[..., 1], border))


def crop(picture, five, template, side):
    """A face upright, and the map there."""
    matrix = similarity(five, np.array(TEMPLATES[template]) * side)
    return warp(picture, matrix, side, side, "replicate"), matrix


def resize(picture, width, height):
    """Bilinear between pixel centres, as 8-bit values."""
    columns = np.clip((np.arange(width) + 0.5) * picture.shape[1] / width - 0.5, 0, picture.shape[1] - 1)
    rows = np.clip((np.arange(height) + 0.5) * picture.shape[0] / height - 0.5, 0, picture.shape[0] - 1)
    x, y = np.meshgrid(columns, rows)
    return whole(sample(picture, x, y, "replicate"))


def turn(angle, width, height):
    """The rotation about the centre, counter-clockwise, into a canvas that holds the result, and the canvas's size.

    Only quarter turns: sines and cosines are whole."""
    cos, sin = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[angle]
    centre_x, centre_y = width / 2, height / 2
    matrix = np.array([[cos, sin, (1 - cos) * centre_x - sin * centre_y], [-sin, cos, sin * centre_x + (1 - cos) * centre_y]], float)
    new_width, new_height = abs(cos) * width + abs(sin) * height, abs(sin) * width + abs(cos) * height
    matrix[:, 2] += ((new_width - width) / 2, (new_height - height) / 2)
    return matrix, int(new_width), int(new_height)
