"""What a notice asks for: documents to be sent and statements to be made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from appeal_lint.case.handbook import Handbook
from appeal_lint.document.types import Block, BlockKind, Document, Sentence
from appeal_lint.model import Span


@dataclass(frozen=True)
class Ask:
    """One thing asked for.

    `kind` is document or statement; `topic` is a document kind of the handbook, or for a
    statement cause, actions, prevention or other. `group` is shared by things of which any one
    is enough. `days` is the greatest age that a document may have. `optional` says that the
    notice asks only under a condition.
    """

    kind: str
    topic: str
    text: str
    span: Span
    optional: bool = False
    group: int | None = None
    days: int | None = None


Mark = tuple[int, int, float]
"""A place in a sentence (code points) and how likely a document is asked for there."""

_DOUBTED, _MARKED, _SURE = 0.3, 0.3, 0.98
_LEAST_LETTERS = 3
_TYPED_IN = frozenset({"supplier-contact", "third-party-contact"})
"""What is no paper, and so nothing that the model knows."""
_UNKNOWN = "other-document"
_PHRASE = re.compile(
    r"^(?!(?:to|that|with|dated|by|from|of)\b).*\w\s+(?!(?:the|that|a|of|to|with)$)\w+\W*$", re.I
)
"""Words that name a thing, and are not a piece out of a sentence."""
_GIVE = (
    r"(?:send|provide|submit|include|attach|upload|supply|share|enclose|forward|give|furnish|mail|"
    r"present|file|e-?mail|reply with|respond with|show|add|return|complete|"
    r"accompan(?:y|ied by)|support(?:ed by)?)"
)
_TELL = (
    r"(?:describe|explain|tell|state|outline|list|name|specify|identify|confirm|answer|address|"
    r"cover|contain|detail|set out|set forth|say|clarify|show|include|report|summari[sz]e|write)"
)
_ASKING = re.compile(
    rf"\b(?:please|kindly)\b|\b(?:must|need|needs|have|are asked|are required|required|ought|"
    rf"asked|should|"
    rf"want|like) (?:you )?(?:to )?(?:also |first |then )?(?:be able to )?(?:{_GIVE}|{_TELL})\b"
    rf"|\b(?:to|can|may|could|by|and|or|then|either|also|first|:|,|you) (?:also |either |please )?"
    rf"(?:{_GIVE}|{_TELL})(?:t?ing)?\b"
    rf"|^(?:[\W\d]*(?:also|and|then|next|step \d+)?[\W\d]*)(?:{_GIVE}|{_TELL})\b"
    r"|\bwe (?:also |still |will |now |take|can )*(?:take(?! your)|need|require|ask for|ask that|"
    r"expect|request|will accept"
    r"|accept|would like)\b"
    rf"|\b(?:plan|appeal|explanation|letter|response|reply|statement|submission|answer|it|which|"
    rf"that|this)\b.{{0,40}}\b(?:must|should|needs to|has to|covers?|contains?|includes?|explains?|"
    rf"describes?|tells?|answers?|addresses|sets out|states|shows|details|outlines?|gives)\b"
    r"|\b(?:following|below)\b.{0,140}:$|\bwith (?:the following|these|this)\b"
    r"|\b(?:is|are) (?:required|needed|still missing|necessary)\b"
    r"|\b(?:need|want|like|love) (?:you to|to (?:see|receive|know|have))\b|\bsend us\b|\btell us\b"
    r"|\blet us (?:have|see)\b|\b(?:are|is) welcome\b|^examples?:|\bget in touch\b.{0,30}\bwith\b"
    r"|\b(?:reply|respond|answer)\b.{0,40}\bwith\s*$|\bhave the following\b"
    r"|\b(?:is|are|remains?) (?:still )?outstanding\b|^accepted\s*:|^evidence \d|\bneed to give\b"
    r"|\bappeal\b.{0,40}\bwith\b|\bchoose (?:among|from|between)\b|\bappeal needs\b"
    r"|^(?:appeal |required |needed )?(?:materials?|evidence|papers)\b[^:]{0,60}:\s*$"
    r"|\brequired (?:documents?|information)\b|\bwe (?:take|accept)\b|\b(?:could|can|may|"
    r"might) start with\b|\bgreater detail\b|\bmore detail\b",
    re.IGNORECASE,
)
_NOT_ASKING = re.compile(
    r"\b(?:(?<!that you )(?<!products )(?<!items )(?<!listings )"
    r"(?<!goods )(?<!they )(?<!which )(?:do not|don't)|(?:will be|are) rejected|"
    r"not (?:required|needed|necessary|accepted)|"
    r"aren't accepted|need not|"
    r"no need|cannot|can't|will not accept|not accept(?:ed)?|not be "
    r"accepted|we (?:have )?(?:received|reviewed|looked at|read)|you can (?:provide|upload|"
    r"submit|send) (?:them|it)|you (?:have )?(?:sent|submitted|"
    r"provided|supplied|uploaded)|you may (?:remove|hide|black|cover|redact)|previously|"
    r"must be (?:dated|issued|in|legible|complete|clear|unaltered)|documents? concerned)\b",
    re.IGNORECASE,
)
_RULE_FOR_ALL = re.compile(
    r"^\W*(?:all |every )?(?:sellers?|products?|items?|orders?|invoices?|documents?|listings?|"
    r"shipments?)"
    r"\b.{0,30}?\b(?:must|should|are required|need|have to|has to|may)\b",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"[:：]\s*$|\b(?:following|below|items? listed|these (?:points|items|documents))\b",
    re.IGNORECASE,
)
_ASK_HEADING = re.compile(
    r"(?:needed|how (?:do|can|should) (?:i|you|we)|"
    r"what (?:do|should|must|can) (?:i|you|we)|what (?:you|"
    r"we) "
    r"(?:need|should|must|can|want)|what'?s next|next steps?|required|requirements?|to (?:appeal|"
    r"reactivate|reinstate|restore|resolve|get)|documents? (?:needed|required|to)|your (?:response|"
    r"reply|plan|appeal)|what (?:to|happens)|please|we (?:need|require)|information (?:needed|"
    r"required)"
    r"|still (?:missing|needed|to do|to send)|your options?|action required|how to)",
    re.IGNORECASE,
)
_NO_ASK_HEADING = re.compile(
    r"(?:why|reason|what happened|what went wrong|where|documents? concerned|affected|listings?|"
    r"orders?|products?|asins?|"
    r"what this means|details|policy|background|already|not (?:needed|required|accepted)|"
    r"faq|q\b)\b",
    re.IGNORECASE,
)
_ANY_OF = re.compile(
    r"\b(?:one (?:or more )?of (?:the following|these)|any (?:one )?of (?:the following|these)|"
    r"either|at least one|one of|whichever)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"^\W*(?:if(?! (?:you|the seller) (?:want|wish|would like|believe the (?:complaint|report|"
    r"notice) is "
    r"(?:correct|justified|valid)|are ready|'d like|intend))|where|unless|for (?:listings?|"
    r"products?|items?) (?:that|which)|optional(?:ly)?|"
    r"in case|should you)\b|\b(?:if (?:available|any|applicable|you (?:have|wish|like|can)|"
    r"possible|"
    r"relevant|there (?:is|are))|where (?:available|applicable|possible)|you (?:may|can) also|"
    r"optionally|you may (?:wish|want)|would help|helpful)\b",
    re.IGNORECASE,
)
_OPENER = re.compile(
    r"\b(?:(?:the |your |a |any )?(?:root |main |underlying |exact )?causes?(?:\(s\))?\b(?! harm)|"
    r"(?:the |your )?(?:root |main )?reasons?\b|why\b|how\b(?! do| can i)|what\b(?! we)|"
    r"(?:the |any |all |which |your )?(?:corrective |specific |immediate |preventive |"
    r"preventative |"
    r"concrete )*(?:actions?|steps?|measures?|changes?|prevention)\b|"
    r"(?:the )?(?:problems?|issues?)\b(?= (?:that|which|behind|with|in))|"
    r"(?:the |your )?(?:relationship|relation|connection|link|purpose|role|origin|source)\b|"
    r"who\b|when\b(?= (?:you|the|and|it))|where\b(?= (?:you|the|and|it))|whether\b|"
    r"(?:a |an |the )?(?:explanation|description|summary|written statement|evaluation|analysis|"
    r"identification(?= of)|contact (?:information|details)|names? and (?:full )?address(?:es)?|"
    r"(?:vat|registration|removal order|tracking|serial|licen[cs]e|order) (?:numbers?|ids?))\b|"
    r"(?:the |your )?(?:process|procedures?|controls?)\b(?= (?:to|for|that|you|which)))",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:show|shows|showing|state|through|via|under|from|in|on|using|your)\s+(?:your |the )?$", re.I
)
_OF_ACTION = re.compile(r"\bplan of (?:corrective )?$", re.I)
_TOPIC_OF = (
    (
        "prevention",
        re.compile(
            r"\b(?:prevent\w*|avoid\w*|again|future|recur\w*|reoccur\w*|going forward|from now on|"
            r"preventive|preventative|keep\b.{0,40}(?:above|below|under|compl\w+|within)|stay\b|"
            r"ensur\w+|make sure|so that|remain|no longer|different(?:ly)?|will do|maintain\w*|"
            r"to comply)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "actions",
        re.compile(
            r"\b(?:(?:have|has|already|did|were|was) .{0,30}(?:done|taken|corrected|resolved?|"
            r"fixed|"
            r"changed|made|removed|put right|address\w*)|what you did|actions?|corrective|steps?|"
            r"resolv\w+|fix\w*|correct\w*|remed\w+|measures?|put right|secure)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "cause",
        re.compile(
            r"\b(?:causes?d?|reasons?|why|led|lead to|what happened|went wrong|came (?:to|about)|"
            r"how (?:did|the|this|it|these|they|you)|origin|behind|resulted|occurred|happened)\b",
            re.IGNORECASE,
        ),
    ),
)
_AGE = re.compile(
    r"\b(?:(?:last|past|previous|within|than|preceding) (?:the (?:last|past) )?)(\d{1,3}|\w+) "
    r"(days?|months?|years?)\b|\b(\d{1,3})[ -]days?\b (?:old|window|period)",
    re.IGNORECASE,
)
_SMALL = {"three": 3, "six": 6, "twelve": 12, "two": 2, "one": 1, "ninety": 90, "thirty": 30}
_TURN = re.compile(r"[,;.:]|\b(?:but|please|however|instead)\b", re.I)
_ON = re.compile(r"\b(?:on|in)\s+(?:the |your |every |all |its |their )?$", re.I)
_PASSIVE = re.compile(r"(?:is|are) (?:required|needed|missing|still missing|necessary)", re.I)
_PART_OF_NAME = re.compile(r"\s+(?:defect|rate|amount|number|verification page|button)\b", re.I)
_GIVING = re.compile(
    rf"\b(?:{_GIVE}|documents?|items? below|we (?:take|accept)|(?:need|"
    rf"want) to see)\b",
    re.IGNORECASE,
)
_ANY_PROOF = "supporting-documents"
_LONGEST_THING = 14
_LONGEST_ENTRY = 45
_ENDED = re.compile(r"[.!?]\W*$")
_PROSE = re.compile(
    r"\W*(?:(?:as|if|when|once|we|you|your|our|it|this|these|please|after|before|until|unless|note|"
    r"reviews?|apply|redacted|upload|send|reply)\b|all (?:documents|papers)|"
    r"(?:\w+ ){1,4}(?:must|will|"
    r"may|can|should|cannot|take|takes)\b)",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"[.!?:]\W*$|\b(?:shall|will|must|may|can|cannot|should|is|are|was|were|has|have)\b", re.I
)
_THING = re.compile(
    r"(?!(?:the|if|please|your|any|all|name|names|date|in|on|at|within|submit|reply|we|"
    r"you)\b)[\w(]",
    re.I,
)
_HEAD_END = re.compile(
    r"[,;(.:]| (?:that|which|showing|for|from|dated|issued|stating|if|in|of)\b",
    re.I,
)
_NO_PAPER = re.compile(
    r"B0[A-Z0-9]{8}\b|[\d\W]+$|[A-Z]{1,3}\W*$|[aq](?:[.:)](?:\s|$)|$)|section\b|faq\b|(?:sign|check|switch|use|"
    r"mention|go|open|enter|remove|update|choose|select|click|call|log|end|withdraw|funds|incomplete)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"\b(?:shall|will|must|may|can|is|are|was|were|has|have)\b|^(?:a |your )?plan\b", re.I
)
_SUCH_AS = re.compile(r"\b(?:such as|for example|e\.g\.|for instance|like)\b", re.I)
_OR = re.compile(r"^[\w'’ -]{0,40}\bor\b[\w'’ -]{0,40}$|^\s*/\s*$", re.I)
_OR_TELL = re.compile(
    r"^[^.;:]{0,40}\bor (?:an? |the |your )?(?:written )?"
    r"(?:explanation|statement|description|account)\b",
    re.I,
)
"""After a document that words may stand for."""
_WITH = re.compile(
    r"\b(?:includ\w+|with|attach\w*|provid\w+|send\w*|together|plus|supported|and)\b", re.I
)
_END = re.compile(
    r"[;.?!]|, (?:and|or|but) |,? and (?=how|what|why|which|who|the (?:actions|steps|measures|"
    r"corrective|preventive))|, (?=how|what|why|the (?:actions|steps|root)|actions|measures)|"
    r" and (?=prevention|preventive|the (?:steps|preventive|corrective))"
)


def is_notice_heading(text: str) -> bool:
    """Whether a line is worded like a heading of a notice."""
    known = _ASK_HEADING.match(text) or _NO_ASK_HEADING.match(text)
    return bool(known) and len(text.split()) <= 9


def asks_in(
    document: Document, handbook: Handbook, marked: Sequence[Sequence[Mark]] | None = None
) -> list[Ask]:
    """Everything that a notice asks for, in reading order.

    `marked` are, per sentence, the places that the model takes for documents asked for.
    """
    found = list(_Reader(document, handbook).run())
    if marked is None:
        return found
    return sorted(_with_model(found, document, handbook, marked), key=lambda ask: ask.span.start)


def _with_model(
    found: Sequence[Ask],
    document: Document,
    handbook: Handbook,
    marked: Sequence[Sequence[Mark]],
) -> Iterator[Ask]:
    """What was found, without the documents that the model doubts and with those it adds."""
    kept: list[Span] = []
    spans = [
        [(sentence.clean.span(start, end), chance) for start, end, chance in marks]
        for sentence, marks in zip(document.sentences, marked)
    ]
    sure = [each for row in spans for each in row]
    for ask in found:
        if (
            ask.kind != "document"
            or ask.topic in _TYPED_IN
            or any(chance >= _DOUBTED and span.overlaps(ask.span) for span, chance in sure)
        ):
            kept.append(ask.span)
            yield ask
    for sentence, marks in zip(document.sentences, marked):
        if _NOT_ASKING.search(sentence.text):
            continue
        for start, end in _joined(sentence.text, marks):
            span = sentence.clean.span(start, end)
            ask = _learned(sentence, start, end, handbook)
            whole = ask.topic != _UNKNOWN or _PHRASE.search(ask.text)
            if whole and not any(span.overlaps(other) for other in kept):
                yield ask


def _joined(text: str, marks: Sequence[Mark]) -> Iterator[tuple[int, int]]:
    """Neighbouring places as one, out to the borders of words; the surest piece must be sure."""
    open_: list[tuple[int, int, float]] = []
    for mark in [*marks, None]:
        if mark is not None and mark[2] < _MARKED:
            continue
        if open_ and (mark is None or mark[0] > open_[-1][1] + 1):
            start, end = open_[0][0], open_[-1][1]
            if max(chance for _, _, chance in open_) >= _SURE and end - start >= _LEAST_LETTERS:
                while start and text[start - 1].isalnum():
                    start -= 1
                while end < len(text) and text[end].isalnum():
                    end += 1
                yield start, end
            open_ = []
        if mark is not None:
            open_.append(mark)


def _learned(sentence: Sentence, start: int, end: int, handbook: Handbook) -> Ask:
    topics = [
        match.key
        for match in handbook.document_index.find(sentence)
        if match.start < end and start < match.end
    ]
    text = sentence.text
    return Ask(
        "document",
        topics[0] if topics else _UNKNOWN,
        text[start:end],
        sentence.clean.span(start, end),
        optional=True,  # How it is asked for is not known.
        days=_age(text[start:]),
    )


@dataclass
class _Reader:
    """Walks the blocks; remembers whether the list it is in was introduced by a request."""

    document: Document
    handbook: Handbook
    asking: bool = False
    any_of: bool = False
    optional: bool = False
    lead: bool = False
    group: int = 0
    giving: bool = False
    before_list: bool = False

    def run(self) -> Iterator[Ask]:
        blocks = self.document.blocks
        for number, block in enumerate(blocks):
            if block.kind in (BlockKind.SIGN_OFF, BlockKind.SIGNATURE, BlockKind.QUOTE):
                continue
            if block.kind is BlockKind.HEADING:
                self._heading(block)
                continue
            listed = block.kind in (BlockKind.LIST_ITEM, BlockKind.ATTACHMENT, BlockKind.TABLE_ROW)
            if not listed and not (self.lead and self._looks_listed(block)):
                self.lead = False
            following = blocks[number + 1].kind if number + 1 < len(blocks) else None
            self.before_list = following is BlockKind.LIST_ITEM and not _ENDED.search(block.text)
            for sentence in block.sentences:
                yield from self._sentence(sentence, listed or self.lead, block)

    def _heading(self, block: Block) -> None:
        text = block.text
        self.lead = False
        self.any_of = False
        self.optional = False
        self.giving = bool(_GIVING.search(text))
        self.asking = bool(_ASK_HEADING.match(text) or _ASKING.search(text)) and not bool(
            _NO_ASK_HEADING.match(text)
        )
        if self.asking and (_LEAD.search(text) or _ASKING.search(text)):
            self._open(text)
        elif self.asking:
            self.lead = True

    def _open(self, text: str) -> None:
        self.asking = self.lead = True
        self.optional = bool(_CONDITION.search(text))
        self.giving = bool(_GIVING.search(text))
        self.any_of = bool(_ANY_OF.search(text))
        self.group += 1

    def _looks_listed(self, block: Block) -> bool:
        """Lines below a lead-in are entries even without bullets, unless they are prose."""
        return (
            block.kind is BlockKind.PARAGRAPH
            and len(block.text.split()) <= _LONGEST_ENTRY
            and not (_PROSE.match(block.text) and _SAYS.search(block.text))
        )

    def _sentence(self, sentence: Sentence, listed: bool, block: Block) -> Iterator[Ask]:
        text = sentence.text
        denied = _NOT_ASKING.search(text) or _RULE_FOR_ALL.match(text)
        asked = _ASKING.search(text)
        if denied:
            asked = _ASKING.search(text, denied.end())
        if denied and not (asked and _TURN.search(text[denied.end() : asked.start() + 1])):
            if (
                listed
                and self.lead
                and not re.search(r"\b(?:not|concerned|received|rejected)\b", denied[0], re.I)
            ):
                asked = None
            else:
                return
        leads = bool(_LEAD.search(text)) or (self.before_list and sentence is block.sentences[-1])
        opens = bool(asked) and leads and not listed
        entry = listed and self.lead and self.asking
        if not asked and not entry:
            if _LEAD.search(text) and not listed:
                self.lead = self.asking = False
            return
        if opens:
            self._open(text)
        passive = asked is not None and _PASSIVE.match(asked[0]) is not None
        whole = passive and not re.search(r";", text[: asked.start() if asked else 0])
        start = 0 if entry or not asked or whole else asked.start()
        any_of = self.any_of if entry else bool(_ANY_OF.search(text))
        if any_of and not entry and not opens:
            self.group += 1
        optional = bool(_CONDITION.search(text)) or (entry and self.optional)
        group = self.group if any_of else None
        known = list(
            self._documents(
                sentence, start, optional, group, statement=entry and self._states(text)
            )
        )
        yield from known
        head = _HEAD_END.split(text, 1)[0]
        thing = (
            _THING.match(text)
            and sentence.word_count <= _LONGEST_THING
            and not text.endswith("?")
            and not _NO_PAPER.match(text)
            and not _CLAUSE.search(head)
        )
        first = sentence is block.sentences[0]
        if entry and first and not known and self.giving and thing and not self._states(text):
            yield self._unknown(sentence, optional, group)
        if not opens:
            yield from self._statements(sentence, start, optional, group)

    @staticmethod
    def _unknown(sentence: Sentence, optional: bool, group: int | None) -> Ask:
        """An entry of a list of things to send that no kind of document fits."""
        text = sentence.text
        stop = _HEAD_END.search(text)
        end = stop.start() if stop else len(text)
        words = text[:end].rstrip(" .;:")
        span = sentence.clean.span(0, len(words))
        return Ask("document", _UNKNOWN, words, span, optional, group, _age(text))

    @staticmethod
    def _states(text: str) -> bool:
        """Whether a list entry is something to be told, not something to be sent."""
        opener = _OPENER.search(text)
        return opener is not None and opener.start() <= 14

    def _documents(
        self, sentence: Sentence, start: int, optional: bool, group: int | None, *, statement: bool
    ) -> Iterator[Ask]:
        text = sentence.text
        found: dict[tuple[int, int], str] = {}
        for match in self.handbook.document_index.find(sentence):
            if match.start >= start and not _PART_OF_NAME.match(text[match.end :]):
                found[match.start, match.end] = match.key
        places = [
            place
            for place in sorted(found)
            if not any(o != place and o[0] <= place[0] and place[1] <= o[1] for o in found)
        ]
        exact = [place for place in places if found[place] != _ANY_PROOF]
        places = exact or places  # "proof, namely an invoice": the invoice is what is asked for.
        last = -1
        example = _SUCH_AS.search(text)
        for number, (begin, end) in enumerate(places):
            if begin < last:
                continue
            before = text[:begin]
            if _ON.search(before):
                continue
            told = max((m.end() for m in _OPENER.finditer(before)), default=-1)
            if told >= 0 and (statement or told > start) and not _WITH.search(before[told:]):
                continue
            after = places[number + 1][0] if number + 1 < len(places) else None
            alternative = (last >= 0 and bool(_OR.search(text[last:begin]))) or (
                after is not None and bool(_OR.search(text[end:after]))
            )
            if alternative and group is None and not (last >= 0 and _OR.search(text[last:begin])):
                self.group += 1
            last = end
            yield Ask(
                "document",
                found[begin, end],
                text[begin:end],
                sentence.clean.span(begin, end),
                optional
                or (example is not None and example.start() < begin)
                or _OR_TELL.search(text[end:]) is not None,
                self.group if alternative and group is None else group,
                _age(text[begin:]),
            )

    def _statements(
        self, sentence: Sentence, start: int, optional: bool, group: int | None
    ) -> Iterator[Ask]:
        text = sentence.text
        openers = [match for match in _OPENER.finditer(text) if match.start() >= start]
        at = -1
        for opener in openers:
            before = text[: opener.start()]
            if opener.start() < at or _PLACE.search(before) or _OF_ACTION.search(before):
                continue
            rest = text[opener.end() :]
            stop = _END.search(rest)
            end = opener.end() + (stop.start() if stop else len(rest))
            words = text[opener.start() : end].rstrip(" :,;.")
            at = end
            if len(words.split()) < 2 and not re.search(r"cause|action|prevent", words, re.I):
                continue
            yield Ask(
                "statement",
                topic_of(words),
                words,
                sentence.clean.span(opener.start(), opener.start() + len(words)),
                optional,
                group,
            )


def topic_of(words: str) -> str:
    """What a statement is about: cause, actions, prevention or other."""
    for topic, pattern in _TOPIC_OF:
        if pattern.search(words):
            return topic
    return "other"


def _age(text: str) -> int | None:
    """The greatest age in days that the words after a document allow."""
    match = _AGE.search(text[:160])
    if not match:
        return None
    if match[3]:
        return int(match[3])
    number = int(match[1]) if match[1].isdigit() else _SMALL.get(match[1].lower(), 0)
    unit = match[2].lower().rstrip("s")
    return number * {"day": 1, "month": 30, "year": 365}[unit] or None


def documents_named(sentences: Sequence[Sentence], handbook: Handbook) -> dict[str, list[Sentence]]:
    """The document kinds that sentences name, each with those sentences."""
    found: dict[str, list[Sentence]] = {}
    for sentence in sentences:
        for match in handbook.document_index.find(sentence):
            if sentence not in found.setdefault(match.key, []):
                found[match.key].append(sentence)
    return found
