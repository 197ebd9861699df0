# Puts a folder and a link to another in each other's place, again and again, and plants a link that dangles in the
# folder: `swapper.py FOLDER LINK NAME TARGET SECONDS`.
import ctypes, os, sys, time

folder, link, name, target, seconds = sys.argv[1:]
libc = ctypes.CDLL(None, use_errno=True)
held = os.open(folder, os.O_PATH)
exchange, here = 2, -100
end = time.monotonic() + float(seconds)
while time.monotonic() < end:
    for _ in range(20):
        libc.renameat2(here, folder.encode(), here, link.encode(), exchange)
    try:
        os.symlink(target, name, dir_fd=held)
    except FileExistsError:
        try:
            os.rmdir(name, dir_fd=held)
        except OSError:
            pass
