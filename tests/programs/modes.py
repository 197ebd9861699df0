"""All that the built-in open() can do, printed: run with and without memfile, the output has to be the same."""
import io
import os
import pathlib


def show(name, call):
    try:
        print(name, repr(call()))
    except (OSError, ValueError, io.UnsupportedOperation) as error:
        print(name, type(error).__name__, getattr(error, "errno", None))


def use(path, mode, **options):
    binary = "b" in mode
    with open(path, mode, **options) as file:
        results = [file.readable(), file.writable(), file.seekable(), file.tell()]
        if file.writable():
            results.append(file.write(b"bytes\r\n" if binary else "text \u00e4\n"))
        if file.readable():
            file.seek(0)
            results.append(file.read())
    with open(path, "rb") as file:
        results.append(file.read())
    return results


for base in "rwxa":
    for kind in ("", "b", "t"):
        for plus in ("", "+"):
            mode = base + kind + plus
            for before in (None, b"before\n"):
                if os.path.exists("file"):
                    os.remove("file")
                if before is not None:
                    pathlib.Path("file").write_bytes(before)
                options = {} if kind == "b" else {"encoding": "utf-8"}
                show(f"{mode} {before}", lambda: use("file", mode, **options))

for encoding in ("utf-8", "latin-1", "utf-16"):
    for newline in (None, "", "\n", "\r\n"):
        show(f"{encoding} {newline!r}", lambda: use("file", "w", encoding=encoding, newline=newline))
for buffering in (-1, 0, 1, 100):
    show(f"buffering {buffering}", lambda: use("file", "wb", buffering=buffering))
    show(f"buffering {buffering} text", lambda: use("file", "w", buffering=buffering, encoding="utf-8"))

file = open("plain", "w")
file.write("without a context manager")
file.flush()
print(open("plain").read(), os.stat("plain").st_size, os.path.islink("plain"), os.path.isfile("plain"))
file.close()
with open("plain", "a") as file:
    file.write(", appended")
print(open("plain").read(), sorted(os.listdir(".")))
os.remove("plain")
show("removed", lambda: open("plain"))
pathlib.Path("file").unlink()
print(sorted(os.listdir(".")))
pathlib.Path("kept").write_text("kept")
