#!/usr/bin/env python3
"""Writes what the tests of swappers, enhancers and maskers expect. usage: python -m facefusion.processing_golden

Of every result each fourth pixel of each fourth row is kept, from the third on."""
import base64
import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from . import processing
from .make_models import DIRECTORY
from .processing import Face, Models, Options

OUT = DIRECTORY.parent / "reference" / "facefusion"

FULL = {"mask_types": ["box", "occlusion", "area", "region"]}
# name: (processor, face, options)
CASES = {
    **{m: ("swap", "turned", {"swapper": m}) for m in processing.SWAPPERS},
    "inswapper, all of the target mixed in": ("swap", "turned", {"swapper_weight": 0.0}),
    "inswapper, away from the target": ("swap", "turned", {"swapper_weight": 1.0}),
    "hyperswap, some of the target": ("swap", "turned", {"swapper": "hyperswap_1a_256", "swapper_weight": 0.25}),
    "ghost, some of the target": ("swap", "turned", {"swapper": "ghost_2_256", "swapper_weight": 0.2}),
    "simswap, away from the target": ("swap", "turned", {"swapper": "simswap_256", "swapper_weight": 0.8}),
    "hififace, some of the target": ("swap", "turned", {"swapper": "hififace_unofficial_256", "swapper_weight": 0.1}),
    "inswapper, 2 x 2 tiles": ("swap", "turned", {"pixel_boost": 256}),
    "inswapper, 3 x 3 tiles": ("swap", "edge", {"pixel_boost": 384}),
    "hyperswap, 2 x 2 tiles": ("swap", "turned", {"swapper": "hyperswap_1b_256", "pixel_boost": 512}),
    "simswap 512, 2 x 2 tiles": ("swap", "turned", {"swapper": "simswap_unofficial_512", "pixel_boost": 1024}),
    "inswapper at the edge": ("swap", "edge", {}),
    "uniface at the edge": ("swap", "edge", {"swapper": "uniface_256"}),
    "no blur": ("swap", "turned", {"mask_blur": 0.0}),
    "all blur": ("swap", "turned", {"mask_blur": 1.0}),
    "padding": ("swap", "turned", {"mask_padding": (30, 5, 20, 45)}),
    "padding without blur": ("swap", "turned", {"mask_blur": 0.0, "mask_padding": (1, 33, 0, 12)}),
    "occlusion": ("swap", "turned", {"mask_types": ["occlusion"]}),
    "box and occlusion, xseg_2": ("swap", "edge", {"mask_types": ["box", "occlusion"], "occluder": "xseg_2"}),
    "occlusion, many, 256": ("swap", "turned", {"mask_types": ["occlusion"], "occluder": "many", "swapper": "hyperswap_1a_256"}),
    "area": ("swap", "turned", {"mask_types": ["area"]}),
    "area of the mouth": ("swap", "turned", {"mask_types": ["box", "area"], "mask_areas": ["mouth"], "swapper": "ghost_1_256"}),
    "area of the upper face": ("swap", "turned", {"mask_types": ["area"], "mask_areas": ["upper-face"]}),
    "area of the lower face": ("swap", "edge", {"mask_types": ["area"], "mask_areas": ["lower-face"]}),
    "region": ("swap", "turned", {"mask_types": ["region"]}),
    "some regions, resnet_18, 512": (
        "swap",
        "turned",
        {"mask_types": ["region"], "mask_regions": ["nose", "skin", "left-eye"], "parser": "bisenet_resnet_18", "swapper": "simswap_unofficial_512"},
    ),
    "every mask": ("swap", "turned", {**FULL, "mask_padding": (10, 0, 0, 5)}),
    "every mask, 2 x 2 tiles, weight": ("swap", "turned", {**FULL, "pixel_boost": 256, "swapper_weight": 0.3, "occluder": "xseg_3"}),
    **{m: ("enhance", "turned", {"enhancer": m}) for m in processing.ENHANCERS},
    "enhanced wholly": ("enhance", "turned", {"enhancer_blend": 100}),
    "enhanced by half": ("enhance", "edge", {"enhancer_blend": 50}),
    "codeformer, weight 1": ("enhance", "turned", {"enhancer": "codeformer", "enhancer_weight": 1.0}),
    "codeformer, weight 0": ("enhance", "turned", {"enhancer": "codeformer", "enhancer_weight": 0.0}),
    "enhanced, occlusion, no padding": (
        "enhance",
        "turned",
        {"mask_types": ["occlusion", "area", "region"], "mask_padding": (40, 40, 40, 40), "mask_blur": 0.6},
    ),
}


def picture(seed, width, height):
    """Soft blots with a little grain."""
    rng = np.random.default_rng(seed)
    blots = sum(cv2.GaussianBlur(rng.normal(0, s * 25, (height, width, 3)), (0, 0), s) for s in (3, 8, 20))
    return np.clip(125 + blots + rng.normal(0, 3, blots.shape), 0, 255).astype(np.uint8)


def face(rng, angle, scale, shift, embedding):
    """A face of this size, turned, its points a little off the template."""
    a = np.deg2rad(angle)
    turn = scale * np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
    points5 = np.array(processing.TEMPLATES["ffhq_512"]) - 0.5 + rng.normal(0, 0.01, (5, 2))
    t = np.linspace(np.pi, 0, 17)
    jaw = np.stack([0.33 * np.cos(t), 0.02 + 0.36 * np.sin(t)], 1)
    rest = np.concatenate([
        np.stack([np.linspace(-0.27, 0.27, 10), np.full(10, -0.14)], 1),  # brows
        np.stack([np.zeros(4), np.linspace(-0.05, 0.1, 4)], 1), np.stack([np.linspace(-0.07, 0.07, 5), np.full(5, 0.14)], 1),  # nose
        np.stack([np.tile(np.linspace(-0.17, 0.17, 6), 2), np.full(12, -0.03)], 1),  # eyes
        np.stack([0.12 * np.cos(np.linspace(0, 6, 20)), 0.23 + 0.05 * np.sin(np.linspace(0, 6, 20))], 1),  # mouth
    ])  # fmt: skip
    points68 = np.concatenate([jaw, rest]) + rng.normal(0, 0.004, (68, 2))
    return Face(np.round(points5 @ turn.T + shift, 3), np.round(points68 @ turn.T + shift, 3), embedding)


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(7)
    embeddings = np.round(rng.normal(0, 0.9, (3, 512)) + rng.normal(0, 0.3, 512), 4)
    pictures = {"target": picture(1, 150, 120), "source": picture(2, 96, 80)}
    faces = {
        "turned": face(rng, 20, 105, (72, 58), embeddings[2]),
        "edge": face(rng, -35, 90, (128, 100), embeddings[2]),
        "source": face(rng, 8, 70, (50, 42), embeddings[0]),
        "second": face(rng, 0, 70, (50, 42), embeddings[1]),
    }
    source = processing.source_of([pictures["source"]], [faces["source"], faces["second"]])
    models = Models(DIRECTORY)
    cases = []
    for name, (processor, where, chosen) in CASES.items():
        options = replace(Options(), **chosen)
        if processor == "swap":
            result = processing.swap(models, options, pictures["target"], source, faces[where])
        else:
            result = processing.enhance(models, options, pictures["target"], faces[where])
        changed = np.abs(result.astype(int) - pictures["target"])
        assert changed.max() > 8, name
        pixels = base64.b64encode(np.ascontiguousarray(result[2::4, 2::4]).tobytes()).decode()
        cases.append({"name": name, "processor": processor, "face": where, "options": chosen, "pixels": pixels})
        print(f"{name:40s} changed {np.mean(changed.max(2) > 0):.2f}")
    for name, image in pictures.items():
        cv2.imwrite(str(OUT / f"{name}.png"), image[:, :, ::-1])
    document = {
        "embeddings": {"source": embeddings[0].tolist(), "second": embeddings[1].tolist(), "target": embeddings[2].tolist()},
        "faces": {n: {"five": f.points5.tolist(), "points": f.points68.tolist()} for n, f in faces.items()},
        "cases": cases,
    }
    (OUT / "processing.json").write_text(json.dumps(document, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
