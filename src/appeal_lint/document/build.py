"""Group lines into the blocks of a letter."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from appeal_lint.document.clean import clean
from appeal_lint.document.directives import directives, masked
from appeal_lint.document.lines import Line, lines
from appeal_lint.document.sentences import borders
from appeal_lint.document.types import (
    NOT_THE_SELLERS_WORDS,
    Block,
    BlockKind,
    CleanText,
    Document,
    Sentence,
)
from appeal_lint.model import Span

HeadingTest = Callable[[str], bool]

_SALUTATION = re.compile(
    r"(?:dear|hello|hi|hey|greetings|respected|to whom it may concern|hallo|good "
    r"(?:morning|day|afternoon|evening)|(?:to\s*:?\s+)?(?:the )?[\w'& ]{0,40}\bteam)\b[^.?]*$",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"(?:subject|re|subj|object|betreff|asunto|objet|oggetto|konu|主题)\s*[:：]\s*\S",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(
    r"(?:yours(?: (?:faithfully|sincerely|truly|respectfully))?|(?:with )?(?:kind(?:est)?|best|warm"
    r"(?:est)?|my)? ?(?:and respectful )?regards|(?:very )?sincerely(?: yours)?|respectfully"
    r"(?: yours| submitted)?|faithfully(?: yours)?|best(?: wishes)?|cheers|with respect|cordially"
    r"|(?:many |with )?thanks(?: (?:and|for|in|a lot|again|so much)\b.{0,40})?"
    r"|thank you(?: (?:and|for|in|very|again|so)\b.{0,45})?|signed)\s*[,.!:;—–-]*$",
    re.IGNORECASE,
)
_ATTACHMENT_HEAD = re.compile(
    r"(?:list of )?(?:attach(?:ed|ments?)|enclos(?:ed|ures?)|annex(?:es)?|appendix|supporting "
    r"(?:documents?|evidence|files)|documents? (?:attached|enclosed)|evidence|附件|证据)"
    r"(?: (?:files|documents|list|attached|enclosed|documents attached))?\s*[:：]?$",
    re.IGNORECASE,
)
_ATTACHMENT_LINE = re.compile(
    r"(?:attachment|enclosure|annex|appendix|exhibit|encl\.?|att\.?)\s*"
    r"(?:\d{1,2}|[A-Z]|no\.?\s*\d+)?\s*[:.)–—-]\s*\S",
    re.IGNORECASE,
)
_THREAD_HEAD = re.compile(
    r"-{2,}\s*(?:original message|forwarded message|begin forwarded message|转发邮件|原始邮件)"
    r"|on .{8,90} wrote\s*:$",
    re.IGNORECASE,
)
_TEAM = re.compile(
    r"(?:dear|hello|hi|to)\b.*\b(?:team|performance|amazon|ebay|walmart|etsy|tiktok|"
    r"support|department|sir)\b",
    re.IGNORECASE,
)
_TERMINAL = re.compile(r"[.!?。！？;；][\"')\]*_]*$")
_CLAUSE = re.compile(
    r"\b(?:we|i|our|my|they|he|she|it|you|this|that|is|are|was|were|has|have)\b", re.I
)
_IMPERATIVE = re.compile(r"(?:please|kindly|see|find|note|attached|enclosed)\b", re.IGNORECASE)
_QUESTION_HEAD = re.compile(r"(?:what|how|why|where)\b", re.IGNORECASE)
_ONE_QUESTION = re.compile(
    r"(?:what|how|why|where|when|who|which|whose|did|do|does|is|are|was|were|have|has|can|could)\b"
    r"[^.?!]{3,160}\?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"@|https?:|www\.|\b(?:seller|merchant|account|store|tel|phone|email|e-mail)\b"
    r"[^:]{0,20}:|\+?\d[\d ()-]{7,}",
    re.IGNORECASE,
)


@dataclass
class _Draft:
    """A block under construction."""

    kind: BlockKind
    lines: list[Line] = field(default_factory=list)
    level: int = 0
    marker: str = ""
    hidden: list[tuple[int, int]] = field(default_factory=list)


def _never(_: str) -> bool:
    return False


def build(text: str, *, path: str = "<text>", known_heading: HeadingTest = _never) -> Document:
    """The document that `text` is.

    `known_heading` tells whether a short line is worded like a heading of such a letter.
    """
    found = directives(text)
    plain = masked(text, found)
    # A line that holds a directive must not part the paragraph in which it stands.
    alone = {each.span.start for each in found if each.whole}
    source = [line for line in lines(text) if line.content_start in alone]
    own = [line for line in lines(plain) if not any(each.start == line.start for each in source)]
    drafts = _Builder(own, known_heading).run()
    drafts += [_Draft(BlockKind.DIRECTIVE, [line]) for line in source]
    drafts.sort(key=lambda draft: draft.lines[0].start)
    blocks: list[Block] = []
    count = 0
    for draft in drafts:
        block = _finish(plain, draft, len(blocks), count)
        count += len(block.sentences)
        blocks.append(block)
    return Document(text, tuple(blocks), path, found)


def _finish(text: str, draft: _Draft, index: int, first: int) -> Block:
    span = Span(draft.lines[0].content_start, draft.lines[-1].content_end)
    tidy = clean(text, span.start, span.end, skip=tuple(draft.hidden))
    sentences: list[Sentence] = []
    if draft.kind not in NOT_THE_SELLERS_WORDS:
        one_piece = {BlockKind.HEADING, BlockKind.SALUTATION, BlockKind.SUBJECT, BlockKind.SIGN_OFF}
        for piece in [tidy] if draft.kind in one_piece else _split(text, draft, tidy):
            if piece.text:
                sentences.append(Sentence(first + len(sentences), piece, index))
    return Block(index, draft.kind, span, tidy, tuple(sentences), draft.level, draft.marker)


def _split(text: str, draft: _Draft, tidy: CleanText) -> list[CleanText]:
    if draft.kind in {BlockKind.SIGNATURE, BlockKind.TABLE_ROW}:
        rows = [clean(text, row.content_start, row.content_end) for row in draft.lines]
        return [row for row in rows if row.text]
    return [tidy.slice(a, b) for a, b in borders(tidy.text)]


def _number(marker: str) -> int | None:
    digits = re.search(r"\d+", marker)
    return int(digits.group()) if digits else None


class _Builder:
    """Walks the lines once; `known_heading` brings the vocabulary of the letter."""

    def __init__(self, source: list[Line], known_heading: HeadingTest) -> None:
        self.lines = source
        self.known_heading = known_heading
        self.drafts: list[_Draft] = []
        self.open: _Draft | None = None
        self.in_attachments = False
        self.last_sign_off = self._last_sign_off()
        self.questions = self._answered_questions()

    def run(self) -> list[_Draft]:
        """All blocks in order."""
        at = 0
        while at < len(self.lines):
            at = self._take(at)
        self._close()
        self._mark_signature()
        return self.drafts

    # -- one line at a time ---------------------------------------------------------------

    def _take(self, at: int) -> int:
        line = self.lines[at]
        if line.blank:
            self._close()
            return at + 1
        if line.quoted:
            return self._quote(at)
        if _THREAD_HEAD.match(line.text):
            return self._thread(at)
        if line.text.startswith("```"):
            self._close()
            return at + 1
        if line.underline or line.table_rule:
            self._close()
            return at + 1
        if at + 1 < len(self.lines) and self._underlined(at):
            self._heading(line, 1 if self.lines[at + 1].text.startswith("=") else 2)
            return at + 2
        if line.table:
            self._single(BlockKind.TABLE_ROW, line)
            return at + 1
        return self._prose(at)

    def _prose(self, at: int) -> int:
        line = self.lines[at]
        text = line.text
        if line.atx:
            hide = [(line.content_start, line.content_start + line.atx)]
            tail = re.search(r"\s#+$", text)
            if tail:
                hide.append((line.content_start + tail.start(), line.content_end))
            body = text.lstrip("# ")
            self._heading(line, line.atx, hide, marker=Line(0, len(body), body).marker)
        elif self.open is None and self._near_top() and _SUBJECT.match(text):
            self._single(BlockKind.SUBJECT, line)
        elif self._salutation(line):
            self._single(BlockKind.SALUTATION, line)
        elif at == self.last_sign_off:
            self._close()
            return self._signature(at)
        elif self._is_heading(at):
            hide = []
            if line.marker:
                hide.append((line.content_start, line.content_start + len(line.marker)))
            self._heading(line, 2, hide, marker=line.marker)
        elif _ATTACHMENT_LINE.match(text) and len(text.split()) < 30:
            self._single(BlockKind.ATTACHMENT, line)
        elif line.marker and not self._continues_sentence(at):
            self._item(line)
        elif self.open is not None and not self._breaks(at):
            self.open.lines.append(line)
        else:
            self._close()
            kind = BlockKind.ATTACHMENT if self.in_attachments and self._listed(line) else None
            self.open = _Draft(kind or BlockKind.PARAGRAPH, [line])
        return at + 1

    # -- kinds of blocks ------------------------------------------------------------------

    def _close(self) -> None:
        if self.open is not None:
            self.drafts.append(self.open)
            self.open = None

    def _single(self, kind: BlockKind, line: Line) -> None:
        self._close()
        self.drafts.append(_Draft(kind, [line]))

    def _heading(
        self, line: Line, level: int, hidden: Sequence[tuple[int, int]] = (), marker: str = ""
    ) -> None:
        self._close()
        hide = list(hidden)
        bare = line.text.lstrip("#").strip()[len(marker) :] if marker else line.text
        if marker and line.atx:
            start = line.content_end - len(bare)
            hide.append((start - len(marker), start))
        self.drafts.append(_Draft(BlockKind.HEADING, [line], level, marker.strip(), hide))
        self.in_attachments = bool(_ATTACHMENT_HEAD.match(bare.strip("*_ ")))

    def _item(self, line: Line) -> None:
        self._close()
        kind = BlockKind.ATTACHMENT if self.in_attachments else BlockKind.LIST_ITEM
        hide = [(line.content_start, line.content_start + len(line.marker))]
        self.open = _Draft(kind, [line], line.indent // 2, line.marker.strip(), hide)

    def _quote(self, at: int) -> int:
        self._close()
        draft = _Draft(BlockKind.QUOTE)
        while at < len(self.lines) and self.lines[at].quoted:
            line = self.lines[at]
            draft.lines.append(line)
            marks = len(line.text) - len(line.text.lstrip("> "))
            draft.hidden.append((line.content_start, line.content_start + marks))
            at += 1
        self.drafts.append(draft)
        return at

    def _thread(self, at: int) -> int:
        """A forwarded or answered message: another's words, up to the seller's own salutation."""
        self._close()
        draft = _Draft(BlockKind.QUOTE)
        while at < len(self.lines):
            line = self.lines[at]
            if len(draft.lines) > 3 and _TEAM.match(line.text) and len(line.text.split()) < 10:
                break
            draft.lines.append(line)
            at += 1
        while len(draft.lines) > 1 and draft.lines[-1].blank:
            draft.lines.pop()
        self.drafts.append(draft)
        return at

    def _signature(self, at: int) -> int:
        self._single(BlockKind.SIGN_OFF, self.lines[at])
        draft = _Draft(BlockKind.SIGNATURE)
        at += 1
        while at < len(self.lines):
            line = self.lines[at]
            if not line.blank:
                head = line.text.strip("*_# ")
                body = len(line.text.split()) > 14 and not _ADDRESS.search(line.text)
                listed = _ATTACHMENT_HEAD.match(head) or _ATTACHMENT_LINE.match(head)
                if body or listed or line.quoted or _THREAD_HEAD.match(line.text):
                    break
                if not line.underline:
                    draft.lines.append(line)
            at += 1
        if draft.lines:
            self.drafts.append(draft)
        return at

    # -- tests ----------------------------------------------------------------------------

    def _near_top(self) -> bool:
        return sum(draft.kind is BlockKind.PARAGRAPH for draft in self.drafts) < 2

    def _salutation(self, line: Line) -> bool:
        if self.open is not None or not self._near_top():
            return False
        if any(draft.kind is BlockKind.SALUTATION for draft in self.drafts):
            return False
        text = line.text.strip("*_# ")
        return len(text.split()) <= 14 and bool(_SALUTATION.match(text))

    def _last_sign_off(self) -> int:
        filled = [at for at, line in enumerate(self.lines) if not line.blank]
        for at in reversed(filled[-16:]):
            text = self.lines[at].text.strip("*_ ")
            if len(text.split()) <= 9 and _SIGN_OFF.match(text):
                earlier = at
                # "Thank you for your time," and "Kind regards," on two lines are one ending.
                position = filled.index(at)
                if position and _SIGN_OFF.match(self.lines[filled[position - 1]].text.strip("*_ ")):
                    earlier = filled[position - 1]
                return earlier
        return -1

    def _underlined(self, at: int) -> bool:
        line, below = self.lines[at], self.lines[at + 1]
        if line.table or line.blank or not re.match(r"\s*(?:=+|-{3,}|~{3,})\s*$", below.raw):
            return False
        return self.open is None and len(line.text) < 80 and not _TERMINAL.search(line.text)

    def _alone(self, at: int) -> bool:
        before = at == 0 or self.lines[at - 1].blank
        after = at + 1 >= len(self.lines) or self.lines[at + 1].blank
        return before and after

    def _next_filled(self, at: int) -> Line | None:
        return next((line for line in self.lines[at + 1 :] if not line.blank), None)

    def _answered_questions(self) -> frozenset[int]:
        """Lines that repeat the questions of a notice: each alone, with an answer below it."""
        found = []
        for at, line in enumerate(self.lines):
            follower = self._next_filled(at)
            if (
                _ONE_QUESTION.fullmatch(line.text[len(line.marker) :].strip("*_# "))
                and (at == 0 or self.lines[at - 1].blank or bool(line.marker))
                and follower is not None
                and not follower.text.rstrip("*_ ").endswith("?")
            ):
                found.append(at)
        return frozenset(found if len(found) > 1 else ())

    def _is_heading(self, at: int) -> bool:
        line = self.lines[at]
        body = line.text[len(line.marker) :].strip()
        bare = body.strip("*_ ")
        count = len(bare.split())
        if at in self.questions:
            return True
        if not bare or count > 14 or len(bare) > 110:
            return False
        if self.open is not None and not self._breaks(at):
            return False
        follower = self._next_filled(at)
        if line.bold and not line.bullet and not re.search(r"[.!;,]$", bare):
            return True
        if line.bullet:
            return False
        known = self.known_heading(bare.rstrip(":：?. "))
        if known and not _TERMINAL.search(bare.rstrip("?")):
            return count <= 12
        if _TERMINAL.search(bare) or bare.endswith((",", "，")):
            return False
        letters = [char for char in bare if char.isalpha()]
        capitals = len(letters) >= 4 and all(char.isupper() for char in letters)
        if capitals and count <= 10 and follower is not None and (count > 1 or known):
            return not re.fullmatch(r"[A-Z0-9-]{8,}", bare)
        if bare.endswith((":", "：")):
            lead_in = _CLAUSE.search(bare) or _IMPERATIVE.match(bare)
            return count <= 6 and not lead_in and bare[:1].isupper()
        if line.marker:
            sibling = self.lines[at + 1] if at + 1 < len(self.lines) else None
            next_to_item = sibling is not None and bool(sibling.marker) and not sibling.bullet
            return (
                count <= 8
                and follower is not None
                and not next_to_item
                and not _CLAUSE.search(bare)
                and (self._alone(at) or (sibling is not None and not sibling.blank))
                and not (
                    follower.marker and not follower.bullet and self._same_style(line, follower)
                )
            )
        return (
            self._alone(at)
            and bool(self.drafts)
            and count <= 7
            and bare[:1].isupper()
            and follower is not None
            and (not _CLAUSE.search(bare) or bool(_QUESTION_HEAD.match(bare)))
            and not _ADDRESS.search(bare)
            and (at < self.last_sign_off or self.last_sign_off < 0)
        )

    @staticmethod
    def _same_style(one: Line, other: Line) -> bool:
        return one.marker.strip()[-1:] == other.marker.strip()[-1:] and one.indent == other.indent

    def _listed(self, line: Line) -> bool:
        return len(line.text.split()) < 30

    def _continues_sentence(self, at: int) -> bool:
        """Whether a number at a line start belongs to a sentence that was wrapped before it."""
        if self.open is None or self.lines[at].bullet:
            return False
        previous = self.open.lines[-1]
        if previous.text.endswith((":", "：")):
            return False
        before, here = _number(self.open.marker), _number(self.lines[at].marker)
        if here is not None and before is not None and here == before + 1:
            return False
        return self._wrapped(previous, self.lines[at]) and not _TERMINAL.search(previous.text)

    def _wrapped(self, previous: Line, line: Line) -> bool:
        """Whether `previous` is so full that the first word of `line` had no place in it."""
        assert self.open is not None
        width = max(len(each.raw) for each in self._paragraph(line))
        first = len(line.text.split(maxsplit=1)[0])
        return 45 <= width <= 110 and len(previous.raw.rstrip()) + 1 + first >= min(width, 100) - 2

    def _paragraph(self, line: Line) -> list[Line]:
        at = self.lines.index(line)
        first = at
        while first > 0 and not self.lines[first - 1].blank:
            first -= 1
        last = at
        while last + 1 < len(self.lines) and not self.lines[last + 1].blank:
            last += 1
        return self.lines[first : last + 1]

    def _breaks(self, at: int) -> bool:
        """Whether a line that follows another without a blank line begins a new block."""
        assert self.open is not None
        previous, line = self.open.lines[-1], self.lines[at]
        if line.text[0].islower() or line.text[0] in ",;.)":
            return False
        if self.open.kind in {BlockKind.LIST_ITEM, BlockKind.ATTACHMENT} and line.indent:
            return line.indent < self.open.lines[0].indent
        if self._wrapped(previous, line):
            return False
        ended = bool(_TERMINAL.search(previous.text)) or previous.text.endswith((":", "："))
        return ended or len(previous.raw) > 110 or len(previous.text) < 45

    # -- afterwards -----------------------------------------------------------------------

    def _mark_signature(self) -> None:
        """Name and address lines at the end are a signature even without a sign-off."""
        if any(draft.kind is BlockKind.SIGNATURE for draft in self.drafts):
            return
        tail: list[_Draft] = []
        for draft in reversed(self.drafts):
            text = " ".join(line.text for line in draft.lines)
            short = len(text.split()) <= 8 and not _TERMINAL.search(text) and ":" not in text[-1:]
            if draft.kind not in {BlockKind.PARAGRAPH, BlockKind.HEADING} or not (
                short or (_ADDRESS.search(text) and len(text.split()) <= 14)
            ):
                break
            tail.append(draft)
        if tail and len(self.drafts) - len(tail) >= 3:
            for draft in tail:
                draft.kind = BlockKind.SIGNATURE
