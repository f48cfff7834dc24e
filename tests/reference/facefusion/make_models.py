#!/usr/bin/env python3
"""Writes the stand-ins for FaceFusion's models. usage: python -m facefusion.make_models [DIRECTORY]

The result is the same, byte for byte, with the versions in requirements.txt."""
import importlib.util
import sys
from pathlib import Path

import onnx

from . import analysis_models

DIRECTORY = Path(__file__).resolve().parents[3] / "runtime-image" / "src" / "test" / "resources" / "stand-ins"

# Written once more, beside the others, with the sizes of what goes in and out left open.
OPEN = ("gfpgan_1.4", "gpen_bfr_1024")


def models():
    found = dict(analysis_models.MODELS)
    if importlib.util.find_spec("facefusion.processing_models"):
        from . import processing_models

        found.update(processing_models.MODELS)
    return found


def leave_open(model, path):
    opened = onnx.load(model)
    for tensor in (*opened.graph.input, *opened.graph.output):
        for axis, name in ((0, "batch"), (2, "height"), (3, "width")):
            tensor.type.tensor_type.shape.dim[axis].dim_param = name
    path.parent.mkdir(exist_ok=True)
    onnx.save(opened, path)


def main():
    directory = Path(sys.argv[1]) if len(sys.argv) > 1 else DIRECTORY
    directory.mkdir(parents=True, exist_ok=True)
    for name, make in models().items():
        path = directory / f"{name}.onnx"
        path.unlink(missing_ok=True)
        # A name such as scrfd_2.5g has no suffix of its own.
        make(path)
        print(f"{name:20s} {path.stat().st_size:8d} bytes")
    for name in OPEN:
        leave_open(directory / f"{name}.onnx", directory.with_name("open-sizes") / f"{name}.onnx")


if __name__ == "__main__":
    main()
