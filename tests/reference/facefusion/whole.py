#!/usr/bin/env python3
"""Whole tasks: source pictures and a target in, the changed target out. usage: python -m facefusion.whole DIRECTORY [SEED COUNT]

Works on the cases below, or on so many drawn at random. Writes the pictures of every case as PNG and the list of cases as cases.json: the name, the sources, the target, the result
and the options, which have FaceFusion's names. Where no face is selected there is no result."""
import itertools
import json
import sys
from pathlib import Path

import cv2
import numpy as np

from . import analysis, drawn, pictures, processing
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
    {"face_detector_angles": [180, 0], "face_selector_mode": "one", "face_selector_order": "best-worst"},
    {"face_selector_race": "asian"},
    {"face_selector_race": "auto", "sources": ["photo", "photo scaled 1280 1280"]},
    {"face_selector_race": "auto", "sources": ["photo turned 90"], "processors": [ENHANCE]},
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


def options_of(case):
    options = analysis.OPTIONS | {k: v for k, v in case.items() if k in analysis.OPTIONS}
    for trait in ("face_selector_gender", "face_selector_race"):
        options[trait] = None if options[trait] == "none" else options[trait]
    return options


def decided(case):
    """Whether the order of the faces does not hang on how their numbers are rounded: in a picture that is looked at in
    several turns the stand-ins find faces of one size."""
    options = options_of(case)
    order = {name: "large-small" for name in case["sources"]} | {case["target"]: options["face_selector_order"]}
    return not any(analysis.alike(analysis.faces(pictures.named(name), options), by) for name, by in order.items())


def task(case):
    """The target, the result or None."""
    options = options_of(case)
    target = pictures.named(case["target"])
    swaps = SWAP in case["processors"]
    needed = swaps or "auto" in (options["face_selector_gender"], options["face_selector_race"])
    portraits = portraits_of(case["sources"], options) if needed else []
    if needed and not portraits:
        return target, None
    selected = analysis.selected(target, options, max((face for _, face in portraits), key=area, default=None))
    if not selected:
        return target, None
    models = processing.Models(DIRECTORY)
    settings = processing.Options(**{SWAPPER_OPTIONS[k]: v for k, v in case.items() if k in SWAPPER_OPTIONS})
    source = processing.source_of([rgb(p) for p, _ in portraits], [processed(f) for _, f in portraits]) if swaps else None
    result = rgb(target)
    for processor in case["processors"]:
        for face in selected:
            if processor == SWAP:
                result = processing.swap(models, settings, result, source, processed(face))
            else:
                result = processing.enhance(models, settings, result, processed(face))
    return target, result[..., ::-1]


def portraits_of(names, options):
    """Each picture that shows a face, with its largest."""
    found = [(picture, analysis.faces(picture, options)) for picture in map(pictures.named, names)]
    return [(picture, max(faces, key=area)) for picture, faces in found if faces]


def area(face):
    return analysis.ORDERS["small-large"](face)


def rgb(picture):
    return picture[..., ::-1].astype(np.uint8)


def processed(face):
    return processing.Face(face.five, face.points, face.raw)


def chosen(seed=None, count=None):
    if seed is None:
        return CASES
    return itertools.islice((case for case in drawn.cases(seed) if decided(DEFAULTS | case)), count)


def main():
    directory = Path(sys.argv[1])
    written = []
    for number, differing in enumerate(chosen(*map(int, sys.argv[2:]))):
        case = DEFAULTS | differing
        target, result = task(case)
        for name in (*case["sources"], case["target"]):
            path = directory / f"{name}.png"
            if not path.exists():
                cv2.imwrite(str(path), pictures.stored(name))
        if result is not None:
            cv2.imwrite(str(directory / f"{number}.png"), result)
        options = {k: v for k, v in case.items() if k not in ("sources", "target")}
        shown = {"name": f"{number} {json.dumps(differing)}", "sources": case["sources"], "target": case["target"]}
        written.append(shown | {"options": options, "result": None if result is None else f"{number}.png"})
    (directory / "cases.json").write_text(json.dumps(written))


if __name__ == "__main__":
    main()
