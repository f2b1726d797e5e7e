"""A small language for phrases, and a matcher that looks for all of them in one pass.

    beg <forgive> (please|kindly)? ... (last|one more) chance

word          itself, in any case; contractions are open ("don't" is "do not")
<word>        any inflected form: <forgive> is forgive, forgives, forgave, forgiven, forgiving;
              <ask for> inflects its first word
(a|b c|d)     one of the alternatives; <word> may stand inside
x?            the word or group may be absent
<any>         any one word
<number>      a number in digits
..  ...       a gap of up to 2 or 6 words
^  $          the start or the end of the sentence
"""

from appeal_lint.phrases.matcher import PhraseIndex, PhraseMatch
from appeal_lint.phrases.syntax import PhraseSyntaxError, parse

__all__ = ["PhraseIndex", "PhraseMatch", "PhraseSyntaxError", "parse"]
