"""file_pairs.py SCENARIO WORD...: a Python program and another process without the library use the same files at the same
time. Run with and without memfile inside, the output has to be the same."""
import sys

from pair import Peer

scenario, *words = sys.argv[1:]
inside, outside = Peer("inside", words), Peer("outside", [])


def reads_what_is_written():
    """While it is open, after each flush; and after it was closed."""
    inside("file = open('file', 'w')")
    outside("open('file').read()")
    inside("file.write('one ')")
    outside("open('file').read()")
    inside("file.flush()")
    outside("reader = open('file')")
    outside("reader.read()")
    inside("print('two', file=file, flush=True)")
    outside("reader.read()")
    inside("file.close()")
    outside("open('file', 'rb').read()")
    outside("__import__('subprocess').run(['cat', 'file'], capture_output=True).stdout")
    outside("__import__('os').path.getsize('file')")


def writes_what_is_read():
    """Others append, rewrite and truncate through the link."""
    inside("file = open('file', 'w+')")
    inside("print('inside', file=file, flush=True)")
    outside("print('outside', file=open('file', 'a'))")
    inside("file.seek(0) or file.read()")
    outside("open('file', 'w').write('rewritten')")
    inside("open('file').read()")
    outside("__import__('os').truncate('file', 3)")
    inside("__import__('os').path.getsize('file')")
    inside("file.seek(0) or file.read()")


def keeps_reading_what_is_removed():
    inside("open('file', 'w').write('text')")
    outside("reader = open('file')")
    inside("__import__('os').remove('file')")
    outside("reader.read()")
    outside("open('file')")
    inside("open('file', 'w').write('another')")
    outside("reader.seek(0) or reader.read()")
    outside("open('file').read()")


def sees_what_replaces():
    """An atomic save: written under another name, renamed into place."""
    inside("open('file', 'w').write('old')")
    outside("reader = open('file')")
    inside("open('file.new', 'w').write('new')")
    inside("__import__('os').replace('file.new', 'file')")
    outside("reader.read()")
    outside("open('file').read()")
    outside("open('file.new')")
    inside("open('file').read()")


globals()[scenario]()
inside.end()
outside.end()
