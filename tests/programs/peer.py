"""Does what it is told on stdin, a line of Python at a time, and says in a line what came of it."""
import sys

names = {}
for step in sys.stdin:
    try:
        code = compile(step.strip(), "step", "eval")
    except SyntaxError:
        code = compile(step.strip(), "step", "exec")
    try:
        print(repr(eval(code, names)), flush=True)
    except Exception as error:
        print(type(error).__name__, error, flush=True)
