"""All that the built-in open() can do, printed: run with and without memfile, the output has to be the same."""
import io
import itertools
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
        results = [file.name, file.readable(), file.writable(), file.seekable(), file.tell()]
        if file.writable():
            results.append(file.write(b"bytes\r\n" if binary else "text \u00e4\nsecond\r\n"))
        if file.readable():
            file.seek(0)
            results.append(file.read())
            file.seek(0)
            results.append(list(file))
    with open(path, "rb") as file:
        results.append(file.read())
    return results


def prepare(path, before):
    if os.path.exists(path):
        os.remove(path)
    if before is not None:
        pathlib.Path(path).write_bytes(before)


for base, kind, plus in itertools.product("rwxa", ("", "b", "t"), ("", "+")):
    for before in (None, b"", b"before\r\n"):
        mode = base + kind + plus
        prepare("file", before)
        show(f"{mode} {before}", lambda: use("file", mode, **({} if kind == "b" else {"encoding": "utf-8"})))
for mode in ("", "rw", "wa", "bt", "b", "+", "ww", "U", "wbb", "z"):
    show(f"{mode!r} is no mode", lambda: use("none", mode))

for encoding, newline in itertools.product(("utf-8", "latin-1", "utf-16"), (None, "", "\n", "\r", "\r\n")):
    for mode in ("w", "w+", "a+", "r+", "r"):
        show(f"{mode} {encoding} {newline!r}", lambda: use("file", mode, encoding=encoding, newline=newline))
for mode, buffering in itertools.product(("w", "wb", "w+b", "ab", "rb", "a"), (-1, 0, 1, 100)):
    options = {} if "b" in mode else {"encoding": "utf-8"}
    show(f"{mode} buffering {buffering}", lambda: use("file", mode, buffering=buffering, **options))
for errors in ("strict", "ignore", "replace", "backslashreplace"):
    show(f"errors {errors}", lambda: use("file", "w", encoding="ascii", errors=errors))
    show(f"errors {errors} read", lambda: use("file", "r", encoding="ascii", errors=errors))
show("newline without text", lambda: use("file", "wb", newline="\n"))
for path in ("none/file", ".", "", "file/below", "n" * 256, "nul\0byte"):
    show(f"{path[:10]!r} {len(path)}", lambda: use(path, "w"))
