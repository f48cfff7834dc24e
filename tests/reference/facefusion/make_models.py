#!/usr/bin/env python3
"""Writes the stand-ins for FaceFusion's models. usage: python -m facefusion.make_models [DIRECTORY]

The result is the same, byte for byte, with the versions in requirements.txt."""
import importlib.util
import sys
from pathlib import Path

from . import analysis_models

DIRECTORY = Path(__file__).resolve().parents[3] / "runtime-image" / "src" / "test" / "resources" / "stand-ins"


def models():
    found = dict(analysis_models.MODELS)
    if importlib.util.find_spec("facefusion.processing_models"):
        from . import processing_models

        found.update(processing_models.MODELS)
    return found


def main():
    directory = Path(sys.argv[1]) if len(sys.argv) > 1 else DIRECTORY
    directory.mkdir(parents=True, exist_ok=True)
    for name, make in models().items():
        path = directory / f"{name}.onnx"
        path.unlink(missing_ok=True)
        # A name such as scrfd_2.5g has no suffix of its own.
        make(path)
        print(f"{name:20s} {path.stat().st_size:8d} bytes")


if __name__ == "__main__":
    main()
