"""Train the English pipeline that ships with appeal-lint.

    python training/train_pipeline.py TREEBANK [--output DIR] [--work DIR]

TREEBANK is a checkout of UD_English-EWT: a folder that holds
en_ewt-ud-train.conllu, -dev and -test (each may be compressed with xz).
"""

from __future__ import annotations

import argparse
import json
import lzma
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.cli.convert import convert
from spacy.cli.evaluate import evaluate
from spacy.cli.train import train

HERE = Path(__file__).resolve().parent
OUTPUT = HERE.parent / "src" / "appeal_lint" / "pipeline" / "en_appeal"
SPLITS = ("train", "dev", "test")
SENTENCES_PER_DOC = 10
SCORES = ("tag_acc", "pos_acc", "morph_acc", "lemma_acc", "dep_uas", "dep_las", "sents_f")


def treebank_lines(folder: Path, split: str) -> Iterator[str]:
    """Lines of one split without the empty nodes (ids such as 8.1) that spaCy cannot hold."""
    plain = folder / f"en_ewt-ud-{split}.conllu"
    packed = plain.with_name(plain.name + ".xz")
    if plain.exists():
        text = plain.read_text(encoding="utf-8")
    elif packed.exists():
        text = lzma.decompress(packed.read_bytes()).decode("utf-8")
    else:
        raise SystemExit(f"{plain}: not found (nor {packed.name}); is this UD_English-EWT?")
    for line in text.splitlines():
        if "." not in line.split("\t", 1)[0] or line.startswith("#"):
            yield line


def prepare(treebank: Path, work: Path) -> None:
    """Write train.spacy, dev.spacy and test.spacy into `work`."""
    for split in SPLITS:
        source = work / f"{split}.conllu"
        source.write_text("\n".join(treebank_lines(treebank, split)) + "\n", encoding="utf-8")
        convert(
            source,
            work,
            file_type="spacy",
            n_sents=SENTENCES_PER_DOC,
            merge_subtokens=True,
            converter="conllu",
            silent=True,
        )


def measure(model: Path, work: Path) -> dict[str, dict[str, float]]:
    """Scores of `model` on dev and test, as percentages."""
    figures = {}
    for split in ("dev", "test"):
        scores = evaluate(str(model), work / f"{split}.spacy", silent=True)
        figures[split] = {name: round(100 * scores[name], 1) for name in SCORES}
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("treebank", type=Path)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    parser.add_argument("--work", type=Path, help="keep converted data and checkpoints here")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        work = arguments.work or Path(scratch)
        work.mkdir(parents=True, exist_ok=True)
        prepare(arguments.treebank, work)
        train(
            HERE / "pipeline.cfg",
            work / "model",
            overrides={
                "paths.train": str(work / "train.spacy"),
                "paths.dev": str(work / "dev.spacy"),
            },
        )
        nlp = spacy.load(work / "model" / "model-best")
        nlp.meta.update(
            name="appeal",
            version="1.0.0",
            description="Tagger, morphologizer, lemmatizer and parser for appeal-lint",
            license="CC BY-SA 4.0",
            sources=[{"name": "UD_English-EWT", "license": "CC BY-SA 4.0"}],
        )
        # Paths of the machine that trained the model do not belong into the package.
        nlp.config["paths"] = dict.fromkeys(nlp.config["paths"])
        shutil.rmtree(arguments.output, ignore_errors=True)
        nlp.to_disk(arguments.output)
        figures = measure(arguments.output, work)
    report = json.dumps(figures, indent=2) + "\n"
    (HERE / "pipeline_scores.json").write_text(report, encoding="utf-8")
    print(report)


if __name__ == "__main__":
    main()
