"""The way through CIE L*a*b* that FaceFusion's landmarkers' pictures take, on 8-bit values."""
import numpy as np

TO_XYZ = np.array([[0.412453, 0.357580, 0.180423], [0.212671, 0.715160, 0.072169], [0.019334, 0.119193, 0.950227]])
FROM_XYZ = np.array([[3.240479, -1.53715, -0.498535], [-0.969256, 1.875991, 0.041556], [0.055648, -0.204043, 1.057311]])
WHITE = np.array([0.950456, 1, 1.088754])


def to_lab(rgb):
    """8-bit L, a, b of 8-bit sRGB."""
    c = rgb / 255
    linear = np.where(c > 0.04045, ((c + 0.055) / 1.055) ** 2.4, c / 12.92)
    t = linear @ TO_XYZ.T / WHITE
    f = np.where(t > 0.008856, np.cbrt(t), 7.787 * t + 16 / 116)
    y = t[..., 1]
    light = np.where(y > 0.008856, 116 * f[..., 1] - 16, 903.3 * y)
    lab = np.stack([light * 255 / 100, 500 * (f[..., 0] - f[..., 1]) + 128, 200 * (f[..., 1] - f[..., 2]) + 128], -1)
    return np.clip(np.floor(lab + 0.5), 0, 255)


def from_lab(lab):
    """8-bit sRGB of 8-bit L, a, b."""
    light, a, b = lab[..., 0] * 100 / 255, lab[..., 1] - 128, lab[..., 2] - 128
    dark = light <= 8
    y = np.where(dark, light / 903.3, ((light + 16) / 116) ** 3)
    fy = np.where(dark, 7.787 * y + 16 / 116, (light + 16) / 116)

    def cubed(f):
        return np.where(f > 6 / 29, f**3, (f - 16 / 116) / 7.787)

    xyz = np.stack([cubed(fy + a / 500), y, cubed(fy - b / 200)], -1) * WHITE
    linear = np.clip(xyz @ FROM_XYZ.T, 0, 1)
    rgb = np.where(linear > 0.0031308, 1.055 * linear ** (1 / 2.4) - 0.055, 12.92 * linear)
    return np.clip(np.floor(rgb * 255 + 0.5), 0, 255)


def equalised(light, clip=2.0, grid=8):
    """Contrast limited adaptive histogram equalisation of 8-bit values, OpenCV's."""
    side = light.shape[0] // grid
    area = side * side
    limit = max(int(clip * area / 256), 1)
    curves = np.empty((grid, grid, 256))
    for row in range(grid):
        for column in range(grid):
            tile = light[row * side : (row + 1) * side, column * side : (column + 1) * side].astype(int)
            histogram = np.bincount(tile.ravel(), minlength=256)
            cut = np.maximum(histogram - limit, 0).sum()
            histogram = np.minimum(histogram, limit) + cut // 256
            rest = cut % 256
            if rest:
                step = max(256 // rest, 1)
                histogram[np.arange(0, 256, step)[:rest]] += 1
            curves[row, column] = np.clip(np.rint(np.cumsum(histogram) * 255 / area), 0, 255)
    places = np.arange(light.shape[0]) / side - 0.5
    low = np.floor(places).astype(int)
    share = places - low
    first, second = np.maximum(low, 0), np.minimum(low + 1, grid - 1)
    level = light.astype(int)
    r1, r2, c1, c2 = first[:, None], second[:, None], first[None, :], second[None, :]
    across, down = share[None, :], share[:, None]
    upper = curves[r1, c1, level] * (1 - across) + curves[r1, c2, level] * across
    lower = curves[r2, c1, level] * (1 - across) + curves[r2, c2, level] * across
    return np.rint(upper * (1 - down) + lower * down)


def more_contrast(picture):
    """There and back, with the blue in the red's place; the contrast is raised if the picture is dark."""
    lab = to_lab(picture)
    if lab[..., 0].mean() < 30:
        lab[..., 0] = equalised(lab[..., 0])
    return from_lab(lab)
