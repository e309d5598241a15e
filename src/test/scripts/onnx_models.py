#!/usr/bin/env python3
"""Makes the ONNX models of the tests: python3 onnx_models.py src/test/resources/onnx

Needs scikit-learn 1.9, skl2onnx 1.20 and onnx 1.23 from PyPI. The rows are normal with four columns; forest.csv has rows and
the scores that scikit-learn gives them.
"""
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper
from skl2onnx import to_onnx
from sklearn.ensemble import IsolationForest
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import LocalOutlierFactor

OPSET = {"": 18, "ai.onnx.ml": 3}
out = Path(sys.argv[1])
random = np.random.RandomState(1)
rows = np.abs(random.randn(400, 4)).astype(np.float32)

# an ordinary one: a low score is stranger, and there is a label beside it
forest = IsolationForest(n_estimators=8, max_samples=64, random_state=1).fit(rows)
(out / "forest.onnx").write_bytes(to_onnx(forest, rows[:1], target_opset=OPSET).SerializeToString())
probes = (random.randn(40, 4) * 2).astype(np.float32)
with open(out / "forest.csv", "w") as csv:
    for row, score in zip(probes, forest.decision_function(probes)):
        csv.write(",".join(repr(float(v)) for v in [*row, score]) + "\n")

# a classifier: probabilities of two classes
classes = LogisticRegression().fit(rows, rows[:, 0] > 1.5)
model = to_onnx(classes, rows[:1], target_opset=OPSET, options={"zipmap": False})
(out / "classifier.onnx").write_bytes(model.SerializeToString())

# the same with maps instead of a tensor
model = to_onnx(classes, rows[:1], target_opset=OPSET)
(out / "maps.onnx").write_bytes(model.SerializeToString())

# loops over its rows
factor = LocalOutlierFactor(n_neighbors=3, novelty=True).fit(rows[:8])
(out / "loop.onnx").write_bytes(to_onnx(factor, rows[:1], target_opset=OPSET).SerializeToString())


def graph(name, nodes, shape, tensors=()):
    inputs = [helper.make_tensor_value_info("x", TensorProto.FLOAT, [None, 4])]
    outputs = [helper.make_tensor_value_info("y", TensorProto.FLOAT, shape)]
    made = helper.make_graph(nodes, name, inputs, outputs, list(tensors))
    return helper.make_model(made, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)


# no number for a row whose sum is below 0
nodes = [
    helper.make_node("ReduceSum", ["x", "axes"], ["sum"], keepdims=0),
    helper.make_node("Log", ["sum"], ["y"]),
]
axes = helper.make_tensor("axes", TensorProto.INT64, [1], [1])
(out / "logarithm.onnx").write_bytes(graph("logarithm", nodes, [None], [axes]).SerializeToString())

# makes a tensor of any size
tile = helper.make_node("Tile", ["x", "times"], ["y"])
times = helper.make_tensor("times", TensorProto.INT64, [2], [1, 1 << 40])
(out / "tile.onnx").write_bytes(graph("tile", [tile], [None, None], [times]).SerializeToString())

# keeps its numbers in another file of the host
weights = TensorProto(name="w", data_type=TensorProto.FLOAT, dims=[4, 1])
weights.data_location = TensorProto.EXTERNAL
weights.external_data.add(key="location", value="../../etc/passwd")
product = helper.make_node("MatMul", ["x", "w"], ["y"])
(out / "external.onnx").write_bytes(graph("external", [product], [None, 1], [weights]).SerializeToString())
