"""A slow spreadsheet for prog-06: reachability by search, arithmetic by Python's own parser."""
import random
import re
from fractions import Fraction

from .registry import same

NAMES = ["A1", "B1", "C1", "D12", "AA3", "ZZ9"]
BROKEN = ["", " 1", "1 ", "+1", "x", "=", "= ", "=1 2", "=A1 B1", "=2(3)", "=(1", "=1)", "=()", "=*2", "=2*", "=+1", "=a1",
          "=A01", "=A", "=12A1", "=1.5", "=2**3", "=2//3", "--1", "= 1 +\t2", "=1/0)", "=A1=B1", "1-1", "=,", "=A1B1"]


def compare_with_slow_spreadsheet(evaluate):
    dice = random.Random(6)
    for text in BROKEN:
        same(evaluate({"A1": text, "B1": "=1/0+A1"}), {"A1": "#SYNTAX", "B1": "#SYNTAX"}, repr(text))
    for text, value in {"=--3": 3, "=2*-3": -6, "=-2*3": -6, "=1--1": 2, "= 8 / 4 / 2 ": 1, "=2-3-4": -5, "-07": -7,
                        "=-(1+2)*-(4)": 12, "=1/3": Fraction(1, 3), "=Z9+4": 4}.items():
        same(evaluate({"A1": text}), {"A1": Fraction(value)}, text)
    same(evaluate({"A1": "=0*A1", "B1": "=1/0+A1", "C1": "=1/Z9", "D1": "x"}),
         {"A1": "#CYCLE", "B1": "#CYCLE", "C1": "#DIV", "D1": "#SYNTAX"}, "errors")
    for _ in range(2500):
        cells = {name: dice.choice(BROKEN) if dice.random() < 0.08 else formula(dice, 3)
                 for name in dice.sample(NAMES, dice.randint(1, len(NAMES)))}
        same(evaluate(cells), slow(cells), repr(cells))
    chain = {f"A{i}": f"=A{i - 1}+1" if i > 1 else "1" for i in range(1, 100_001)}
    for order in (chain, dict(reversed(chain.items()))):
        same(evaluate(order)["A100000"], Fraction(100_000), "chain")
    same(evaluate({"A1": "=" + "(" * 5000 + "-" * 5000 + "7" + ")" * 5000})["A1"], Fraction(7), "nesting")


def formula(dice, depth):
    if dice.random() < 0.15:
        return str(dice.randrange(-9, 10))

    def expression(level):
        kind = dice.random()
        if level == 0 or kind < 0.3:
            return dice.choice(NAMES) if dice.random() < 0.5 else str(dice.randrange(4))
        if kind < 0.45:
            return "-" + expression(level - 1)
        if kind < 0.6:
            return "(" + expression(level - 1) + ")"
        return expression(level - 1) + dice.choice(("+", " - ", "*", " /")) + expression(level - 1)

    return "=" + expression(depth)


def slow(cells):
    def mentions(name):
        text = cells[name]
        return set(re.findall(r"[A-Z]+[0-9]+", text)) & set(cells) if text not in BROKEN else set()

    def reachable(name):
        seen, todo = set(), [name]
        while todo:
            for other in mentions(todo.pop()) - seen:
                seen.add(other)
                todo.append(other)
        return seen

    reach = {name: reachable(name) for name in cells}
    values = {}

    def value(name):
        if name not in values:
            if any(other in reach[other] for other in reach[name] | {name}):
                values[name] = "#CYCLE"
            elif any(cells[other] in BROKEN for other in reach[name] | {name}):
                values[name] = "#SYNTAX"
            elif any(value(other) == "#DIV" for other in mentions(name)):
                values[name] = "#DIV"
            else:
                code = re.sub(r"([A-Z]+[0-9]+)|([0-9]+)",
                              lambda m: f"V({m[1]!r})" if m[1] else f"F({m[2]})", cells[name].lstrip("="))
                try:
                    values[name] = eval(code, {"V": lambda n: value(n) if n in cells else Fraction(0), "F": Fraction})
                except ZeroDivisionError:
                    values[name] = "#DIV"
        return values[name]

    return {name: value(name) for name in cells}
