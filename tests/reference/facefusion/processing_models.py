"""Stand-ins for FaceFusion's swappers, converters, enhancers and maskers.

Their tensors are those of the contracts. What they give depends on every input, channel by channel and place by place, so
that a wrong order, range, crop or embedding shows in the picture."""
import numpy as np
from onnx import TensorProto, numpy_helper

from .graph import Graph

UNIT, SIGNED = (0.0, 1.0), (-1.0, 1.0)
IMAGENET_MEAN, IMAGENET_STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
EMBEDDING = 512


def per_channel(graph, values):
    return graph.constant(np.array(values, np.float32).reshape(1, -1, 1, 1))


def ramps(graph, side):
    """-1 to 1 to the right, [1,1,1,side], and downwards, [1,1,side,1]."""
    ramp = np.linspace(-1, 1, side, dtype=np.float32)
    return graph.constant(ramp.reshape(1, 1, 1, side)), graph.constant(ramp.reshape(1, 1, side, 1))


def tinted(graph, target, colour, side, span):
    """0.7 target, the rest a colour of the source that changes to the right and downwards.

    colour: [1,3] in -1..1; span: the range of target and result"""
    middle, half = (span[0] + span[1]) / 2, (span[1] - span[0]) / 2
    right, down = ramps(graph, side)
    shade = graph.node("Add", graph.node("Mul", right, graph.scalar(0.3)), graph.node("Mul", down, graph.scalar(0.2)))
    colour = graph.node("Reshape", colour, graph.ints(1, 3, 1, 1))
    tint = graph.node("Mul", graph.node("Add", graph.node("Mul", colour, graph.scalar(0.8)), shade), graph.scalar(0.3 * half))
    kept = graph.node("Mul", target, graph.scalar(0.7))
    return graph.node("Add", graph.node("Add", kept, tint), graph.scalar(0.3 * middle), name="output")


def identity_colour(graph, seed, gain):
    """[1,3] in -1..1 from the input source, [1,512], of a length of about 1 / gain."""
    weights = np.random.default_rng(seed).standard_normal((EMBEDDING, 3)) * 2 * gain
    return graph.node("Tanh", graph.node("MatMul", "source", graph.constant(weights.astype(np.float32))))


def identity_swapper(side, span, seed, gain=1.0, imagenet=False, mask=False):
    def make(path):
        graph = Graph()
        target = "target"
        if imagenet:
            target = graph.node("Mul", target, per_channel(graph, IMAGENET_STD))
            target = graph.node("Add", target, per_channel(graph, IMAGENET_MEAN))
        tinted(graph, target, identity_colour(graph, seed, gain), side, span)
        outputs = {"output": [1, 3, side, side]}
        if mask:
            # hyperswap's second output, of which FaceFusion makes no use.
            mean = graph.node("ReduceMean", "target", axes=[1], keepdims=1)
            graph.node("Sigmoid", mean, name="mask")
            outputs["mask"] = [1, 1, side, side]
        graph.save(path, {"source": [1, EMBEDDING], "target": [1, 3, side, side]}, outputs)

    return make


def picture_swapper(side, span, seed, source_side):
    def make(path):
        graph = Graph()
        weights = np.random.default_rng(seed).standard_normal((9, 3)).astype(np.float32) * 2
        colour = graph.node("Tanh", graph.node("MatMul", graph.impression("source", source_side), graph.constant(weights)))
        tinted(graph, "target", colour, side, span)
        inputs = {"source": [1, 3, source_side, source_side], "target": [1, 3, side, side]}
        graph.save(path, inputs, {"output": [1, 3, side, side]})

    return make


def identity_matrix():
    """Not symmetric: row i has its one or minus one in column 7 i + 3."""
    matrix = np.zeros((EMBEDDING, EMBEDDING), np.float32)
    for i in range(EMBEDDING):
        matrix[i, (7 * i + 3) % EMBEDDING] = 1 if i % 3 else -1.5
    return matrix


def inswapper(seed, last):
    def make(path):
        graph = Graph()
        tinted(graph, "target", identity_colour(graph, seed, 1.0), 128, UNIT)
        inputs = {"target": [1, 3, 128, 128], "source": [1, EMBEDDING]}
        graph.save(path, inputs, {"output": [1, 3, 128, 128]}, last=last)

    return make


def converter(seed):
    """Scales the embedding to length one, then mixes each number with its neighbour: not of length one."""

    def make(path):
        graph = Graph()
        rng = np.random.default_rng(seed)
        normalised = graph.node("LpNormalization", "input", axis=1, p=2)
        scaled = graph.node("Mul", normalised, graph.constant(rng.uniform(5, 15, EMBEDDING).astype(np.float32)))
        shifted = graph.node("Gather", normalised, graph.constant(np.roll(np.arange(EMBEDDING), seed)), axis=1)
        graph.node("Add", scaled, graph.node("Mul", shifted, graph.scalar(4)), name="output")
        graph.save(path, {"input": [1, EMBEDDING]}, {"output": [1, EMBEDDING]})

    return make


def enhancer(side, sharpness, gains, weighted=False):
    """input * gain + sharpness (input - mean of 3 x 3) + a slope; the weight, if there is one, is what it sharpens by."""

    def make(path):
        graph = Graph()
        padded = graph.node("Pad", "input", graph.ints(0, 0, 1, 1, 0, 0, 1, 1), mode="edge")
        box = graph.constant(np.full((3, 1, 3, 3), 1 / 9, np.float32))
        detail = graph.node("Sub", "input", graph.node("Conv", padded, box, kernel_shape=[3, 3], group=3))
        strength = graph.scalar(sharpness)
        inputs, types = {"input": [1, 3, side, side]}, {}
        if weighted:
            inputs["weight"], types["weight"] = [1], TensorProto.DOUBLE
            strength = graph.node("Mul", strength, graph.node("Cast", "weight", to=TensorProto.FLOAT))
        sharpened = graph.node("Add", graph.node("Mul", "input", per_channel(graph, gains)), graph.node("Mul", detail, strength))
        right, down = ramps(graph, side)
        slope = graph.node("Sub", graph.node("Mul", right, graph.scalar(0.15)), graph.node("Mul", down, graph.scalar(0.1)))
        graph.node("Add", sharpened, slope, name="output")
        graph.save(path, inputs, {"output": [1, 3, side, side]}, types)

    return make


def occluder(seed):
    """Colour decides, and the place a little; the values leave 0..1."""

    def make(path):
        graph = Graph()
        weights = np.random.default_rng(seed).uniform(1, 3, (3, 1)) * [[1], [-1.5], [1]]
        seen = graph.node("MatMul", "input", graph.constant(weights.astype(np.float32)))
        ramp = np.linspace(-0.6, 0.6, 256, dtype=np.float32).reshape(1, 1, 256, 1)
        graph.node("Add", graph.node("Add", seen, graph.constant(ramp)), graph.scalar(0.4), name="output")
        graph.save(path, {"input": [1, 256, 256, 3]}, {"output": [1, 256, 256, 1]})

    return make


def parser(seed):
    """19 classes by colour and place; the second output is smaller and says nothing."""

    def make(path):
        graph = Graph()
        rng = np.random.default_rng(seed)
        weights = rng.normal(0, 0.4, (19, 3, 1, 1)).astype(np.float32)
        right, down = ramps(graph, 512)
        classes = graph.node("Conv", "input", graph.constant(weights), graph.constant(rng.normal(0, 0.3, 19).astype(np.float32)))
        across = graph.node("Mul", right, per_channel(graph, rng.normal(0, 2, 19)))
        along = graph.node("Mul", down, per_channel(graph, rng.normal(0, 2, 19)))
        graph.node("Add", graph.node("Add", classes, across), along, name="output")
        graph.node("AveragePool", "input", kernel_shape=[64, 64], strides=[64, 64], name="coarse")
        graph.save(path, {"input": [1, 3, 512, 512]}, {"output": [1, 19, 512, 512], "coarse": [1, 3, 8, 8]})

    return make


MODELS = {
    "inswapper_128": inswapper(1, [numpy_helper.from_array(identity_matrix(), "buff2fs")]),
    "inswapper_128_fp16": inswapper(
        2,
        [
            numpy_helper.from_array(identity_matrix().astype(np.float16), "buff2fs"),
            # Some files have another constant after it.
            numpy_helper.from_array(np.ones((32, 32), np.float16), "last"),
        ],
    ),
    "hyperswap_1a_256": identity_swapper(256, SIGNED, 11, mask=True),
    "hyperswap_1b_256": identity_swapper(256, SIGNED, 12, mask=True),
    "hyperswap_1c_256": identity_swapper(256, SIGNED, 13, mask=True),
    "ghost_1_256": identity_swapper(256, SIGNED, 21, gain=0.07),
    "ghost_2_256": identity_swapper(256, SIGNED, 22, gain=0.07),
    "ghost_3_256": identity_swapper(256, SIGNED, 23, gain=0.07),
    "simswap_256": identity_swapper(256, UNIT, 31, imagenet=True),
    "simswap_unofficial_512": identity_swapper(512, UNIT, 32),
    "hififace_unofficial_256": identity_swapper(256, SIGNED, 41),
    "blendswap_256": picture_swapper(256, UNIT, 51, 112),
    "uniface_256": picture_swapper(256, SIGNED, 61, 256),
    "crossface_ghost": converter(1),
    "crossface_simswap": converter(2),
    "crossface_hififace": converter(3),
    "gfpgan_1.2": enhancer(512, 0.25, (0.9, 0.95, 1.05)),
    "gfpgan_1.3": enhancer(512, 0.5, (1.05, 0.9, 0.95)),
    "gfpgan_1.4": enhancer(512, 0.75, (0.95, 1.05, 0.9)),
    "codeformer": enhancer(512, 1.5, (1.1, 0.9, 0.85), weighted=True),
    "restoreformer_plus_plus": enhancer(512, 0.6, (0.85, 1.1, 0.9)),
    "gpen_bfr_256": enhancer(256, 0.4, (0.9, 0.85, 1.1)),
    "gpen_bfr_512": enhancer(512, 0.4, (0.8, 0.9, 1.1)),
    "gpen_bfr_1024": enhancer(1024, 0.3, (1.1, 0.8, 0.9)),
    "gpen_bfr_2048": enhancer(2048, 0.2, (0.9, 1.1, 0.8)),
    "xseg_1": occluder(71),
    "xseg_2": occluder(72),
    "xseg_3": occluder(73),
    "bisenet_resnet_18": parser(81),
    "bisenet_resnet_34": parser(82),
}
