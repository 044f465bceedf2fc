"""Logic: every case is tried."""
from collections import Counter
from itertools import combinations, permutations, product
from math import gcd

from .registry import check, same


@check("logic-01")
def quiz(ref):
    def right(answers):
        counts = [answers.count(letter) for letter in "ABCDE"]
        first_d = answers.index("D") + 1 if "D" in answers else None
        pairs = [i for i in range(5) if answers[i] == answers[i + 1]]
        most = [letter for letter in "ABCDE" if answers.count(letter) == max(counts)]
        twins = [i for i in range(5) if answers[i] == answers[5]]
        option = ["ABCDE".index(letter) for letter in answers]
        return (answers.count("B") == option[0] and first_d == (1, 3, 4, 5, 6)[option[1]] and pairs == [option[2]]
                and len(set(answers)) == option[3] + 1 and most == [answers[4]] and twins == [option[5]])

    solutions = ["".join(a) for a in product("ABCDE", repeat=6) if right("".join(a))]
    same(solutions, ["CBDCCB"], "solutions")
    ref.says("**The answers are " + ", ".join(f"{i + 1} {a}" for i, a in enumerate(solutions[0])) + ".**")


@check("logic-02")
def dialogue(ref):
    told = {"Sara": sum, "Gus": lambda pair: gcd(*pair), "Lena": lambda pair: pair[0] * pair[1] % 10}

    def after(remarks):
        possible, sizes = list(combinations(range(3, 10), 2)), []
        for speaker, knows in remarks:
            cases = Counter(told[speaker](pair) for pair in possible)
            possible = [pair for pair in possible if (cases[told[speaker](pair)] == 1) == knows]
            sizes.append(len(possible))
        return possible, sizes

    start = [("Sara", False), ("Gus", False), ("Lena", False)]
    same(after(start + [("Sara", False), ("Gus", True)]), ([(6, 8)], [17, 16, 13, 11, 1]), "dialogue")
    same(after(start + [("Sara", True)])[0], [(4, 6), (5, 7)], "other dialogue")
    ref.says("**The numbers are 6 and 8.**", "the numbers 4 and 6 or 5 and 7", "17 pairs are left", "16 pairs.", "13 pairs.", "11 pairs.")


@check("logic-03")
def coins(ref):
    def outcome(pair, left, right):
        def weight(coin):
            return (coin == pair[0]) - (coin == pair[1])
        difference = weight(left) - weight(right)
        return (difference > 0) - (difference < 0)

    # Branch 1 and 3 as written; branch 2 is branch 1 with a and b exchanged.
    first = ("c", "d", {0: ("c", "e", {0: "ba", 1: "be", -1: "ea"}), 1: ("a", "c", {-1: "ca", 0: "bd"}),
                        -1: ("a", "c", {-1: "da", 1: "bc"})})
    third = ("a", "c", {0: ("a", "d", {-1: "de", 1: "ed"}), -1: ("a", "d", {1: "cd", 0: "ce"}),
                        1: ("a", "d", {-1: "dc", 0: "ec"})})
    swap = str.maketrans("ab", "ba")

    def exchanged(node):
        return node.translate(swap) if isinstance(node, str) else \
            (node[0].translate(swap), node[1].translate(swap), {k: exchanged(v) for k, v in node[2].items()})

    strategy = ("a", "b", {-1: first, 1: exchanged(first), 0: third})
    for pair in permutations("abcde", 2):
        node, weighings = strategy, 0
        while not isinstance(node, str):
            node, weighings = node[2][outcome(pair, node[0], node[1])], weighings + 1
        same((node, weighings), ("".join(pair), 3), "strategy")
    assert 3 ** 2 < 5 * 4 <= 3 ** 3 < 6 * 5
    ref.says("**Three weighings; for six coins three are not enough.**")
    ref.says("Balance: c and d are good; left are ba, be, ea. *Third: c against e.* Balance: e is good, ba. c heavier: e is light, be. e heavier: ea.")
    ref.says("*Third: a against c.* a lighter: ca. Balance: bd", "*Third: a against c.* a lighter: da. a heavier: bc.",
             "*Third: a against d.* d heavier: de; d lighter: ed.", "*Third: a against d.* d lighter: cd; balance: ce.",
             "*Third: a against d.* d heavier: dc; balance: ec.")


@check("logic-04")
def heap(ref):
    lost = {}
    for n in range(140):
        for last in range(6):
            lost[n, last] = not any(lost[n - m, m] for m in range(1, 6) if m <= n and m != last)
    good = {n: [m for m in range(1, 6) if m <= n and lost[n - m, m]] for n in range(140)}
    same([n for n in range(140) if lost[n, 0]], [n for n in range(140) if n % 13 in (0, 7)], "lost heaps")
    same(good[100], [1, 2, 3], "first moves")
    for row in (range(13), range(13, 26)):
        ref.says("| W | " + " | ".join(",".join(map(str, good[n])) or "∅" for n in row) + " |")
    ref.says("with first moves 1, 2 or 3 and no others", "size ≡ 0 or 7 (mod 13)")


@check("logic-05")
def clocks(ref):
    # A grid of half milliseconds contains all corners of the region, since all bounds are whole numbers.
    halves = [h / 2 for h in range(-60, 61)]
    offsets = [(b, c) for b in halves for c in halves if all(2 <= latency <= 10 for latency in (
        (112 - b) - 100, 112 - (115 - b), (118 - c) - (120 - b), 131 - (125 - c), (143 - c) - 140))]

    def span(f):
        values = [f(b, c) for b, c in offsets]
        return min(values), max(values)

    same([span(lambda b, c: b), span(lambda b, c: c), span(lambda b, c: b - c)], [(5, 10), (-4, 1), (4, 12)], "ranges")
    ref.says("**5 ≤ b ≤ 10**", "**−4 ≤ c ≤ 1**", "**4 ≤ b − c ≤ 12**")
    same(span(lambda b, c: 126 - (130 - b)), (1, 6), "(i)")
    same(span(lambda b, c: (124 - c) - (130 - b)), (-2, 6), "(ii)")
    same(span(lambda b, c: (123 - c) - (136 - b)), (-9, -1), "(iii)")
    same(span(lambda b, c: (130 - c) - 128), (1, 6), "(iv)")
    ref.says("**Certain: B's event first** (by 1 to 6 ms)", "in [−2, 6]. Both signs occur: **not certain**",
             "in [−9, −1]. **Certain: C's event first.**", "**Certain: A's event first** (by 1 to 6 ms)")


@check("logic-06")
def access(ref):
    requests = list(product(("intern", "engineer", "lead"), ("dev", "prod"), ("read", "write", "delete"), (0, 1), (0, 1)))
    rules = [("deny", lambda r, e, a, o, m: e == "prod" and not m), ("allow", lambda r, e, a, o, m: o and a != "delete"),
             ("deny", lambda r, e, a, o, m: r == "intern" and e == "prod"), ("allow", lambda r, e, a, o, m: r == "lead"),
             ("deny", lambda r, e, a, o, m: a == "delete"), ("allow", lambda r, e, a, o, m: e == "dev"),
             ("allow", lambda r, e, a, o, m: r == "engineer" and a == "read"), ("deny", lambda r, e, a, o, m: True)]

    def decide(policy):
        return [next(verdict for verdict, matches in policy if matches(*q)) for q in requests]

    def exchange(k):
        return rules[:k] + [rules[k + 1], rules[k]] + rules[k + 2:]

    base = decide(rules)
    same(base.count("allow"), 39, "allowed")
    same([k + 1 for k in range(7) if decide(rules[:k] + rules[k + 1:]) == base], [3], "redundant")
    same([(k + 1, k + 2) for k in range(6) if decide(exchange(k)) == base], [(3, 4), (6, 7)], "exchangeable")
    leaks = [q for q, d in zip(requests, base) if d == "allow" and q[:2] == ("intern", "prod")]
    same(leaks, [("intern", "prod", "read", 1, 1), ("intern", "prod", "write", 1, 1)], "interns in prod")
    same([q for q, old, new in zip(requests, base, decide(exchange(1))) if old != new], leaks, "repair")
    ref.says("**a) 39.**", "**b) Only rule 3.**", "**c) (3, 4) and (6, 7).**", "**read and write in prod**", "**exchange rules 2 and 3**")


@check("logic-07")
def arguments(ref):
    def models(sets, most):
        """Numbers of elements of each type (in or out of each set), small but all of them."""
        types = list(product((0, 1), repeat=sets))
        return types, product(range(most + 1), repeat=len(types))

    def holds(sets, most, argument):
        types, all_counts = models(sets, most)
        for counts in all_counts:
            def size(wanted):
                return sum(n for n, kind in zip(counts, types) if wanted(*kind))
            premises, conclusion = argument(size)
            if premises and not conclusion:
                return False
        return True

    def mostly(size, of, part):
        return 2 * size(lambda *k: of(*k) and part(*k)) > size(of)

    def first(a, b, c, *_): return a
    def second(a, b, c, *_): return b
    def third(a, b, c, *_): return c

    verdicts = {
        1: holds(3, 1, lambda s: (not s(lambda a, b, c: a and not b) and not s(lambda a, b, c: a and not c), s(lambda a, b, c: b and c))),
        2: holds(3, 2, lambda s: (mostly(s, first, second) and mostly(s, first, third), s(lambda a, b, c: b and c))),
        3: holds(3, 2, lambda s: (mostly(s, first, second) and mostly(s, second, third), s(lambda a, b, c: a and c))),
        # member, voter, resident
        4: holds(3, 1, lambda s: (not s(lambda m, v, r: v and not m) and s(lambda m, v, r: m and not r) and not s(lambda m, v, r: v and not r),
                                  s(lambda m, v, r: m and not v))),
        # team, complains
        5: holds(2, 2, lambda s: ((not s(lambda t, c: t and c) or not s(lambda t, c: t and not c)) and s(lambda t, c: t and not c),
                                  not s(lambda t, c: t and c))),
        6: holds(4, 1, lambda s: (mostly(s, lambda a, b, c, d: a, lambda a, b, c, d: b) and not s(lambda a, b, c, d: b and not c)
                                  and not s(lambda a, b, c, d: d and c), mostly(s, lambda a, b, c, d: a, lambda a, b, c, d: not d))),
        7: holds(3, 2, lambda s: (2 * s(lambda a, b, c: c and b) < s(third) and mostly(s, first, second) and not s(lambda a, b, c: a and not c),
                                  2 * s(lambda a, b, c: c and a) < s(third))),
        8: holds(3, 2, lambda s: (mostly(s, first, second) and mostly(s, second, first) and mostly(s, first, third), s(lambda a, b, c: b and c))),
    }
    same([n for n, valid in verdicts.items() if not valid], [1, 3, 7], "invalid")
    for number, valid in verdicts.items():
        ref.says(f"{number}. **{'Valid' if valid else 'Invalid'}.**")


@check("logic-08")
def race(ref):
    names = ("Ava", "Ben", "Cleo", "Dan", "Eve")
    orders = list(permutations(range(1, 6)))
    spectators = [(lambda a, b, c, d, e: a < c, lambda a, b, c, d, e: b < d), (lambda a, b, c, d, e: e == 2, lambda a, b, c, d, e: d < e),
                  (lambda a, b, c, d, e: c < d, lambda a, b, c, d, e: e < b), (lambda a, b, c, d, e: c == 5, lambda a, b, c, d, e: b == 4)]

    def truths(order):
        return [f(*order) + g(*order) for f, g in spectators]

    def shown(order):
        return ", ".join(sorted(names, key=lambda name: order[names.index(name)]))

    same([shown(o) for o in orders if truths(o) == [1, 1, 1, 1]], ["Ava, Cleo, Dan, Ben, Eve"], "order")
    others = [{shown(o) for o in orders if all(t == 1 for j, t in enumerate(truths(o)) if j != k)} for k in range(4)]
    same([len(o) for o in others], [5, 3, 8, 18], "without one")
    for k, order in enumerate(("Cleo, Dan, Ava, Ben, Eve", "Dan, Eve, Ben, Ava, Cleo", "Ava, Dan, Cleo, Ben, Eve", "Ava, Dan, Eve, Ben, Cleo")):
        assert order in others[k]
        ref.says(order)
    same([sum(truths(o) == [2 if j == k else 1 for j in range(4)] for o in orders) for k in range(4)], [1, 1, 1, 3], "two truths")
    ref.says("**(a) Ava, Cleo, Dan, Ben, Eve.**", "5 orders remain; without the second, 3; without the third, 8; without the fourth, 18",
             "**(c) Six ways.**", "1 + 1 + 1 + 3 = 6")


@check("logic-09")
def round_table(ref):
    def seatings(n, honest):
        return [s for s in product((0, 1), repeat=n) if all(s[i] == honest(s, i, n) for i in range(n))]

    def neighbours(s, i, n):
        return s[i - 1] + s[(i + 1) % n] == 1

    def next_three(s, i, n):
        return sum(s[(i + k) % n] for k in (1, 2, 3)) == 2

    for turn, claim, liars, count in ((0, neighbours, {4, 12}, 4), (1, next_three, {3, 12}, 5)):
        found = seatings(12, claim)
        same(({12 - sum(s) for s in found}, len(found)), (liars, count), f"turn {turn + 1}")
    same([n for n in range(4, 15) if any(map(any, seatings(n, next_three)))], [4, 8, 12], "tables with an honest person")
    ref.says("**The number of liars is 12 or 4; there are 4 possible seatings.**")
    ref.says("12 or 3 liars, 5 seatings. A table with an honest person is possible exactly if n is divisible by 4.", turn=1)


@check("logic-10")
def hits_and_near(ref):
    def feedback(guess, code):
        hits = sum(g == c for g, c in zip(guess, code))
        return hits, len(set(guess) & set(code)) - hits

    codes = ["".join(c) for c in permutations("12345678", 4)]
    clues = {"3416": (0, 3), "7481": (0, 2), "1457": (0, 1), "4865": (1, 2)}
    possible = [c for c in codes if all(feedback(g, c) == f for g, f in clues.items())]
    ref.says("**Possible codes: " + ", ".join(possible) + ".**")
    settles = [g for g in codes if len({feedback(g, c) for c in possible}) == len(possible)]
    assert "6814" in settles and not set(settles) & set(possible)
    for code in possible:
        hits, near = feedback("6814", code)
        ref.says(f"| {code} | {hits} hit{'' if hits == 1 else 's'}, {near} near |")


@check("logic-11")
def tournaments(ref):
    def counterexamples(n):
        games = list(combinations(range(n), 2))
        for results in product((0, 1), repeat=len(games)):
            beats = {(a, b) if r else (b, a) for (a, b), r in zip(games, results)}
            wins = [sum((a, b) in beats for b in range(n)) for a in range(n)]
            if 0 in wins or n - 1 in wins:
                continue
            seated = any(all((c[i - 1], c[i]) in beats for i in range(n)) for c in ((0,) + p for p in permutations(range(1, n))))
            divided = any(all((x, y) in beats for x in group for y in range(n) if y not in group)
                          for size in range(1, n) for group in combinations(range(n), size))
            same(seated, not divided, "the correct condition")
            if not seated:
                yield wins

    same([sum(1 for _ in counterexamples(n)) for n in (3, 4, 5)], [0, 0, 0], "small tournaments")
    same(sorted(next(counterexamples(6))), [1, 1, 1, 4, 4, 4], "six players")
    ref.says("**Smallest counterexample: six players.**", "**true for n = 3, 4 and 5**, false for n = 6")
