"""Programming: the references' programs are run against slow, obvious ones, and the questions' programs shown to fail."""
import asyncio
import random
import re
import sqlite3
from bisect import bisect_left, insort
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from itertools import product

from .registry import Mismatch, check, same
from .spreadsheet import compare_with_slow_spreadsheet


@check("prog-01")
def split_cents(ref):
    split, dice = ref.run()["split"], random.Random(1)
    for _ in range(3000):
        weights = [dice.choice((0, 1, 1, 2, 7, dice.randrange(100), dice.randrange(10 ** 30))) for _ in range(dice.randint(1, 7))]
        if not any(weights):
            continue
        total = dice.choice((0, 1, 2, 3, 5, 100, dice.randrange(10 ** 30))) * dice.choice((1, -1))
        shares, exact = split(total, weights), [Fraction(abs(total) * w, sum(weights)) for w in weights]
        same(sum(shares), total, "sum")
        same(split(-total, weights), [-s for s in shares], "refund")
        floors = [int(e) for e in exact]
        order = sorted(range(len(weights)), key=lambda i: (floors[i] - exact[i], i))
        lucky = set(order[:abs(total) - sum(floors)])
        same([abs(s) for s in shares], [f + (i in lucky) for i, f in enumerate(floors)], f"split({total}, {weights})")
        assert all(abs(abs(s) - e) < 1 for s, e in zip(shares, exact))
        assert all(s == 0 for s, w in zip(shares, weights) if w == 0)

    def last(total, people):
        return total - (people - 1) * round(Fraction(total, people))

    first = next((n, t) for n in range(1, 9) for t in range(1, 200) if last(t, n) < 0)
    same((first, last(3, 5)), ((5, 3), -1), "smallest group and total")
    ref.says("**Five people and a total of 3 cents: the shares are 1, 1, 1, 1 and −1.**", turn=1)


@check("prog-02")
def subscriptions(ref):
    query, dice, origin = ref.code("sql"), random.Random(2), date(2023, 12, 1)
    year = [date(2024, 1, 1) + timedelta(n) for n in range(366)]
    for _ in range(150):
        rows = []
        for customer in range(1, 6):
            for _ in range(dice.randint(0, 6)):
                starts = origin + timedelta(dice.randrange(430))
                ends = None if dice.random() < 0.1 else starts + timedelta(dice.choice((-3, 0, 1, 5, 9, 30, 200)))
                rows.append((customer, starts, ends))
                if rows and dice.random() < 0.3:
                    rows.append(rows[-1])
                if ends and dice.random() < 0.3:
                    rows.append((customer, ends, ends + timedelta(dice.randint(1, 20))))
        expected = []
        for customer in range(1, 6):
            mine = [(s, e) for c, s, e in rows if c == customer and (e is None or e > s)]
            days = [any(s <= day and (e is None or day < e) for s, e in mine) for day in year]
            if any(days):
                run = longest = 0
                for covered in days:
                    run = run + 1 if covered else 0
                    longest = max(longest, run)
                expected.append((customer, sum(days), longest))
        database = sqlite3.connect(":memory:")
        database.execute("CREATE TABLE subscription (customer_id INTEGER NOT NULL, starts TEXT NOT NULL, ends TEXT)")
        database.executemany("INSERT INTO subscription VALUES (?, ?, ?)",
                             [(c, str(s), e and str(e)) for c, s, e in rows])
        same(database.execute(query).fetchall(), expected, "covered and longest")
        database.close()


@check("prog-03")
def hours(ref):
    pattern = re.compile(ref.code("regex").strip())
    texts = [f"{a:02}-{b:02}" for a, b in product(range(100), repeat=2)]
    expected = {f"{a:02}-{b:02}" for a in range(24) for b in range(a + 1, 24)}
    same(len(expected), 276, "pairs")
    same({t for t in texts if pattern.fullmatch(t)}, expected, "accepted")
    for text in ("9-17", "09-7", "009-17", "09-17\n", "0917", "09–17", "٠٩-17", "", "09-17-20", "-09-17"):
        same(pattern.fullmatch(text), None, f"{text!r}")
    try:
        re.compile(r"([01])8-\19")
    except re.error:
        return
    raise Mismatch("the trap is none")


@check("prog-04")
def cache(ref):
    broken = {}
    exec(re.search(r"```python\n(.*?)```", ref.questions[0], re.DOTALL).group(1), broken)
    for scenario in (shares_load_and_failure, never_stale, survives_cancellation, leaves_nothing_behind):
        asyncio.run(scenario(ref.run()["Cache"]))
        try:
            asyncio.run(quietly(scenario(broken["Cache"])))
        except (KeyError, AssertionError, Mismatch):
            continue
        raise Mismatch(f"the question's cache passes {scenario.__name__}")


async def quietly(scenario):
    asyncio.get_running_loop().set_exception_handler(lambda *_: None)
    await scenario


class Loader:
    """Loads that end when told, with the value the database had when they began."""

    def __init__(self):
        self.database, self.calls, self.gates = "old", 0, []

    async def __call__(self, key):
        self.calls += 1
        value, gate = self.database, asyncio.Event()
        self.gates.append(gate)
        await gate.wait()
        if isinstance(value, Exception):
            raise value
        return value

    async def settle(self, release=True):
        for _ in range(10):
            await asyncio.sleep(0)
            for gate in self.gates if release else ():
                gate.set()


async def shares_load_and_failure(cache_type):
    load = Loader()
    cache = cache_type(load)
    readers = [asyncio.create_task(cache.get("k")) for _ in range(5)]
    await load.settle()
    same([r.result() for r in readers], ["old"] * 5, "shared value")
    same((await cache.get("k"), load.calls), ("old", 1), "loads")
    load.database = ValueError("down")
    readers = [asyncio.create_task(cache.get("x")) for _ in range(3)]
    await load.settle()
    assert all(isinstance(r.exception(), ValueError) for r in readers)
    same(load.calls, 2, "one failing load")
    load.database = "back"
    again = asyncio.create_task(cache.get("x"))
    await load.settle()
    same(again.result(), "back", "after the failure")


async def never_stale(cache_type):
    load = Loader()
    cache = cache_type(load)
    before = asyncio.create_task(cache.get("k"))
    await load.settle(release=False)
    load.database = "new"
    cache.invalidate("k")
    after = asyncio.create_task(cache.get("k"))
    await load.settle(release=False)
    await load.settle()
    same((await before, await after, await cache.get("k")), ("old", "new", "new"), "around an invalidation")


async def survives_cancellation(cache_type):
    load = Loader()
    cache = cache_type(load)
    first, second = (asyncio.create_task(cache.get("k")) for _ in range(2))
    await load.settle(release=False)
    first.cancel()
    await load.settle()
    assert first.cancelled()
    same((await second, load.calls), ("old", 1), "the other caller")


async def leaves_nothing_behind(cache_type):
    load = Loader()
    cache = cache_type(load)
    load.database = ValueError("down")
    reader = asyncio.create_task(cache.get("k"))
    await load.settle()
    assert reader.exception()
    load.database = "fine"
    readers = [asyncio.create_task(cache.get("k")) for _ in range(2)]
    await load.settle()
    assert all(r.exception() is None for r in readers)
    cache.invalidate("k")
    assert not any(held for name, held in vars(cache).items() if name != "_load"), vars(cache)


@check("prog-05")
def stretches(ref):
    count, dice = ref.run()["count_stretches"], random.Random(5)
    for _ in range(1500):
        users = [dice.choice("abcde"[:dice.randint(1, 5)]) for _ in range(dice.randint(0, 14))]
        k, m = dice.randint(1, 4), dice.randint(1, 4)
        slices = (Counter(users[i:j]) for i in range(len(users)) for j in range(i + 1, len(users) + 1))
        same(count(users, k, m), sum(max(c.values()) <= k and len(c) >= m for c in slices), f"{users}, {k}, {m}")
    same(count(list("aba"), 1, 2), 2, "example")
    ref.says("the answer is 2")
    users = [f"u{dice.randrange(300)}" for _ in range(200_000)]
    assert count(users, 3, 50) > 0  # ends at all: a quadratic version would not


@check("prog-06")
def spreadsheet(ref):
    compare_with_slow_spreadsheet(ref.run()["evaluate"])


@check("prog-07")
def c_expressions(ref):
    def wrap(value, bits):
        return value % 2 ** bits

    c, s, u, int_max = 255, -1, 1, 2 ** 31 - 1
    fixed = {1: c + 1 == 256, 2: wrap(c + 1, 8) == 0, 3: wrap(s, 32) < u, 4: s < 1, 5: -1 < u, 10: wrap(u - 2, 32) > 0,
             12: -(7 // 2) * 2 + -(7 % 2), 13: 1 + c}
    for overflowing in (int_max + 1, c << 24, -2 ** 31 // -1):
        assert overflowing > int_max
    for number in range(1, 15):
        shown = str(int(fixed[number])).replace("-", "−") if number in fixed else \
            "implementation-defined" if number in (8, 9) else "undefined"
        ref.says(f"| {number} | **{shown}** |")
    same((~c >> 4, wrap(40000, 16) - 2 ** 16), (-16, -25536), "the usual choices")
    ref.says("−16 with the usual", "−25536 with the usual")


@check("prog-09")
def overtaking(ref):
    fast, slow, dice = ref.run()["overtakers"], {}, random.Random(9)
    exec(re.search(r"```python\n(.*?)```", ref.questions[0], re.DOTALL).group(1), slow)
    for _ in range(1500):
        time, events = 0, []
        for _ in range(dice.randint(0, 25)):
            time += dice.choice((0, 0, 1, 2, 5))
            events.append((time, dice.choice((dice.randrange(-4, 5), dice.randrange(10 ** 40)))))
        span = dice.choice((-1, 0, 1, 3, 8, 100))
        same(fast(events, span), slow["overtakers"](events, span), f"{events}, {span}")
    events = sorted((dice.randrange(10 ** 6), dice.randrange(10 ** 9)) for _ in range(60_000))
    window, expected, oldest = [], [], 0  # a second way for a long input: a sorted list
    for i, (time, score) in enumerate(events):
        while time - events[oldest][0] > 40_000:
            del window[bisect_left(window, events[oldest][1])]
            oldest += 1
        expected.append(len(window) - bisect_left(window, score + 1))
        insort(window, score)
    same(fast(events, 40_000), expected, "60,000 events")
