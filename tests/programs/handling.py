"""What else Python does with files: without a context manager, by descriptor, by pathlib, io, shutil and tempfile; and
their removal. Printed: run with and without memfile, the output has to be the same."""
import codecs
import gzip
import io
import json
import mmap
import os
import pathlib
import pickle
import shutil
import stat
import sys
import tempfile
import zipfile


def show(name, call):
    try:
        print(name, repr(call()))
    except (OSError, ValueError) as error:
        print(name, type(error).__name__, getattr(error, "errno", None))


# Without a context manager; never closed, too.
file = open("plain", "w")
file.write("without a context manager")
print(os.stat("plain").st_size, file.flush(), os.stat("plain").st_size)
print(open("plain").read(), os.path.islink("plain"), os.path.isfile("plain"), stat.filemode(os.lstat("plain").st_mode))
file.close()
appending = open("plain", "a")
appending.write(", appended")
reading = open("plain")
print(repr(reading.read()), appending.flush(), repr(reading.read()))
appending.close()
show("closed", lambda: appending.write("more"))
with open("plain", "r+") as file:
    print(file.truncate(7), file.seek(0, os.SEEK_END), os.fstat(file.fileno()).st_ino == os.stat("plain").st_ino)
sys.stdout.flush()
left_open = open("left-open", "w")
left_open.write("flushed at exit")

# By descriptor, and by an opener in a folder.
os.mkdir("folder")
folder = os.open("folder", os.O_RDONLY)
with open("inside", "w", opener=lambda path, flags: os.open(path, flags, dir_fd=folder)) as file:
    file.write("by an opener")
fd = os.open("descriptor", os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o640)
with open(fd, "w+", closefd=False) as file:
    file.write("by descriptor")
print(os.pread(fd, 100, 0), os.lseek(fd, 0, os.SEEK_CUR), os.close(fd), oct(os.stat("descriptor").st_mode))
show("exclusive", lambda: os.open("descriptor", os.O_RDWR | os.O_CREAT | os.O_EXCL))
show("no link", lambda: os.close(os.open("descriptor", os.O_RDONLY | os.O_NOFOLLOW)))
show("readlink", lambda: os.readlink("descriptor"))

# By the standard library.
path = pathlib.Path("folder") / "by pathlib"
print(path.write_text("text"), path.write_bytes(b"bytes"), path.read_bytes(), path.is_file(), path.is_symlink())
with path.open("a", encoding="utf-8") as file:
    print(file.write(" more"), path.stat().st_size, path.lstat().st_size)
path.touch()
path.chmod(0o600)
print(pathlib.Path("touched").touch(), pathlib.Path("touched").stat().st_size)
show("touched again", lambda: pathlib.Path("touched").touch(exist_ok=False))
print(io.FileIO("raw", "x").write(b"raw"), codecs.open("coded", "w", "utf-16-le").write("coded"))
json.dump({"a": [1, 2]}, open("data.json", "w"))
pickle.dump([1, 2], open("data.pickle", "wb"), protocol=4)
print(json.load(open("data.json")), pickle.load(open("data.pickle", "rb")))
with gzip.GzipFile("data.gz", "wb", mtime=0) as file:
    file.write(b"packed" * 100)
print(len(gzip.open("data.gz").read()))
with zipfile.ZipFile("data.zip", "w") as archive:
    archive.writestr(zipfile.ZipInfo("member"), "in an archive")
print(zipfile.ZipFile("data.zip").read("member"))
with open("mapped", "w+b") as file:
    file.write(b"0123456789")
    file.flush()
    with mmap.mmap(file.fileno(), 10) as memory:
        memory[0:4] = b"abcd"
print(open("mapped", "rb").read())
with tempfile.NamedTemporaryFile("w+", dir=".", prefix="gone-") as file:
    print(file.write("temporary"), os.path.getsize(file.name), os.path.exists(file.name))
print(os.path.exists(file.name))
print(shutil.copyfile("mapped", "copied"), shutil.copy("mapped", "folder"), shutil.move("copied", "moved"))

# Replacing, and removing in every way.
print(os.rename("moved", "renamed"), os.replace("coded", "raw"), open("raw", "rb").read())
show("moved away", lambda: open("moved"))
for name in ("plain", "renamed", "data.gz"):
    os.remove(name)
    show(f"{name} removed", lambda: open(name))
    show(f"{name} removed again", lambda: os.remove(name))
pathlib.Path("data.zip").unlink()
show("unlinked again", lambda: pathlib.Path("data.zip").unlink())
show("unlinked again, missing", lambda: pathlib.Path("data.zip").unlink(missing_ok=True))
os.unlink("inside", dir_fd=folder)
with open("removed-while-open", "w+") as file:
    file.write("still there")
    os.remove("removed-while-open")
    file.seek(0)
    print(file.read(), os.fstat(file.fileno()).st_nlink, os.path.exists("removed-while-open"))
shutil.rmtree("folder")
print(sorted(os.listdir(".")))
