"""Option sets drawn at random from all that FaceFusion takes, and pictures of all shapes to try them on."""
import itertools
import random

from . import analysis, processing

DETECTORS = ("yolo_face", "scrfd", "retinaface", "yunet", "many")
LANDMARKERS = ("2dfan4", "peppa_wutz", "many")
OCCLUDERS = ("xseg_1", "xseg_2", "xseg_3", "many")
PARSERS = ("bisenet_resnet_18", "bisenet_resnet_34")
TRAITS = {
    "gender": ("none", "female", "male", "auto"),
    "race": ("none", "white", "black", "latino", "asian", "indian", "arabic", "auto"),
}
# A 2048 pixel crop takes the reference a minute.
ENHANCERS = tuple(name for name in processing.ENHANCERS if name != "gpen_bfr_2048")
BOOSTS = {128: (128, 256, 384, 512, 768, 1024), 256: (256, 512, 768, 1024), 512: (512, 1024)}
SIDES = (1, 2, 3, 7, 17, 64, 129, 300, 451, 640, 641, 733, 1280, 1919)


def cases(seed):
    """Without end."""
    return (case(random.Random(f"{seed} {number}")) for number in itertools.count())


def case(rng):
    """One task: every option has its default or, as often, another value."""
    return _pictures(rng) | _analysis(rng) | _selection(rng) | _masks(rng) | _processors(rng)


def _pictures(rng):
    sources = [_picture(rng, tiny=False) for _ in range(rng.choice((1, 1, 1, 2, 3)))]
    return {"sources": sources, "target": _picture(rng, tiny=True)}


def _picture(rng, tiny):
    sides = SIDES if tiny else SIDES[6:]
    width, height = rng.choice(sides), rng.choice(sides)
    left, top = rng.randrange(0, 384), rng.randrange(0, 384)
    return rng.choice(
        (
            "photo",
            "photo",
            f"photo turned {rng.choice((90, 180, 270))}",
            f"photo scaled {width} {height}",
            f"photo cut {left} {top} {rng.randrange(1, 513 - left)} {rng.randrange(1, 513 - top)}",
            "photo grey",
            "photo dark",
            "photo clear",
            f"pattern {width} {height} {rng.choice((1, 2, 3, 9, 20))}",
            f"pattern {width} {height} 1",
        )
    )


def _maybe(rng, values, share=0.5):
    """Some of the options: each with this chance."""
    return {name: draw() for name, draw in values.items() if rng.random() < share}


def _share(rng):
    return rng.randrange(0, 21) / 20


def _four(rng):
    return [rng.choice((0, 0, 3, 10, 25, 50, 100)) if rng.random() < 0.9 else rng.randrange(0, 101) for _ in range(4)]


def _some(rng, values):
    return rng.sample(list(values), rng.randrange(1, len(values) + 1))


def _analysis(rng):
    chosen = _maybe(
        rng,
        {
            "face_detector_model": lambda: rng.choice(DETECTORS),
            "face_detector_margin": lambda: _four(rng),
            "face_detector_angles": lambda: _some(rng, (0, 90, 180, 270)),
            "face_detector_score": lambda: rng.choice((0.05, 0.2, 0.35, 0.45, 0.55, 0.6, _share(rng))),
            "face_landmarker_model": lambda: rng.choice(LANDMARKERS),
            "face_landmarker_score": lambda: _share(rng),
        },
        0.35,
    )
    if chosen.get("face_detector_model") == "scrfd":
        chosen["face_detector_size"] = rng.choice((320, 480, 512, 640))
    return chosen


def _selection(rng):
    chosen = {"face_selector_mode": rng.choice(("many", "many", "one", "reference"))}
    chosen |= _maybe(
        rng,
        {
            "face_selector_order": lambda: rng.choice(tuple(analysis.ORDERS)),
            "reference_face_position": lambda: rng.randrange(0, 4),
            "reference_face_distance": lambda: _share(rng),
        },
    )
    return chosen | _maybe(
        rng,
        {
            "face_selector_gender": lambda: rng.choice(TRAITS["gender"]),
            "face_selector_race": lambda: rng.choice(TRAITS["race"]),
            "face_selector_age_start": lambda: rng.randrange(0, 61),
            "face_selector_age_end": lambda: rng.randrange(61, 101),
        },
        0.12,
    )


def _masks(rng):
    return _maybe(
        rng,
        {
            "face_mask_types": lambda: _some(rng, ("box", "occlusion", "area", "region")),
            "face_mask_areas": lambda: _some(rng, processing.AREAS),
            "face_mask_regions": lambda: _some(rng, processing.REGIONS),
            "face_mask_blur": lambda: _share(rng),
            "face_mask_padding": lambda: _four(rng),
            "face_occluder_model": lambda: rng.choice(OCCLUDERS),
            "face_parser_model": lambda: rng.choice(PARSERS),
        },
    )


def _processors(rng):
    model = rng.choice(tuple(processing.SWAPPERS))
    side = processing.SWAPPERS[model][1]
    chosen = {
        "processors": rng.choice(
            (["face_swapper"], ["face_swapper"], ["face_enhancer"], ["face_swapper", "face_enhancer"], ["face_enhancer", "face_swapper"])
        ),
        "face_swapper_model": model,
    }
    return chosen | _maybe(
        rng,
        {
            "face_swapper_pixel_boost": lambda: rng.choice(BOOSTS[side][:3]),
            "face_swapper_weight": lambda: _share(rng),
            "face_enhancer_model": lambda: rng.choice(ENHANCERS),
            "face_enhancer_blend": lambda: rng.randrange(0, 101),
            "face_enhancer_weight": lambda: _share(rng),
        },
    )
