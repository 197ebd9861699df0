"""Two processes that take turns in one folder, and what each of them said: `inside` is started by the words on the command
line (with memfile, or with nothing), `outside` without the library, as this driver is itself."""
import os
import subprocess

PEER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "peer.py")


class Peer:
    def __init__(self, name, words):
        self.name = name
        self.process = subprocess.Popen(
            [*words, "/usr/bin/python3", "-B", PEER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def start(self, step):
        """Tells it to do a step; the answer is to be awaited."""
        self.process.stdin.write(step + "\n")
        self.process.stdin.flush()

    def answer(self):
        return self.process.stdout.readline().rstrip("\n")

    def __call__(self, step):
        self.start(step)
        print(f"{self.name}: {step} -> {self.answer()}", flush=True)

    def quietly(self, *steps):
        """Steps that say nothing: anything they do say is shown."""
        for step in steps:
            self.start(step)
            answer = self.answer()
            if answer != "None":
                print(f"{self.name}: {step} -> {answer}", flush=True)

    def kill(self):
        self.process.kill()
        self.process.communicate()
        print(f"{self.name}: killed", flush=True)

    def end(self):
        self.process.communicate()
        print(f"{self.name}: ended, {self.process.returncode}", flush=True)
