"""What a check needs: the reference's text, and a way to register under a question id."""
import re

CHECKS = {}


class Mismatch(Exception):
    """What was computed and what the reference says differ."""


class Reference:
    """The question's turns and the reference's answers to them."""

    def __init__(self, question_id, questions, answers):
        self.question_id = question_id
        self.questions = questions
        self.answers = answers

    def says(self, *fragments, turn=0):
        """The answer contains each fragment, white space and line breaks aside."""
        text = " ".join(self.answers[turn].split())
        for fragment in fragments:
            if " ".join(fragment.split()) not in text:
                raise Mismatch(f"computed {fragment!r}, not in the answer to turn {turn + 1}")

    def code(self, language, turn=0, index=0):
        """A fenced code block of the answer."""
        blocks = re.findall(rf"^```{language}\n(.*?)^```", self.answers[turn], flags=re.MULTILINE | re.DOTALL)
        if len(blocks) <= index:
            raise Mismatch(f"no code block number {index + 1} of {language} in the answer to turn {turn + 1}")
        return blocks[index]

    def run(self, language="python", turn=0, index=0):
        """The names that a Python code block of the answer defines."""
        names = {"__name__": "reference"}
        exec(compile(self.code(language, turn, index), self.question_id, "exec"), names)  # our own reference's code
        return names

    def section(self, start, end=None, turn=0):
        """The lines of the answer after the line that equals start, up to the line that equals end."""
        lines = self.answers[turn].split("\n")
        if start not in lines:
            raise Mismatch(f"no line {start!r} in the answer to turn {turn + 1}")
        rest = lines[lines.index(start) + 1:]
        return "\n".join(rest[:rest.index(end)] if end is not None else rest).strip("\n")


def check(question_id):
    def register(function):
        assert question_id not in CHECKS, question_id
        CHECKS[question_id] = function
        return function
    return register


def same(computed, expected, what):
    if computed != expected:
        raise Mismatch(f"{what}: computed {computed!r}, expected {expected!r}")
