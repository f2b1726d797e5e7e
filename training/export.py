"""Write the trained network as the files that ship: an ONNX graph with 8-bit weights.

Weights are kept as 8-bit integers with a scale per row and become floating-point numbers when the
model is loaded, so that every machine computes with the same weights.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper

from appeal_lint.evaluation.drafts import LABELS
from appeal_lint.letter.parts import STATES
from appeal_lint.rules.schema import PARTS
from reading import CASES

_LEAST = 4096
"""Numbers of a weight from which on it is worth 8 bits."""


def export(network: Any, target: Path) -> None:
    """Write a network as an ONNX file."""
    network.eval()
    ids = torch.randint(5, 100, (1, 24))
    mean = torch.zeros(3, 24)
    last = torch.zeros(3, 24)
    length, count = torch.export.Dim("length", max=512), torch.export.Dim("sentences", max=512)
    torch.onnx.export(
        network,
        (ids, mean, last),
        str(target),
        input_names=["ids", "mean", "last"],
        output_names=["sentences", "pieces", "case"],
        dynamic_shapes=({1: length}, {0: count, 1: length}, {0: count, 1: length}),
        opset_version=18,
        dynamo=True,
        external_data=False,
    )
    model = onnx.load(target)
    narrow(model)
    onnx.save(model, target)


def write_facts(tokenizer: Any, folder: Path, calibration: Mapping[str, Sequence[float]]) -> None:
    """Write tokenizer.json and judgement.json into a folder.

    `calibration` has a slope and a shift per label; without them a score is taken as it is.
    """
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    given = {name: [round(v, 5) for v in calibration.get(name, (1.0, 0.0))] for name in LABELS}
    written = {
        "labels": LABELS,
        "parts": PARTS,
        "states": STATES,
        "cases": CASES,
        "calibration": given,
    }
    (folder / "judgement.json").write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


def narrow(model: Any) -> None:
    """Replace the large weights of a graph by 8-bit ones that are widened on loading."""
    graph = model.graph
    for weight in list(graph.initializer):
        values = numpy_helper.to_array(weight)
        if values.dtype != np.float32 or values.size < _LEAST or values.ndim != 2:
            continue
        axis = 0 if values.shape[0] > values.shape[1] * 8 else 1
        scale = np.abs(values).max(axis=1 - axis) / 127
        scale[scale == 0] = 1.0
        shape = [-1, 1] if axis == 0 else [1, -1]
        whole = np.round(values / scale.reshape(shape)).astype(np.int8)
        name = weight.name
        graph.initializer.remove(weight)
        graph.initializer.extend(
            [
                numpy_helper.from_array(whole, f"{name}.whole"),
                numpy_helper.from_array(scale.astype(np.float32), f"{name}.scale"),
            ]
        )
        node = helper.make_node(
            "DequantizeLinear", [f"{name}.whole", f"{name}.scale"], [name], axis=axis
        )
        graph.node.insert(0, node)
    onnx.checker.check_model(model)
