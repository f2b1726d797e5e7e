"""The language pipeline: loaded on first use, with the components that are needed only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from appeal_lint.errors import EngineError
from appeal_lint.letter import Letter

BUILT_IN = Path(__file__).resolve().parent / "pipeline" / "en_appeal"


class Pipeline:
    """A spaCy pipeline; sentences are parsed one Doc each, so borders stay as they were read."""

    def __init__(self, name: str | None = None) -> None:
        self._name = name
        self._nlp: Any = None
        self._lock = Lock()
        self._last: tuple[Letter, dict[int, Any]] | None = None

    @property
    def nlp(self) -> Any:
        """The loaded pipeline; raises EngineError when there is none of that name."""
        with self._lock:
            if self._nlp is None:
                self._nlp = _load(self._name)
        return self._nlp

    @property
    def vocab(self) -> Any:
        """The vocabulary that matchers must share."""
        return self.nlp.vocab

    def docs(self, letter: Letter) -> Mapping[int, Any]:
        """Parsed sentences by index; headings and names are parsed too."""
        if self._last is not None and self._last[0] is letter:
            return self._last[1]
        sentences = [sentence for sentence in letter.sentences if sentence.text]
        docs = self.parse([sentence.text for sentence in sentences])
        table = {sentence.index: doc for sentence, doc in zip(sentences, docs)}
        self._last = (letter, table)
        return table

    def parse(self, texts: Sequence[str]) -> list[Any]:
        """One Doc per text; in each, only the first token starts a sentence."""
        nlp = self.nlp
        docs = []
        for text in texts:
            doc = nlp.make_doc(text)
            for token in doc:
                token.is_sent_start = token.i == 0
            docs.append(doc)
        return list(nlp.pipe(docs, batch_size=256))


def _load(name: str | None) -> Any:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # A newer spaCy patch release warns about each load.
        import spacy

        try:
            return spacy.load(name or BUILT_IN)
        except OSError:
            pass
    if name is None:
        raise EngineError(f"the language pipeline is missing at {BUILT_IN}", hint="reinstall")
    raise EngineError(
        f"engines.model: no pipeline {name!r} is installed",
        hint=f"install it (python -m spacy download {name}) or remove the setting",
    )
