"""A writer that ends without closing its database: `unclosed.py DATABASE`. What it has committed is to be found afterwards, and
nothing of the transaction that it was in, half of which has been written to the database already."""
import os
import sqlite3
import sys

db = sqlite3.connect(sys.argv[1], isolation_level=None)
for batch in range(5):
    db.execute("begin immediate")
    db.executemany("insert into t values(?, ?)", ((batch * 200 + n, "committed" * 20) for n in range(200)))
    db.execute("commit")
db.execute("pragma cache_size=5")
db.execute("begin immediate")
db.execute("update t set n = -n, text = randomblob(150)")
print(sorted(os.listdir()), flush=True)
os._exit(0)
