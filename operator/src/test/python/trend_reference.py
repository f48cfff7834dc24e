"""Writes src/test/resources/trend/reference.csv: what SciPy and the textbook say of some series.

Run in the module's folder:  pip install scipy && python src/test/python/trend_reference.py

The Theil-Sen slope is scipy.stats.theilslopes'. The Mann-Kendall S and its variance are computed here
from Kendall's formulas with fractions; S is checked against scipy.stats.kendalltau (tau-b), and z against
a permutation of the series.
"""

from collections import Counter
from fractions import Fraction
from math import isclose, sqrt
from pathlib import Path

import numpy
from scipy import stats

OUTPUT = Path("src/test/resources/trend/reference.csv")


def mann_kendall(values):
    n = len(values)
    s = sum((b > a) - (b < a) for i, a in enumerate(values) for b in values[i + 1 :])
    ties = sum(t * (t - 1) * (2 * t + 5) for t in Counter(values).values())
    variance = Fraction(n * (n - 1) * (2 * n + 5) - ties, 18)
    z = 0.0 if s == 0 else (s - (1 if s > 0 else -1)) / sqrt(variance)
    return s, variance, z


def check(values, s, variance):
    n = len(values)
    pairs = n * (n - 1) / 2
    tied = sum(t * (t - 1) / 2 for t in Counter(values).values())
    if tied < pairs:
        tau = stats.kendalltau(range(n), values).statistic
        assert isclose(s, tau * sqrt(pairs * (pairs - tied)), abs_tol=1e-6), (s, tau)
    generator = numpy.random.default_rng(5)
    shuffled = [mann_kendall(generator.permutation(values).tolist())[0] for _ in range(1000)]
    assert abs(numpy.var(shuffled) / float(variance or 1) - 1) < 0.2 or variance == 0


def series():
    generator = numpy.random.default_rng(20260601)
    yield "rising", list(range(10))
    yield "falling", list(range(12, 0, -1))
    yield "level", [7] * 8
    yield "step", [100] * 9 + [200] * 9
    yield "stairs", [1000 + i // 12 for i in range(60)]
    yield "outliers", [i + (500 if i % 5 == 0 else 0) for i in range(30)]
    yield "even count", [3, 1, 4, 1, 5, 9, 2, 6]
    for sigma in (1, 5, 20):
        noise = generator.normal(0, sigma, 60)
        yield f"leak of 5 MiB/h, sd {sigma}", [int(v) for v in numpy.rint(9000 + numpy.arange(60) / 12 + noise)]
        yield f"noise, sd {sigma}", [int(v) for v in numpy.rint(9000 + noise)]


def main():
    rows = ["name;values;s;variance;z;slope"]
    for name, values in series():
        s, variance, z = mann_kendall(values)
        check(values, s, variance)
        slope = stats.theilslopes(values, range(len(values))).slope
        rows.append(f"{name};{' '.join(map(str, values))};{s};{float(variance)!r};{z!r};{float(slope)!r}")
    OUTPUT.write_text("\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
