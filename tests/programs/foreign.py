"""All that can be done to the symbolic link `link`, each time to a fresh one, made by the shell script `make`; `target` then
tells what became of all that such a link leads to. Run with and without memfile, the output has to be the same."""
import os
import pathlib
import stat
import subprocess
import sys


def show(name, call):
    try:
        result = call()
    except OSError as error:
        result = f"{type(error).__name__} {error.errno}"
    print(name, repr(result))
    look("  then", "link")
    if os.path.lexists("other"):
        look("  then", "other")


def look(name, path):
    """What stands there; st_ino tells whether what it leads to is the same file."""
    try:
        status = os.lstat(path)
        kind = stat.filemode(status.st_mode)
        size = status.st_size if stat.S_ISREG(status.st_mode) else ""
        target = os.readlink(path) == open("target-text").read() if os.path.islink(path) else ""
        print(name, path, kind, size, target, pathlib.Path(path).is_file(), os.path.exists(path))
    except OSError as error:
        print(name, path, type(error).__name__, error.errno)


def read(path):
    with open(path) as file:
        return file.read()


def write(mode):
    with open("link", mode) as file:
        return file.write("written")


steps = {
    "read": lambda: read("link"),
    "open w": lambda: (write("w"), read("link")),
    "open a": lambda: (write("a"), read("link")),
    "open x": lambda: write("x"),
    "open r+": lambda: (write("r+"), read("link")),
    "open without following": lambda: os.close(os.open("link", os.O_RDWR | os.O_NOFOLLOW)),
    "create without following": lambda: os.close(os.open("link", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW)),
    "open the link itself": lambda: os.close(os.open("link", os.O_PATH | os.O_NOFOLLOW)),
    "truncate": lambda: os.truncate("link", 2),
    "remove": lambda: os.remove("link"),
    "unlink": lambda: pathlib.Path("link").unlink(),
    "rename": lambda: os.rename("link", "other"),
    "rename over a file": lambda: (open("other", "w").write("other"), os.rename("link", "other")),
    "rename over it": lambda: (open("other", "w").write("other"), os.rename("other", "link"), read("link")),
    "remove after a rename": lambda: (os.rename("link", "other"), os.remove("other")),
}
without_library = {**os.environ, "MEMFILE": "0"}
for name, step in steps.items():
    sys.stdout.flush()
    for path in ("link", "other"):
        if os.path.lexists(path):
            os.remove(path)
    subprocess.run(["sh", "make"], check=True, env=without_library)
    look("before", "link")
    show(name, step)
    subprocess.run(["sh", "target"], env=without_library)
