#!/usr/bin/env python3
"""Times the Java engine and the reference in alternation, one thread each, and prints both as a Markdown table.

    ./mvnw -pl runtime-image -am package -DskipTests
    python3 tests/reference/compare.py [--turns 5] [--rounds 20]
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
RUNTIME = HERE.parents[1] / "runtime-image"
PHOTOS = RUNTIME / "models" / "photos"
STAGES = ["detect", "mesh", "warp", "mask", "colour", "blend", "total"]


def run(command):
    environment = dict(os.environ, EXECUTION_THREADS="1", MODEL_DIR=str(RUNTIME / "models"))
    return subprocess.run(
        command, env=environment, check=True, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ).stdout


def java(source, target, rounds):
    jar = next((RUNTIME / "target").glob("runtime-image-*.jar"))
    home = os.environ.get("JAVA_HOME")
    out = run([
        f"{home}/bin/java" if home else "java", "--enable-native-access=ALL-UNNAMED",
        "-cp", f"{jar}:{RUNTIME}/target/lib/*", "dev.facefusion.runtime.cli.RuntimeMain",
        "bench", "--source", source, "--target", target, "--rounds", str(rounds),
    ])
    lines = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    return {line["stage"]: line["median_ms"] for line in lines}


def python(source, target, rounds):
    out = run([sys.executable, HERE / "swap.py", "--source", source, "--target", target, "--bench", str(rounds)])
    words = out.split()
    return {name: float(ms) for name, ms in zip(words[0:-1:2], words[1:-1:2])}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=20)
    args = parser.parse_args()
    photos = [str(PHOTOS / "grace_hopper.jpg"), str(PHOTOS / "astronaut.png")]
    print("| target | engine | " + " | ".join(STAGES) + " |")
    print("|---" * (len(STAGES) + 2) + "|")
    for source, target in (photos, photos[::-1]):
        samples = {java: [], python: []}
        for _ in range(args.turns):
            for engine, seen in samples.items():
                seen.append(engine(source, target, args.rounds))
        for engine, seen in samples.items():
            medians = [f"{statistics.median(s[stage] for s in seen):.1f}" for stage in STAGES]
            print(f"| `{Path(target).name}` | {engine.__name__} | " + " | ".join(medians) + " |")


if __name__ == "__main__":
    main()
