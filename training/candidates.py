"""Compare ways to judge sentences: trained on train, measured on dev.

    python training/candidates.py

Prints a Markdown table: mean over the labels of average precision and of the best F1, size, and
milliseconds per letter. The encoder that ships is measured as it ships.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any

import numpy as np
import spacy
import torch
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, precision_recall_curve
from spacy.training import Example
from tokenizers import Tokenizer
from transformers import BertModel

from appeal_lint.evaluation.drafts import LABELS, load_drafts
from appeal_lint.judgement.model import FOLDER, Judge
from bases import MINILM
from reading import ROOT, Letter, Reader

Texts = list[tuple[str, str, str]]
"""A sentence, the one before and the one after."""
Scorer = Callable[[Texts], Any]
Candidate = Callable[[Texts, Any], tuple[Scorer, float]]
"""Learns from texts and labels; gives what scores other texts, and its size in MB."""


def texts_of(letters: Sequence[Letter]) -> Texts:
    """The sentences of letters with their neighbours."""
    found: Texts = []
    for letter in letters:
        lines = [sentence.line.text for sentence in letter.sentences]
        found += list(zip(lines, ["", *lines[:-1]], [*lines[1:], ""]))
    return found


def labels_of(letters: Sequence[Letter]) -> Any:
    """Labels of the sentences, one column each; a doubted one counts as not given."""
    return np.array([[x == 1 for x in s.labels] for letter in letters for s in letter.sentences])


def linear(rows_of: Callable[[Texts], Any], texts: Texts, y: Any) -> Scorer:
    """One logistic regression per label on the rows of texts."""
    x = rows_of(texts)
    models = [
        LogisticRegression(C=2.0, class_weight="balanced", max_iter=400).fit(x, y[:, column])
        for column in range(y.shape[1])
    ]

    def score(unseen: Texts) -> Any:
        z = rows_of(unseen)
        return np.stack([model.decision_function(z) for model in models], axis=1)

    return score


def grams(learn: Texts, y: Any) -> tuple[Scorer, float]:
    """Word and letter n-grams of the sentence, words of its neighbours."""
    makers = [
        (0, TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)),
        (0, TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), min_df=2, sublinear_tf=True)),
        (1, TfidfVectorizer(min_df=2, sublinear_tf=True)),
        (2, TfidfVectorizer(min_df=2, sublinear_tf=True)),
    ]
    for at, maker in makers:
        maker.fit([text[at] for text in learn])

    def rows_of(texts: Texts) -> Any:
        return hstack([maker.transform([t[at] for t in texts]) for at, maker in makers]).tocsr()

    return linear(rows_of, learn, y), rows_of(learn[:1]).shape[1] * len(LABELS) / 1e6


def text_categoriser(architecture: dict[str, Any]) -> Candidate:
    """A spaCy text categoriser of the sentence alone."""

    def run(learn: Texts, y: Any) -> tuple[Scorer, float]:
        spacy.util.fix_random_seed(1)
        nlp = spacy.blank("en")
        pipe = nlp.add_pipe("textcat_multilabel", config={"model": architecture})
        for label in LABELS:
            pipe.add_label(label)
        examples = [
            Example.from_dict(nlp.make_doc(text), {"cats": dict(zip(LABELS, map(float, row)))})
            for (text, _, _), row in zip(learn, y)
        ]
        optimizer = nlp.initialize(lambda: examples)
        for _ in range(8):
            for batch in spacy.util.minibatch(examples, 64):
                nlp.update(batch, sgd=optimizer)

        def score(unseen: Texts) -> Any:
            cats = [doc.cats for doc in nlp.pipe(text for text, _, _ in unseen)]
            return np.array([[c[name] for name in LABELS] for c in cats])

        return score, len(nlp.to_bytes()) / 1e6

    return run


def vectors(*, static: bool) -> Candidate:
    """MiniLM's vectors of a sentence and its neighbours: of its word pieces alone, or encoded."""

    def run(learn: Texts, y: Any) -> tuple[Scorer, float]:
        tokenizer = Tokenizer.from_file(str(MINILM / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.enable_truncation(128)
        bert = BertModel.from_pretrained(MINILM, add_pooling_layer=False).eval()
        known: dict[str, Any] = {"": np.zeros(384)}

        def vector(text: str) -> Any:
            if text not in known:
                ids = torch.tensor([tokenizer.encode(text).ids])
                with torch.no_grad():
                    table = bert.embeddings.word_embeddings
                    hidden = table(ids) if static else bert(input_ids=ids).last_hidden_state
                mean = hidden[0].mean(0).numpy()
                known[text] = mean / np.linalg.norm(mean)
            return known[text]

        def rows_of(texts: Texts) -> Any:
            return np.array([np.concatenate([vector(t) for t in each]) for each in texts])

        return linear(rows_of, learn, y), 11.7 if static else 22.7

    return run


CANDIDATES: dict[str, Candidate] = {
    "linear, word and letter n-grams": grams,
    "spaCy textcat, bag of words": text_categoriser(
        {"@architectures": "spacy.TextCatBOW.v3", "exclusive_classes": False, "ngram_size": 2,
         "no_output_layer": False, "length": 65536}
    ),
    "spaCy textcat, CNN": text_categoriser(
        {"@architectures": "spacy.TextCatCNN.v2", "exclusive_classes": False,
         "tok2vec": {"@architectures": "spacy.HashEmbedCNN.v2", "pretrained_vectors": None,
                     "width": 96, "depth": 4, "embed_size": 2000, "window_size": 1,
                     "maxout_pieces": 3, "subword_features": True}}
    ),
    "linear, static vectors of MiniLM": vectors(static=True),
    "linear, sentence vectors of MiniLM": vectors(static=False),
}  # fmt: skip


def row(name: str, scores: Any, truth: Any, size: float, seconds: float, letters: int) -> str:
    """A row of the table."""
    precise, best = [], []
    for column in range(len(LABELS)):
        precision, recall, _ = precision_recall_curve(truth[:, column], scores[:, column])
        best.append((2 * precision * recall / np.maximum(precision + recall, 1e-9)).max())
        precise.append(average_precision_score(truth[:, column], scores[:, column]))
    return (
        f"| {name} | {np.mean(precise):.3f} | {np.mean(best):.3f} | {size:.1f} "
        f"| {1000 * seconds / letters:.0f} |"
    )


def main() -> None:
    """Print the table."""
    reader = Reader()
    drafts = load_drafts(ROOT / "corpus/drafts/dev.jsonl")
    learn = [reader.letter(d) for d in load_drafts(ROOT / "corpus/drafts/train.jsonl")]
    dev = [reader.letter(draft) for draft in drafts]
    truth = labels_of(dev)
    print("| candidate | average precision | best F1 | MB | ms a letter |")
    print("| --- | --- | --- | --- | --- |")
    for name, candidate in CANDIDATES.items():
        score, size = candidate(texts_of(learn), labels_of(learn))
        started = perf_counter()
        scores = score(texts_of(dev))
        print(row(name, scores, truth, size, perf_counter() - started, len(dev)), flush=True)
    judge = Judge()
    size = sum(file.stat().st_size for file in FOLDER.iterdir()) / 1e6
    started = perf_counter()
    read = [judge.judge(reader.document(draft)) for draft in drafts]
    seconds = perf_counter() - started
    scores = np.array(
        [
            [judgement.labels[name] for name in LABELS]
            for each in read
            for judgement in each.sentences
        ]
    )
    print(row("three encoders, whole letter (ship)", scores, truth, size, seconds, len(dev)))


if __name__ == "__main__":
    main()
