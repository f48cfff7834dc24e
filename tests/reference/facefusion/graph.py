"""Writes small ONNX graphs: models with FaceFusion's tensors and arithmetic that a person can follow."""
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 13
IR_VERSION = 8


class Graph:
    """A graph in the making; every method that adds a node returns the name of its output."""

    def __init__(self):
        self.nodes, self.initialisers = [], []

    def constant(self, array, name=None):
        name = name or f"constant_{len(self.initialisers)}"
        self.initialisers.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def floats(self, *values):
        return self.constant(np.array(values, np.float32))

    def scalar(self, value):
        return self.constant(np.float32(value))

    def ints(self, *values):
        return self.constant(np.array(values, np.int64))

    def node(self, operator, *inputs, name=None, **attributes):
        name = name or f"{operator.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [name], name=f"{operator}_{len(self.nodes)}", **attributes))
        return name

    def scattered(self, shape, indices, values):
        """Zeros but for some rows: a large output from few numbers."""
        zeros = self.node("ConstantOfShape", self.ints(*shape), value=numpy_helper.from_array(np.zeros(1, np.float32)))
        return self.node("ScatterND", zeros, self.constant(np.asarray(indices, np.int64)), values)

    def impression(self, tensor, side, channels_last=False):
        """What a picture looks like in nine numbers, [1,9]: per channel the mean, and the means weighted by a ramp from
        -1 to 1 to the right and downwards. A wrong channel order, scale, crop or turn changes it.

        tensor: [1,3,side,side], or [1,side,side,3]"""
        if channels_last:
            tensor = self.node("Transpose", tensor, perm=[0, 3, 1, 2])
        ramp = np.linspace(-1, 1, side, dtype=np.float32)
        mean = self.node("ReduceMean", tensor, axes=[2, 3], keepdims=0)
        rows = self.node("ReduceMean", tensor, axes=[3], keepdims=0)
        columns = self.node("ReduceMean", tensor, axes=[2], keepdims=0)
        right = self.node("MatMul", columns, self.constant(ramp / side))
        down = self.node("MatMul", rows, self.constant(ramp / side))
        return self.node("Concat", mean, right, down, axis=1)

    def save(self, path, inputs, outputs, types=None, last=()):
        """inputs, outputs: {name: shape}; types: {name: TensorProto type} where not float; last: initialisers to come last."""
        types = types or {}

        def infos(tensors):
            return [helper.make_tensor_value_info(n, types.get(n, TensorProto.FLOAT), s) for n, s in tensors.items()]

        graph = helper.make_graph(self.nodes, path.stem, infos(inputs), infos(outputs), self.initialisers + list(last))
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="stand-in", ir_version=IR_VERSION)
        helper.set_model_props(model, {"license": "CC0-1.0", "note": "deterministic stand-in, nothing learned"})
        onnx.checker.check_model(model, full_check=True)
        path.write_bytes(model.SerializeToString(deterministic=True))
