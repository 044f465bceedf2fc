"""Writing: the conditions that can be counted. What makes a text good is argued in REFERENCES.md."""
import re

from .registry import check, same


def words(text):
    """Runs between white space that hold a letter or digit: a hyphenated word is one."""
    return [w for w in text.split() if any(c.isalnum() for c in w)]


def sentences(text):
    return [s for s in re.split(r"(?<=[.?!])[\"”]?\s+", text.strip()) if words(s)]


def lower_words(text):
    return re.findall(r"[a-z]+(?:['’][a-z]+)*", text.lower())


def between(number, low, high, what):
    assert low <= number <= high, f"{what}: {number}, asked for {low} to {high}"


def avoids(text, forbidden):
    found = [w for w in forbidden if re.search(rf"\b{w}\b", text, re.IGNORECASE)]
    assert not found, f"forbidden: {found}"


@check("write-01")
def shrinking_story(ref):
    story = sentences(ref.answers[0])
    same([len(words(s)) for s in story], [9, 8, 7, 6, 5, 4, 3, 2, 1], "words in each sentence")
    same(len({lower_words(s)[0] for s in story}), 9, "different first words")


@check("write-02")
def billed_twice(ref):
    text = ref.answers[0]
    between(len(words(text)), 150, 180, "words")
    same(len(re.findall(r"\bsorry\b|apolog", text, re.IGNORECASE)), 1, "apologies")
    avoids(text, ["inconvenience", "unfortunately", r"regret\w*", "error occurred", "may have", "value", "sincerely"])
    ref.says("In March we charged you twice", "What you have to do: nothing.", "14 April", "10 pounds", "31 May", "refunds@brookwater.example",
             "0800 555 0134", "3,100 households", "4 April", "Helen Marsh")


@check("write-03")
def lease(ref):
    between(len(words(ref.section("**For tenants**", "**For you: unclear in the original**"))), 1, 160, "words for tenants")
    between(len(words(ref.section("**For you: unclear in the original**"))), 1, 60, "words for the landlord")
    ref.says("one caged bird", "60 days in a calendar year", "more than one room at the same time", "no customers come and no goods are stored",
             "as long as that animal lives", "12 months, unless we renew it in writing", "beforehand")


@check("write-04")
def status_page(ref):
    between(len(words(ref.answers[0])), 90, 120, "words")
    same(f"{18_400 / 590_000:.1%}", "3.1%", "failure rate")
    ref.says("18,400 failed: 3.1%", "from 09:12 to 09:59 UTC (47 minutes)", "same idempotency key", "No payment was charged twice",
             "14:00 UTC, or as soon as the cause is confirmed, whichever is earlier")
    avoids(ref.answers[0], ["Ravi", r"certificate\w*", "rotation"])
    summary = sentences(ref.answers[1])
    same(len(summary), 4, "sentences")
    between(len(words(ref.answers[1])), 1, 85, "words")
    assert "18,400 of 590,000" in summary[0] and "By Friday the CFO must decide" in summary[3]
    avoids(ref.answers[1], [r"certificate\w*", "intermediate", "leaf", "gateway pool"])


@check("write-05")
def harbour(ref):
    lines = ref.answers[0].split("\n")
    same("".join(line[0] for line in lines), "HARBOUR", "first letters")
    assert "e" not in ref.answers[0].lower()
    for line in lines:
        # Without the letter e, every group of vowels in these lines is one syllable; y counts as a vowel at the end.
        same(sum(max(1, len(re.findall(r"[aiou]+y?|y$", w))) for w in lower_words(line)), 10, f"syllables of {line!r}")


@check("write-06")
def overdue(ref):
    subject, body = ref.answers[0].split("\n", 1)
    assert subject.startswith("**Subject:**")
    between(len(words(body)), 110, 150, "words")
    avoids(body, ["just", "hope you", "earliest convenience"])
    assert "!" not in ref.answers[0]
    ref.says("2024-117", "2,340 euros", "10 September", "25 September and 14 October", "11 November", "15th", "two payments")


@check("write-07")
def news(ref):
    headline, body = ref.answers[0].split("\n", 1)
    between(len(words(headline)), 1, 9, "words of the headline")
    between(len(words(body)), 65, 80, "words")
    ref.says("34 firefighters", "23:40", "01:15", "Police said the cause was unknown", "no evidence of arson so far", "A neighbour reported", "owner Per Halden said")
    avoids(body, ["mayor", "facebook", "1911", "1912", "probably"])


@check("write-08")
def last_of_its_kind(ref):
    between(len(words(ref.answers[0])), 130, 170, "words")
    avoids(ref.answers[0], [r"(tele)?phon\w*", r"call\w*", r"dial\w*", r"r[ai]ng\w*", "rung", r"number\w*", r"coin\w*", r"booth\w*", r"receiver\w*",
                            r"line[sd]?", r"voice\w*"])
    story = sentences(ref.answers[0])
    first, last = lower_words(story[0]), lower_words(story[-1])
    same((len(first), [(a, b) for a, b in zip(first, last) if a != b]), (len(last), [("morning", "evening")]), "replaced words")
    assert '"' not in ref.answers[0] and "“" not in ref.answers[0]


@check("write-09")
def signature(ref):
    child, judge = ref.section("**For a ten-year-old**", "**For a judge**"), ref.section("**For a judge**")
    same((len(sentences(child)), len(sentences(judge))), (3, 3), "sentences")
    found = [w for w in ("key", "lock", "code", "cipher", "encrypt", "algorithm", "math", "computer") if w in ref.answers[0].lower()]
    same(found, [], "forbidden")
    assert "does not prove" in judge


@check("write-10")
def faint_praise(ref):
    between(len(words(ref.answers[0])), 100, 130, "words")
    avoids(ref.answers[0], ["not", "no", "never", "none", "nothing", "nobody", "without", "but", "however", "although", "unfortunately", r"\w+n['’]t",
                            "dirty", "bad", "loud", "broken", "rude", "cold", "old", "terrible", "awful", "worse", "worst", "poor", "noisy", "small"])
    assert sentences(ref.answers[0])[-1].startswith("I recommend")


@check("write-11")
def toast(ref):
    text = ref.answers[0]
    between(len(words(text)), 190, 230, "words")
    avoids(text, ["died", "death", "dead", "passed", "lost", r"pregnan\w*", "baby", "week", "money", "Carla", "two become one", "soulmate", "better half",
                  "table 4"])
    same(len([s for s in sentences(text) if "Anders" in s]), 1, "sentences on the father")
    assert sentences(text)[-1] == "Please raise your glasses: to the bicycle chain."
    ref.says("ninety-one", "seven hundred kilometres", "rye loaf", "two hundred metres", "Öland", "bigger one", "supermarket", "guides aeroplanes")
