#!/usr/bin/env python3
"""A program that knows nothing of memfile: writes two files with the built-in open(), or removes them."""
import os
import pathlib
import sys

if sys.argv[1:] == ["remove"]:
    os.remove("myfile.txt")
    pathlib.Path("rawbytes").unlink()
else:
    with open("myfile.txt", "w") as text:
        text.write("Hello, world!" * 30)
    with open("rawbytes", "wb") as raw:
        raw.write(b"Hello, world!" * 30)
