"""Planning: optima by exhaustive search, timetables of the references checked against the rules of the questions."""
import re
from datetime import date, timedelta
from functools import lru_cache
from itertools import combinations, permutations, product

from .registry import check, same


def clock(text):
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


@check("plan-01")
def dinner(ref):
    """Minutes before 19:30, on a grid of five: all durations are multiples of five."""
    alone_until, grid = clock("18:15") - clock("19:30"), range(-240, 1, 5)
    lengths = {"dough": 15, "vegetables": 20, "fill": 15, "marinate": 10, "sauce": 20, "salad": 15, "table": 10, "carve": 10}

    def staffed(starts):
        """Two people suffice, one before Mara comes: intervals can be handed out when no moment needs more."""
        return all(sum(s <= t < s + lengths[job] for job, s in starts.items()) <= (1 if t < alone_until else 2) for t in grid)

    def latest(fixed, jobs):
        if not jobs:
            return True
        job, allowed = jobs[0]
        return any(staffed({**fixed, job: s}) and latest({**fixed, job: s}, jobs[1:]) for s in allowed)

    def possible(start):
        for out in range(-40, -20, 5):  # the roast rests 15 to 30 minutes before -10
            roast = out - 50
            for bake in grid:
                if bake + 40 > -20 or (bake < out and roast < bake + 40):
                    continue
                for dough, fill in product(grid, repeat=2):
                    if dough < start or fill < dough + 15 + 30 or fill + 15 > bake:
                        continue
                    jobs = [("sauce", range(out, -19, 5)), ("salad", range(-20, -14, 5)),
                            ("vegetables", range(start, fill - 19, 5)), ("marinate", range(start, roast - 29, 5)),
                            ("table", range(start, -9, 5))]
                    fixed = {"carve": -10, "dough": dough, "fill": fill}
                    if staffed(fixed) and latest(fixed, jobs):
                        return True
        return False

    same((possible(clock("16:30") - clock("19:30")), possible(clock("16:35") - clock("19:30"))), (True, False), "latest start")
    ref.says("**You have to start at 16:30.**", "| 16:30–16:45 | dough", "| 16:45–17:05 | chop vegetables", "| 17:05–17:15 | marinate",
             "| 17:15–17:30 | roll out and fill", "| 17:30–18:10 | free | | tart |", "| 18:10–19:00 |", "| 19:00–19:20 | sauce | salad 19:10–19:25 | |")
    starts = {"dough": "16:30", "vegetables": "16:45", "marinate": "17:05", "fill": "17:15", "table": "18:15", "sauce": "19:00",
              "salad": "19:10", "carve": "19:20"}
    assert staffed({job: clock(at) - clock("19:30") for job, at in starts.items()})


@check("plan-02")
def weekly_call(ref):
    new_york, europe = (date(2025, 3, 9), date(2025, 11, 2)), (date(2025, 3, 30), date(2025, 10, 26))
    hours = {"New York": (-300, new_york, [("08:45", "17:30")]),
             "London": (0, europe, [("09:00", "12:30"), ("13:30", "18:00")]),
             "Berlin": (60, europe, [("09:00", "14:30"), ("15:00", "16:00")]),
             "Bengaluru": (330, None, [("10:00", "20:30")])}
    wednesdays = [date(2025, 1, 1) + timedelta(7 * n) for n in range(53)]
    wednesdays = [day for day in wednesdays if day.year == 2025]
    assert all(day.weekday() == 2 for day in wednesdays)

    def offset(city, day):
        standard, summer, _ = hours[city]
        return standard + (60 if summer and summer[0] <= day < summer[1] else 0)

    def works(day, start_utc):
        return all(any(clock(a) <= start_utc + offset(city, day) and start_utc + offset(city, day) + 45 <= clock(b)
                       for a, b in free) for city, (_, _, free) in hours.items())

    march = [t for t in range(24 * 60) if works(date(2025, 3, 12), t)]
    same((march[0], march[-1], len(march)), (clock("14:00"), clock("14:15"), 16), "12 March")
    ten = [day for day in wednesdays if works(day, clock("10:00") - offset("New York", day))]
    same(ten, [date(2025, 3, 12), date(2025, 3, 19), date(2025, 3, 26), date(2025, 10, 29)], "10:00 in New York")
    always = {city: [t for t in range(24 * 60) if all(works(day, t - offset(city, day)) for day in wednesdays)] for city in hours}
    same({city: (t[0], t[-1], len(t)) for city, t in always.items() if t},
         {"London": (clock("14:00"), clock("14:15"), 16), "Berlin": (clock("15:00"), clock("15:15"), 16)}, "fixed times")
    ref.says("any start from 14:00 to 14:15 UTC**", "**2. Only on 12, 19 and 26 March and 29 October.**",
             "Start at 14:00–14:15 London = 15:00–15:15 Berlin.**")


@check("plan-03")
def refit(ref):
    days, price = dict(A=6, B=9, C=4, D=9, E=6), dict(A=450, B=700, C=200, D=650, E=450)
    plans = []
    for cut in product(range(3), repeat=5):
        a, b, c, d, e = (days[job] - n for job, n in zip(days, cut))
        plans.append((max(a + max(c, 0) + e, a + d, b + e), sum(n * price[job] for job, n in zip(days, cut)), cut))
    for target, cost, cut in ((15, 200, (0, 0, 1, 0, 0)), (14, 900, (1, 0, 0, 0, 1)), (13, 1800, (2, 0, 0, 0, 2)), (12, 3150, (2, 1, 0, 1, 2))):
        fitting = sorted((c, k) for t, c, k in plans if t <= target)
        same(fitting[0], (cost, cut), f"{target} days")
        assert fitting[1][0] > cost, "not the only best plan"
        ref.says(f"| {target} days |", f"**{cost:,}**")
    same(min(t for t, _, _ in plans), 11, "least possible")
    for target, extra in ((14, 200), (13, 200), (12, 200)):
        with_c = min(c for t, c, k in plans if t <= target and k[2] >= 1)
        same(with_c - min(c for t, c, _ in plans if t <= target), extra, "never taking C back")


@check("plan-04")
def van(ref):
    rows = ["15 30 20 20 25 15", "25 5 15 40 30", "30 10 35 25", "20 45 35", "30 20", "10"]
    drive = {}
    for i, row in enumerate(rows):
        assert all(number in ref.questions[0] for number in row.split())
        for j, minutes in enumerate(map(int, row.split()), i + 1):
            drive[i, j] = drive[j, i] = minutes
    stops = {1: ("10:30", "11:15", 10), 2: ("10:15", "11:45", 20), 3: ("10:00", "11:30", 20), 4: ("08:30", "09:15", 10),
             5: ("08:30", "10:00", 20), 6: ("09:45", "11:15", 20)}

    def back(order, leave):
        at, now = 0, leave
        for stop in order:
            opens, closes, unloading = stops[stop]
            now = max(now + drive[at, stop], clock(opens))
            if now > clock(closes):
                return None
            at, now = stop, now + unloading
        return now + drive[at, 0]

    tours = {order: back(order, clock("08:00")) for order in permutations(stops)}
    tours = {order: end for order, end in tours.items() if end is not None}
    best = (4, 5, 6, 2, 1, 3)
    same((len(tours), min(tours, key=tours.get), sorted(tours.values())), (3, best, [clock("12:10"), clock("12:30"), clock("12:30")]), "tours")
    same(max(t for t in range(480, 600) if back(best, t)), clock("08:15"), "latest departure")
    same(back(best, clock("08:15")), clock("12:10"), "return")
    ref.says("**4 – 5 – 6 – 2 – 1 – 3, back at 12:10. Leave at 08:15 at the latest. Three orders are possible at all.**")


@check("plan-05")
def ward(ref):
    need = (3, 4, 8, 2, 8, 8, 7)

    def rotas(people):
        """How many begin their five days on each day of the week."""
        found = []

        def place(day, begun, left):
            if day == 7:
                if left == 0 and all(sum(begun[(d - k) % 7] for k in range(5)) >= need[d] for d in range(7)):
                    found.append(tuple(begun))
                return
            for n in range(left + 1):
                place(day + 1, begun + [n], left - n)

        place(0, [], people)
        return found

    same((rotas(8), rotas(9)), ([], [(1, 1, 5, 0, 1, 1, 0)]), "rotas")
    days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    for first, people in enumerate(rotas(9)[0]):
        if people:
            ref.says(f"| {days[(first + 5) % 7]}–{days[(first + 6) % 7]} | {people} | {days[first]}–{days[(first + 4) % 7]} |")
    ref.says("Mon 3, Tue 4, Wed 8, Thu 7, Fri 8, Sat 8, Sun 7")


@check("plan-07")
def features(ref):
    value = dict(zip("ABCDEFGHIJ", (12, 15, 20, 4, 18, 11, 5, 9, 7, 15)))
    weeks = dict(zip("ABCDEFGHIJ", (5, 8, 3, 5, 6, 2, 6, 3, 2, 7)))
    choices = []
    for size in range(11):
        for chosen in map(set, combinations(value, size)):
            needs = all(other in chosen for one, other in ("CA", "FB", "HC", "JE") if one in chosen)
            if needs and not {"D", "G"} <= chosen and sum(weeks[f] for f in chosen) <= 24:
                choices.append((sum(value[f] for f in chosen) + 6 * ({"B", "E"} <= chosen), "".join(sorted(chosen))))
    choices.sort(reverse=True)
    same(choices[:2], [(82, "ABCEF"), (78, "ABCEI")], "best choices")
    assert max(v for v, c in choices if "B" not in c) <= 76.7 and max(v for v, c in choices if "E" not in c and "B" in c) < 75
    assert (70, "ACDEHI") in choices
    ref.says("**Take A, B, C, E, F: 24 weeks, value 12 + 15 + 20 + 18 + 11 + 6 = 82.**", "{A, C, D, E, H, I}, 24 weeks, value 70")


@check("plan-08")
def capacity(ref):
    def simulate(models, judge_calls=20, judge_tokens=200_000):
        """Second by second: answers come in batches of eight for each model, games flow at the judge's tightest limit."""
        assert 8 / 24 < min(60 / 60, 90_000 / 1200 / 60)
        judged_per_second = min(judge_calls / 15, 120 / 60, judge_tokens / 3000 / 60)
        answered, judged, t = 0.0, 0.0, 0
        while judged < models * 1000 - 1e-9:
            t += 1
            answered = models * min(500, 8 * (t // 24))
            judged = min(2 * answered, judged + judged_per_second)
        return (t + 15) / 60

    same((500 / (8 * 60 / 24), 1000 * 3000 / 200_000), (25.0, 15.0), "phases")
    assert abs(simulate(1) - 25.25) < 0.5 and abs(simulate(5) - 75.5) < 0.5
    assert abs(simulate(5, judge_tokens=400_000) - 63) < 0.5 and simulate(5, judge_calls=40) == simulate(5)
    assert abs(simulate(5, judge_calls=50, judge_tokens=600_000) - simulate(5)) > 30
    answer, game = 300 * 0.5 + 900 * 2, 2400 * 2.5 + 600 * 10
    same((round((500 * answer + 1000 * game) / 1e6, 3), round(5 * (500 * answer + 1000 * game) / 1e6, 3)), (12.975, 64.875), "cost")
    ref.says("**40 min**", "**about 25 min**", "**about 75½ min**", "**about 63 min**", "**$12.98** (12.975)", "**$64.88** (64.875)",
             "**200 requests/min, 200 · 3,000 = 600,000 tokens/min, 200 · 15/60 = 50 calls at a time.**")


@check("plan-09")
def trains(ref):
    cells = re.findall(r"\| (\d+) \| (\w+) ([\d:]+) \| (\w+) ([\d:]+)", ref.questions[0])
    timetable = {int(n): (a, clock(dep), b, clock(arr)) for n, a, dep, b, arr in cells}
    same(len(timetable), 15, "trains")
    change = {"Aue": 10, "Born": 8, "Cronau": 6}

    def arrival(place, ready, late=None, trains=timetable):
        """Earliest arrival in Sand when one can board from the given minute; late: a train that arrives ten minutes late."""
        if place == "Sand":
            return ready
        best = None
        for n, (a, departs, b, arrives) in trains.items():
            if a == place and departs >= ready:
                end = arrives + (10 if n == late else 0)
                reached = arrival(b, end + change.get(b, 0), late)
                best = reached if best is None or (reached is not None and reached < best) else best
        return best

    def by_train(n, late=None):
        return arrival("Norden", timetable[n][1], late, {n: timetable[n]})

    same(arrival("Norden", clock("12:00")), clock("15:35"), "earliest")
    starts = [n for n, t in timetable.items() if t[0] == "Norden"]
    same(max(timetable[n][1] for n in starts if (by_train(n) or 9999) <= clock("17:10")), clock("13:30"), "latest")
    # Re-planning on the way: after train 1 late, from Aue; after 6 late, from Cronau; 12 late.
    same([arrival("Aue", clock("13:00") + 10), arrival("Cronau", clock("14:20") + 6), clock("15:35") + 10],
         [clock("16:35"), clock("15:55"), clock("15:45")], "delays")

    def robust(n):
        """Any one train that is used may be late; the traveller learns of it only on board."""
        deadline = clock("17:10")

        @lru_cache(None)
        def safe(place, ready, spent):
            if place == "Sand":
                return ready <= deadline
            return any(safe(b, arrives + change.get(b, 0), spent) and (spent or safe(b, arrives + 10 + change.get(b, 0), True))
                       for a, departs, b, arrives in timetable.values() if a == place and departs >= ready)

        _, _, b, arrives = timetable[n]
        return safe(b, arrives + change[b], False) and safe(b, arrives + 10 + change[b], True)

    same([n for n in starts if robust(n)], [1, 2], "robust departures")
    ref.says("**a) 15:35.** Train 1", "train 6 to Cronau", "train 12.", "**b) 13:30**, train 4", "train 11: **16:35**", "14:40: **15:55**",
             "*Train 12 late:* **15:45**", "**d) 12:40.** Train 2")


@check("plan-10")
def exams(ref):
    candidates = dict(Algebra=95, Biology=70, Chemistry=60, Economics=110, Geography=35, History=40, Latin=30, Physics=75, Statistics=100)
    listed = ref.questions[0].split("same time): ")[1].split(".")[0]
    free = {frozenset(pair.split("–")) for pair in listed.split(", ")}
    same((len(free), set().union(*free) <= set(candidates)), (14, True), "pairs")
    names, found = list(candidates), []

    def place(i, slots):
        if i == len(names):
            at = {exam: k + 1 for k, slot in enumerate(slots) for exam in slot}
            if (at["Latin"] == 5 and (at["Algebra"] <= 3) != (at["Physics"] <= 3) and at["Economics"] < at["Statistics"]
                    and abs(at["Chemistry"] - at["Biology"]) >= 2 and at["History"] <= 2):
                found.append(slots)
            return
        for k in range(5):
            slot = slots[k]
            fits = not slot or (len(slot) == 1 and frozenset((slot[0], names[i])) in free
                                and min(candidates[slot[0]], candidates[names[i]]) <= 80)
            if fits:
                place(i + 1, slots[:k] + (slot + (names[i],),) + slots[k + 1:])

    place(0, ((),) * 5)
    same([sorted(slot) for slot in found[0]] if len(found) == 1 else len(found),
         [["Economics"], ["History", "Statistics"], ["Algebra", "Biology"], ["Geography", "Physics"], ["Chemistry", "Latin"]], "timetable")
    for k, (large, small) in enumerate((("Economics", None), ("Statistics", "History"), ("Algebra", "Biology"),
                                        ("Physics", "Geography"), ("Chemistry", "Latin")), 1):
        ref.says(f"| {k} ({'Mon' if k < 4 else 'Tue'}) | {large} ({candidates[large]}) | " + (f"{small} ({candidates[small]}) |" if small else "– |"))


@check("plan-11")
def lots(ref):
    def best(demand, stock=0, down=()):
        @lru_cache(None)
        def cost(week, stock):
            if week == len(demand):
                return (0, 1, ()) if stock == 0 else (10 ** 9, 0, ())
            options = []
            for made in range(0, 1 if week in down else 141):
                left = stock + made - demand[week]
                if 0 <= left <= sum(demand[week + 1:]):
                    later, ways, plan = cost(week + 1, left)
                    options.append(((180 if made else 0) + 2 * left + later, ways, (made,) + plan))
            if not options:
                return 10 ** 9, 0, ()
            least = min(options)[0]
            return least, sum(o[1] for o in options if o[0] == least), min(options)[2]
        return cost(0, stock)

    demand = (20, 30, 30, 70, 40, 60)
    same(best(demand), (800, 1, (80, 0, 0, 110, 0, 60)), "plan")
    same(best(demand[2:], 30, (1,)), (620, 1, (70, 0, 100, 0)), "new plan")
    same(best(demand, 0, (3,)), (860, 1, (50, 0, 100, 0, 100, 0)), "known from the start")
    ref.says("**Produce 80 in week 1, 110 in week 4, 60 in week 6. Cost 800.**")
    ref.says("**New plan: 70 in week 3, 100 in week 5.**", "together **620**", "= **980**", "= **860**: produce 50 in week 1, 100 in week 3, 100 in week 5", turn=1)
