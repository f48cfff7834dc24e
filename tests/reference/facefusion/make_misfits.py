#!/usr/bin/env python3
"""Writes models that ONNX Runtime opens and no engine can use: what goes in is no tensor of numbers,
or is larger than memory. usage: python -m facefusion.make_misfits"""
from onnx import TensorProto, helper, save

from .graph import IR_VERSION, OPSET
from .make_models import DIRECTORY

HUGE = 2**40


def write(name, operator, given, result):
    node = helper.make_node(operator, ["input"], ["output"])
    graph = helper.make_graph([node], name, [given], [result])
    opset = helper.make_opsetid("", OPSET)
    model = helper.make_model(graph, opset_imports=[opset], producer_name="misfit", ir_version=IR_VERSION)
    directory = DIRECTORY.with_name("misfits")
    directory.mkdir(exist_ok=True)
    save(model, directory / f"{name}.onnx")


def tensor(name, kind, *shape):
    return helper.make_tensor_value_info(name, kind, shape)


def main():
    text = TensorProto.STRING
    write("words", "Identity", tensor("input", text, 1), tensor("output", text, 1))
    number = TensorProto.FLOAT
    sequence = helper.make_tensor_sequence_value_info("output", number, [1])
    write("sequence", "SequenceConstruct", tensor("input", number, 1), sequence)
    write("huge", "Identity", tensor("input", number, HUGE, HUGE), tensor("output", number, HUGE, HUGE))


if __name__ == "__main__":
    main()
