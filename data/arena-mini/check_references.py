#!/usr/bin/env python3
"""Checks the reference answers of arena-mini: computes each result again, independently of the reference's derivation
(brute force, simulation, exact arithmetic, running the reference's code), and demands that the reference states it.

    python3 data/arena-mini/check_references.py [question id ...]

A question without a check must have a section in REFERENCES.md that argues why its reference is right.
Exit code 0: everything holds. 1: a mismatch, each printed with its question. Python 3.9 or newer, standard library only.
"""
import json
import pathlib
import re
import sys
import traceback

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))

from checks import logic, mathematics, planning, programming, science, writing  # noqa: E402
from checks.registry import CHECKS, Mismatch, Reference  # noqa: E402

FOLDER = pathlib.Path(__file__).parent
MODULES = (mathematics, programming, science, logic, writing, planning)


def load():
    """Questions with their references, by id, in file order."""
    questions = read(FOLDER / "question.jsonl")
    answers = {a["question_id"]: a for a in read(FOLDER / "reference_answer" / "arena-mini-reference.jsonl")}
    missing = [q["question_id"] for q in questions if q["question_id"] not in answers]
    if missing:
        raise SystemExit(f"no reference answer for {', '.join(missing)}")
    return {
        q["question_id"]: Reference(q["question_id"], q["turns"], answers[q["question_id"]]["choices"][0]["turns"])
        for q in questions
    }


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def argued():
    text = (FOLDER / "REFERENCES.md").read_text(encoding="utf-8")
    return set(re.findall(r"^### ([a-z]+-\d+)", text, flags=re.MULTILINE))


def main(wanted):
    references, notes = load(), argued()
    failures = [f"{i}: checked, but there is no such question" for i in CHECKS if i not in references]
    failures += [f"{i}: a note in REFERENCES.md, but there is no such question" for i in sorted(notes - set(references))]
    checked = 0
    for question_id, reference in references.items():
        if wanted and question_id not in wanted:
            continue
        if question_id not in CHECKS:
            if question_id not in notes:
                failures.append(f"{question_id}: neither a check nor a note in REFERENCES.md")
            continue
        try:
            CHECKS[question_id](reference)
            checked += 1
        except Mismatch as mismatch:
            failures.append(f"{question_id}: {mismatch}")
        except Exception:  # a check that breaks has checked nothing
            failures.append(f"{question_id}: the check itself failed\n{traceback.format_exc()}")
    for failure in failures:
        print(failure, file=sys.stderr)
    selected = [i for i in references if not wanted or i in wanted]
    print(f"{checked} checked, {sum(i not in CHECKS for i in selected)} argued")
    return 1 if failures else 0


if __name__ == "__main__":
    if not __debug__:
        sys.exit("the checks are assertions: run without -O")
    sys.exit(main(set(sys.argv[1:])))
