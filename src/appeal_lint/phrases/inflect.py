"""Inflected forms of an English word, generated rather than listed.

Forms that do not exist do no harm: nobody writes them.
"""

from __future__ import annotations

from functools import cache

_IRREGULAR = """
be am is are was were been being
have has had having
do does did done doing
beg begs begged begging
begin begins began begun beginning
break breaks broke broken breaking
bring brings brought bringing
build builds built building
buy buys bought buying
catch catches caught catching
choose chooses chose chosen choosing
come comes came coming
cost costs costing
cut cuts cutting
deal deals dealt dealing
draw draws drew drawn drawing
eat eats ate eaten eating
fall falls fell fallen falling
feed feeds fed feeding
feel feels felt feeling
fight fights fought fighting
find finds found finding
forget forgets forgot forgotten forgetting
forgive forgives forgave forgiven forgiving
get gets got gotten getting
give gives gave given giving
go goes went gone going
grow grows grew grown growing
hear hears heard hearing
hold holds held holding
keep keeps kept keeping
know knows knew known knowing
lay lays laid laying
lead leads led leading
learn learns learned learnt learning
leave leaves left leaving
lend lends lent lending
let lets letting
lie lies lied lying
lose loses lost losing
make makes made making
mean means meant meaning
meet meets met meeting
pay pays paid paying
put puts putting
read reads reading
rise rises rose risen rising
run runs ran running
say says said saying
see sees saw seen seeing
seek seeks sought seeking
sell sells sold selling
send sends sent sending
set sets setting
shake shakes shook shaken shaking
show shows showed shown showing
shut shuts shutting
sleep sleeps slept sleeping
speak speaks spoke spoken speaking
spend spends spent spending
stand stands stood standing
steal steals stole stolen stealing
stick sticks stuck sticking
strike strikes struck striking
sue sues sued suing
swear swears swore sworn swearing
take takes took taken taking
teach teaches taught teaching
tell tells told telling
think thinks thought thinking
throw throws threw thrown throwing
understand understands understood understanding
wake wakes woke woken waking
wear wears wore worn wearing
weep weeps wept weeping
win wins won winning
write writes wrote written writing
child children
man men
woman women
person people persons
wife wives
life lives
staff
"""
_FORMS: dict[str, frozenset[str]] = {}
for _line in _IRREGULAR.strip().splitlines():
    _words = _line.split()
    _FORMS[_words[0]] = frozenset(_words)

_VOWELS = "aeiou"


def _doubles(word: str) -> bool:
    """Whether the last consonant is doubled before -ed and -ing, as in "stop" or "admit"."""
    if len(word) < 3 or word[-1] in _VOWELS + "wxy" or word[-2] not in _VOWELS:
        return False
    return word[-3] not in _VOWELS or word[-3:-1] == "ui"


@cache
def forms(word: str) -> frozenset[str]:
    """The word, its plural or third person, its -ed and its -ing form, British and American."""
    if word in _FORMS:
        return _FORMS[word]
    found = {word}
    if word.endswith(("s", "x", "z", "ch", "sh", "o")):
        found.add(word + "es")
    elif word.endswith("y") and word[-2:-1] not in _VOWELS:
        found.update({word[:-1] + "ies", word[:-1] + "ied", word + "ing"})
    else:
        found.add(word + "s")
    if word.endswith("e"):
        found.update({word + "d", word[:-1] + "ing", word + "ing"})
        if word.endswith("ie"):
            found.add(word[:-2] + "ying")
    elif not word.endswith("y") or word[-2:-1] in _VOWELS:
        found.update({word + "ed", word + "ing"})
    if _doubles(word):
        found.update({word + word[-1] + "ed", word + word[-1] + "ing"})
    for british, american in (("ise", "ize"), ("yse", "yze"), ("our", "or")):
        for form in tuple(found):
            if word.endswith(british) and british in form:
                found.add(form.replace(british, american))
            elif word.endswith(american) and american in ("ize", "yze") and american in form:
                found.add(form.replace(american, british))
        if word.endswith(british) and word.endswith("e"):
            stem = word[: -len(british)] + american[:-1]
            found.update({stem + "ing", stem + "ed"})
    return frozenset(found)
