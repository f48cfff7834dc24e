#!/usr/bin/env python3
"""Whole tasks: source pictures and a target in, the changed target out. usage: python -m facefusion.whole DIRECTORY

Writes the pictures of every case as PNG and the list of cases as cases.json: the name, the sources, the target, the result
and the options, which have FaceFusion's names. Where no face is selected there is no result."""
import json
import sys
from pathlib import Path

import cv2
import numpy as np

from . import analysis, pictures, processing
from .make_models import DIRECTORY

SWAP, ENHANCE = "face_swapper", "face_enhancer"

SWAPPER_OPTIONS = {
    "face_swapper_model": "swapper",
    "face_swapper_pixel_boost": "pixel_boost",
    "face_swapper_weight": "swapper_weight",
    "face_enhancer_model": "enhancer",
    "face_enhancer_weight": "enhancer_weight",
    "face_enhancer_blend": "enhancer_blend",
    "face_occluder_model": "occluder",
    "face_parser_model": "parser",
    "face_mask_types": "mask_types",
    "face_mask_areas": "mask_areas",
    "face_mask_regions": "mask_regions",
    "face_mask_blur": "mask_blur",
    "face_mask_padding": "mask_padding",
}

DEFAULTS = {"sources": ["photo"], "target": "photo", "processors": [SWAP], "face_swapper_model": "inswapper_128"}

# Each with what differs from the defaults, which are FaceFusion's but for the mode `many` and the swapper inswapper_128.
CASES = [
    {},
    *({"face_swapper_model": name} for name in processing.SWAPPERS if name != "inswapper_128"),
    {"face_swapper_pixel_boost": 256},
    {"face_swapper_pixel_boost": 384, "face_selector_mode": "one"},
    {"face_swapper_model": "hyperswap_1a_256", "face_swapper_pixel_boost": 512},
    {"face_swapper_weight": 0.0},
    {"face_swapper_weight": 0.9},
    {"face_swapper_model": "hyperswap_1b_256", "face_swapper_weight": 0.2},
    {"face_swapper_model": "ghost_1_256", "face_swapper_weight": 0.75},
    {"face_mask_blur": 0.0},
    {"face_mask_blur": 0.7, "face_mask_padding": [10, 20, 0, 5]},
    {"face_mask_types": ["box", "occlusion"]},
    {"face_mask_types": ["occlusion"], "face_occluder_model": "many"},
    {"face_mask_types": ["area"], "face_mask_areas": ["upper-face", "mouth"]},
    {"face_mask_types": ["box", "region"], "face_mask_regions": ["skin", "nose", "mouth"]},
    {"face_mask_types": ["region"], "face_parser_model": "bisenet_resnet_18"},
    *({"processors": [ENHANCE], "face_enhancer_model": name} for name in ("gfpgan_1.4", "gpen_bfr_256", "gpen_bfr_512", "restoreformer_plus_plus")),
    {"processors": [ENHANCE], "face_enhancer_model": "codeformer", "face_enhancer_weight": 0.9, "face_selector_mode": "one"},
    {"processors": [ENHANCE], "face_enhancer_blend": 35, "face_mask_types": ["box", "occlusion"]},
    {"processors": [SWAP, ENHANCE]},
    {"processors": [ENHANCE, SWAP], "face_swapper_model": "hyperswap_1a_256"},
    {"sources": ["photo", "pattern 560 400 1", "pattern 512 480 2"]},
    {"sources": ["photo", "pattern 560 400 1"], "face_swapper_model": "hyperswap_1c_256"},
    {"face_selector_mode": "one"},
    {"face_selector_mode": "one", "face_selector_order": "small-large"},
    {"face_selector_mode": "one", "face_selector_order": "right-left"},
    {"face_selector_mode": "one", "face_selector_order": "bottom-top"},
    {"face_selector_mode": "one", "face_selector_order": "worst-best"},
    {"face_selector_gender": "female", "face_detector_angles": [0, 90, 180, 270]},
    {"face_selector_gender": "auto", "face_detector_angles": [90]},
    {"face_selector_race": "asian"},
    {"face_selector_age_start": 19, "face_selector_age_end": 21},
    {"face_selector_mode": "reference"},
    {"face_selector_mode": "reference", "reference_face_position": 1},
    {"face_selector_mode": "reference", "reference_face_position": 7, "reference_face_distance": 0.9},
    {"face_selector_mode": "reference", "face_selector_order": "small-large"},
    *({"face_detector_model": name} for name in ("scrfd", "retinaface", "yunet", "many")),
    {"face_detector_angles": [0, 90]},
    {"face_detector_margin": [10, 0, 20, 5]},
    {"face_landmarker_model": "many", "target": "pattern 500 380 9"},
    {"face_landmarker_score": 0.0},
    {"target": "pattern 700 500 1"},
]


def task(case):
    """The target, the result or None."""
    options = analysis.OPTIONS | {k: v for k, v in case.items() if k in analysis.OPTIONS}
    sources = [pictures.named(name) for name in case["sources"]]
    target = pictures.named(case["target"])
    largest = [sorted(analysis.faces(p, options), key=analysis.ORDERS["large-small"])[0] for p in sources]
    selected = analysis.selected(target, options, largest[0])
    if not selected:
        return target, None
    models = processing.Models(DIRECTORY)
    settings = processing.Options(**{SWAPPER_OPTIONS[k]: v for k, v in case.items() if k in SWAPPER_OPTIONS})
    source = processing.source_of([rgb(p) for p in sources], [processed(f) for f in largest])
    result = rgb(target)
    for processor in case["processors"]:
        for face in selected:
            if processor == SWAP:
                result = processing.swap(models, settings, result, source, processed(face))
            else:
                result = processing.enhance(models, settings, result, processed(face))
    return target, result[..., ::-1]


def rgb(picture):
    return picture[..., ::-1].astype(np.uint8)


def processed(face):
    return processing.Face(face.five, face.points, face.raw)


def main():
    directory = Path(sys.argv[1])
    written = []
    for number, differing in enumerate(CASES):
        case = DEFAULTS | differing
        target, result = task(case)
        for name in (*case["sources"], case["target"]):
            path = directory / f"{name}.png"
            if not path.exists():
                cv2.imwrite(str(path), pictures.named(name).astype(np.uint8))
        if result is not None:
            cv2.imwrite(str(directory / f"{number}.png"), result)
        options = {k: v for k, v in case.items() if k not in ("sources", "target")}
        shown = {"name": f"{number} {json.dumps(differing)}", "sources": case["sources"], "target": case["target"]}
        written.append(shown | {"options": options, "result": None if result is None else f"{number}.png"})
    (directory / "cases.json").write_text(json.dumps(written))


if __name__ == "__main__":
    main()
