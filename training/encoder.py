"""The network that judges sentences: a small text encoder with four heads.

An encoder trained on much English text reads a window of a letter or a notice; a sentence is the
mean of its word pieces beside its end mark. The heads tell of a sentence its labels, its part and
which parts it does the work of; a mark per word piece; and the type of case of the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import nn
from transformers import BertModel

from appeal_lint.judgement.windows import Window
from bases import Base

DROPOUT = 0.2


class Encoder(nn.Module):
    """The network; `kept` are the rows of the vocabulary that are kept, in their new order.

    `sentences` is how many scores a sentence gets.

    The head for word pieces marks errors in the network for English, and the documents asked for
    in the one that reads letters and notices.
    """

    def __init__(self, base: Base, kept: Sequence[int], sentences: int, cases: int) -> None:
        super().__init__()
        config = base.config
        config.attention_probs_dropout_prob = 0.0  # Fused attention: twice as fast.
        self.bert = BertModel(config, add_pooling_layer=False)
        self.bert.load_state_dict(dict(base.weights), strict=False)
        table = self.bert.embeddings.word_embeddings
        self.bert.embeddings.word_embeddings = nn.Embedding.from_pretrained(
            table.weight[torch.tensor(list(kept))].clone(), padding_idx=None
        )
        self.learn_words(False)  # Too few letters to teach single words anything.
        width = config.hidden_size
        self.dropout = nn.Dropout(DROPOUT)
        self.sentence = nn.Linear(2 * width, sentences)
        self.piece = nn.Linear(width, 1)
        self.case = nn.Linear(width, cases)

    def learn_words(self, learn: bool) -> None:
        """Whether the table of word pieces changes in training."""
        for parameter in self.bert.embeddings.parameters():
            parameter.requires_grad_(learn)

    def heads(self) -> list[Any]:
        """The parameters that start from nothing."""
        return [p for head in (self.sentence, self.piece, self.case) for p in head.parameters()]

    def states(self, ids: Any, mask: Any = None) -> Any:
        """Hidden states of word pieces, one row per window."""
        return self.bert(input_ids=ids, attention_mask=mask).last_hidden_state

    def forward(self, ids: Any, mean: Any, last: Any) -> tuple[Any, Any, Any]:
        """Scores of one window's sentences, of its pieces, and of the types of case.

        `mean` has a row per sentence that averages its pieces, `last` a row that takes its end.
        """
        hidden = self.states(ids)[0]
        sentences = torch.cat([mean @ hidden, last @ hidden], dim=1)
        return (
            self.sentence(self.dropout(sentences)),
            self.piece(hidden).squeeze(-1),
            self.case(hidden.mean(0, keepdim=True)),
        )

    def batch(self, windows: Sequence[Window]) -> tuple[Any, Any, Any]:
        """Scores of the sentences of several windows, of their pieces, and a row per window."""
        longest = max(len(window.ids) for window in windows)
        ids = torch.zeros(len(windows), longest, dtype=torch.long)
        mask = torch.zeros(len(windows), longest, dtype=torch.long)
        for row, window in enumerate(windows):
            ids[row, : len(window.ids)] = torch.tensor(window.ids)
            mask[row, : len(window.ids)] = 1
        hidden = self.states(ids, mask)
        sentences, pieces, whole = [], [], []
        for row, window in enumerate(windows):
            whole.append(hidden[row, : len(window.ids)].mean(0))
            for start, end in window.spans:
                own = hidden[row, start:end]
                sentences.append(torch.cat([own.mean(0), own[-1]]))
                pieces.append(own)
        return (
            self.sentence(self.dropout(torch.stack(sentences))),
            self.piece(torch.cat(pieces)).squeeze(-1),
            self.case(self.dropout(torch.stack(whole))),
        )

    def read(self, window: Window) -> tuple[Any, Any, Any]:
        """What `forward` tells of one window, as numbers, when nothing is learned."""
        self.eval()
        with torch.no_grad():
            hidden = self.states(torch.tensor([window.ids]))[0]
            own = [torch.cat([hidden[s:e].mean(0), hidden[e - 1]]) for s, e in window.spans]
            sentences = self.sentence(torch.stack(own))
            pieces, case = self.piece(hidden).squeeze(-1), self.case(hidden.mean(0))
        return sentences.numpy(), pieces.numpy(), case.numpy()
