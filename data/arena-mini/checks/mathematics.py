"""Mathematics: exact arithmetic and exhaustive counts."""
from fractions import Fraction
from functools import lru_cache
from itertools import permutations, product
from math import isclose, pi, sqrt

from .registry import check, same


@check("math-01")
def marbles(ref):
    @lru_cache(None)
    def last_green(left, seen):
        """Probability of stopping on green, and expectation of (further draws) on that event."""
        total = sum(left)
        chance = mean = Fraction(0)
        for colour in range(3):
            if left[colour] == 0:
                continue
            p = Fraction(left[colour], total)
            now = seen | {colour}
            if len(now) == 3:
                hit, draws = (Fraction(1), Fraction(1)) if colour == 2 else (Fraction(0), Fraction(0))
            else:
                rest = tuple(n - (i == colour) for i, n in enumerate(left))
                hit, further = last_green(rest, now)
                draws = further + hit
            chance += p * hit
            mean += p * draws
        return chance, mean

    chance, mean = last_green((8, 6, 4), frozenset())
    same(chance, Fraction(22, 45), "green last")
    same(mean / chance, Fraction(9151, 1573), "conditional mean")
    ref.says("(1) 22/45; (2) 9151/1573")


def exponent(n, p):
    return 0 if n == 0 else n // p + exponent(n // p, p)


@check("math-02")
def trailing_zeros(ref):
    def digit_sum(n, base):
        return 0 if n == 0 else n % base + digit_sum(n // base, base)

    def zeros(n):
        factorial, count = 1, 0
        for i in range(2, n + 1):
            factorial *= i
        while factorial % 12 == 0:
            factorial, count = factorial // 12, count + 1
        return count

    threes = [n for n in range(1, 61) if exponent(n, 3) > zeros(n)]
    same(threes, [n for n in range(1, 61) if digit_sum(n, 2) > digit_sum(n, 3)], "criterion")
    ref.says("\n" + ", ".join(map(str, threes)) + "\n")
    first = next(n for n in range(1, 61) if exponent(n, 2) // 2 > zeros(n))
    same((first, zeros(8), exponent(8, 3), exponent(8, 2) // 2), (8, 2, 2, 3), "halved twos")
    ref.says("**n = 8**", "has 2 zeros in base 12, the 3s give 2, the halved 2s give 3")


@check("math-03")
def series(ref):
    total, previous = 0.0, 0.0
    for n in range(1, 4001):
        previous = total
        total += (-1) ** (n + 1) / (n * n * (n + 1) ** 2 * (2 * n + 1))
    assert isclose((total + previous) / 2, pi ** 2 / 6 - 4 * pi + 11, abs_tol=1e-14)
    for x in (Fraction(1), Fraction(2), Fraction(7, 3), Fraction(5), Fraction(11)):
        parts = -4 / x + 1 / x ** 2 - 4 / (x + 1) - 1 / (x + 1) ** 2 + 16 / (2 * x + 1)
        same(parts, 1 / (x ** 2 * (x + 1) ** 2 * (2 * x + 1)), "partial fractions")
    ref.says(r"\boxed{S=\frac{\pi^2}{6}-4\pi+11}\approx " + f"{pi ** 2 / 6 - 4 * pi + 11:.6f}")


@check("math-04")
def permanents(ref):
    even, odd = [(0, 4, 8), (1, 5, 6), (2, 3, 7)], [(0, 5, 7), (1, 3, 8), (2, 4, 6)]
    values = []
    for cells in product((0, 1), repeat=9):
        plus, minus = (sum(cells[i] * cells[j] * cells[k] for i, j, k in triples) for triples in (even, odd))
        if plus + minus == plus - minus:
            values.append(plus - minus)
    same(len(values), 343, "permanent = determinant")
    same([values.count(d) for d in (0, 1, 2)], [265, 75, 3], "values")
    same(set(values), {0, 1, 2}, "values")
    ref.says("**343.**")
    ref.says("**78** of the 343", "75 with determinant 1 and 3 with determinant 2", "$343-78=265$ have determinant 0",
             "exactly the values **0, 1 and 2**", turn=1)


@check("math-05")
def spheres(ref):
    radii = []
    for signs in product((1, -1), repeat=3):
        s = sum(c * e for c, e in zip((4, 3, 2), signs))
        for r in {12 / (s + sqrt(29)), 12 / (s - sqrt(29))}:
            if r > 0:
                distance = abs(s * r - 12) / sqrt(29)  # of the centre (signs * r) from the slanted plane
                assert isclose(distance, r, rel_tol=1e-9)
                radii.append((r, signs))
    same(len(radii), 8, "spheres")
    assert isclose(sum(r for r, _ in radii), 54 / 13 + 282 * sqrt(29) / 35, rel_tol=1e-12)
    largest, signs = max(radii)
    assert isclose(largest, 15 + 3 * sqrt(29), rel_tol=1e-12) and signs == (-1, -1, 1)
    ref.says("**8 spheres**", r"\boxed{\frac{54}{13}+\frac{282\sqrt{29}}{35}}\approx " + f"{sum(r for r, _ in radii):.2f}",
             r"15+3\sqrt{29}\approx" + f"{largest:.2f}", "(-r,-r,r)")


@check("math-06")
def die(ref):
    # Exact: unfold the game until the undecided rest is below 10^-15.
    state, wins, mover, undecided = {0: Fraction(1)}, [Fraction(0), Fraction(0)], 0, Fraction(1)
    while undecided > Fraction(1, 10 ** 15):
        following = {}
        for residue, p in state.items():
            for face in range(1, 7):
                new = (residue + face) % 5
                if new == 0:
                    wins[mover] += p / 6
                else:
                    following[new] = following.get(new, Fraction(0)) + p / 6
        state, mover, undecided = following, 1 - mover, sum(following.values())
    assert abs(wins[0] - Fraction(1111, 2063)) < Fraction(1, 10 ** 14)
    assert Fraction(1111, 2063) < Fraction(6, 11)
    ref.says("1111/2063 ≈ 0.53854, slightly worse than 6/11 ≈ 0.54545")


@check("math-07")
def bracelets(ref):
    rings = set()

    def extend(prefix):
        if len(prefix) == 9:
            if prefix[0] != prefix[-1]:
                rings.add(prefix)
            return
        for bead in "ABC":
            if prefix.count(bead) < 3 and prefix[-1:] != bead:
                extend(prefix + bead)

    extend("")

    def turned(ring):
        return [ring[i:] + ring[:i] for i in range(9)]

    same(len(rings), 132, "arrangements")
    designs = {min(turned(r) + turned(r[::-1])) for r in rings}
    same((len(designs), sum(d[::-1] in turned(d) for d in designs)), (8, 0), "designs, mirror-symmetric ones")
    same(len({min(turned(r)) for r in rings}), 16, "without flipping")
    ref.says("**There are 8 designs, and none of them is mirror-symmetric.**", "=132$ arrangements", "=16$ designs")


@check("math-08")
def square_is_transpose(ref):
    half, height = Fraction(-1, 2), Fraction(3, 4)  # the rotation by 120°: cos, sin²; its square has cos 240° = cos 120°
    same(half * half - height, half, "the block's square is its transpose")
    classes = [(a, b, c) for a, b, c in product(range(6), repeat=3) if a + b + 2 * c == 5]
    same(len(classes), 12, "classes")
    traces = sorted({b - c for a, b, c in classes})
    ref.says("There are **12** classes", "eight values **" + ", ".join(map(str, traces)).replace("-", "−") + "**")
    # Small matrices over the integers: every solution is among the classes without rotations.
    found = 0
    for a, b, c, d in product(range(-3, 4), repeat=4):
        if (a * a + b * c, b * (a + d), c * (a + d), d * d + b * c) == (a, c, b, d):
            found += 1
            assert (a + d) in (0, 1, 2) and a * d - b * c in (0, 1)
    assert found >= 4


@check("math-09")
def buses(ref):
    weight = {5: Fraction(5, 25), 20: Fraction(20, 25)}
    same(sum(w * length / 2 for length, w in weight.items()), Fraction(17, 2), "mean wait")
    still = {length: w * Fraction(length - 4, length) for length, w in weight.items()}
    further = sum(p * Fraction(length - 4, 2) for length, p in still.items()) / sum(still.values())
    same(further, Fraction(257, 34), "after four minutes")
    # The same from a long timetable: gaps in equal numbers, arrivals at a fine grid.
    grid = [(20 if gap else 5, Fraction(i, 100)) for gap in (0, 1) for i in range(2000) if i < (2000 if gap else 500)]
    waits = [length - at - 4 for length, at in grid if length - at > 4]
    assert abs(sum(waits) / len(waits) - further) < Fraction(1, 50)
    ref.says("**1. 8.5 minutes.**", "**2. 257/34 ≈ 7.56 minutes.**", "**3. Exactly 13 minutes.**")
    same([length - 3 - 4 for length in (5, 20) if length > 7], [13], "known last bus")


@check("math-10")
def idempotents(ref):
    def count(n):
        total = 0
        for a, d in product(range(n), repeat=2):
            off = a + d - 1
            for b in range(n):
                if b * off % n == 0:
                    total += sum(c * off % n == 0 and (a * a + b * c - a) % n == 0 and (d * d + b * c - d) % n == 0
                                 for c in range(n))
        return total

    same((count(4), count(9), count(36)), (26, 110, 2860), "idempotents")
    ref.says("**2860.**", "$24+2=26$", "$108+2=110$")


@check("math-11")
def gift_circles(ref):
    for n in (5, 6, 7):
        hits = circles = total = 0
        for draw in permutations(range(n)):
            total += 1
            label = {}
            for start in range(n):
                person = start
                while person not in label:
                    label[person] = start
                    person = draw[person]
            team = [label[i] for i in range(5)]
            circles += len(set(team))
            hits += sorted(team.count(c) for c in set(team)) == [2, 3]
        same((Fraction(hits, total), Fraction(circles, total)), (Fraction(1, 6), Fraction(137, 60)), f"{n} people")
    ref.says("**Probability 1/6; on average 137/60 ≈ 2.28 circles.")
