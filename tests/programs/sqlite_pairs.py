"""sqlite_pairs.py SCENARIO MODE WORD...: connections to one SQLite database, inside (started by the words) and outside
(without the library), that take turns or do not. Run with and without memfile, the output has to be the same."""
import os
import sys

from pair import Peer

scenario, mode, *words = sys.argv[1:]
CONNECT = "db = sqlite3.connect('data.db', isolation_level=None, timeout=0)"
COUNT = "db.execute('select count(*), sum(n) from t').fetchall()"
CHECK = "db.execute('pragma integrity_check').fetchall()"


def within():
    return Peer("inside", words)


def without():
    return Peer("outside", [])


def connect(peer):
    peer.quietly("import sqlite3", CONNECT)
    if "killed" not in scenario:  # a disk's own slowness is nothing to compare
        peer.quietly("db.execute('pragma synchronous=off') and None")
    if mode != "wal":  # which the database itself remembers
        peer.quietly(f"db.execute('pragma journal_mode={mode}') and None")
    return peer


def run(peer, statement):
    peer(f"db.execute({statement!r}).fetchall()")


def make_database(peer):
    """200 rows of 500 bytes: more than the small cache of hold_hot_journal."""
    connect(peer)
    run(peer, f"pragma journal_mode={mode}")
    run(peer, "create table t(n integer, text blob)")
    run(peer, "with recursive c(i) as (select 1 union all select i+1 from c where i<200) "
              "insert into t select i, zeroblob(500) from c")


def insert(peer, n):
    run(peer, f"insert into t values({n}, 'text')")


def check(*peers):
    for peer in peers:
        peer(COUNT)
        peer(CHECK)


def names():
    """The companions beside the file that the database's path leads to, and what stands anywhere else."""
    database = os.path.realpath("data.db")
    beside = [suffix for suffix in ("-journal", "-shm", "-wal") if os.path.exists(database + suffix)]
    expected = {database, *(database + suffix for suffix in beside)}
    stray = [name for name in os.listdir(".") if os.path.exists(name) and os.path.realpath(name) not in expected]
    print("beside:", *beside, "stray:", *stray)


def close(*peers):
    for peer in peers:
        peer("db.close()")
        names()
        peer.end()


def exchange(one, other):
    """Both see each other's commits, and each other's locks exclude them."""
    for n in range(1000, 1010):
        insert(one, n)
        other(COUNT)
        insert(other, -n)
        one(COUNT)
    names()
    for first, second in ((one, other), (other, one)):
        run(first, "begin immediate")
        insert(first, 1)
        second(COUNT)
        insert(second, 2)
        run(first, "commit")
        insert(second, 3)
        run(first, "begin")
        first(COUNT)
        insert(second, 4)
        first(COUNT)
        run(first, "rollback")
        run(first, "begin exclusive")
        second(COUNT)
        insert(second, 5)
        run(first, "rollback")
        run(first, "update t set n = n + 1 where n < 100")
        second(COUNT)
        run(second, "delete from t where n = 50")
        first(COUNT)
    check(one, other)


def meet(one, other):
    make_database(one)
    exchange(one, connect(other))


def inside_leaves_last():
    inside, outside = within(), without()
    meet(inside, outside)
    close(outside, inside)


def outside_leaves_last():
    inside, outside = within(), without()
    meet(inside, outside)
    close(inside, outside)


def two_inside():
    one, other = within(), within()
    meet(one, other)
    close(one, other)


def outside_comes_first():
    """The database stands there; whoever opens it first makes the companions."""
    maker, inside, outside = within(), within(), without()
    make_database(maker)
    close(maker)
    insert(connect(outside), 0)
    exchange(outside, connect(inside))
    close(outside, inside)


def outside_comes_first_and_leaves_last():
    maker, inside, outside = within(), within(), without()
    make_database(maker)
    close(maker)
    insert(connect(outside), 0)
    exchange(outside, connect(inside))
    close(inside, outside)
    again = connect(within())
    insert(again, 7)
    check(again)
    close(again)


def hold_hot_journal(peer):
    """Leaves a transaction half written to the database, its journal beside it (or its frames in the WAL)."""
    connect(peer)
    run(peer, "pragma cache_size=5")
    run(peer, "begin immediate")
    run(peer, "update t set n = -n, text = randomblob(500)")
    names()


def killed(victim, *survivors):
    make_database(maker := within())
    close(maker)
    hold_hot_journal(victim)
    victim.kill()
    for survivor in survivors:
        insert(connect(survivor), 0)
        check(survivor)
    close(*survivors)


def inside_is_killed_outside_rolls_back():
    killed(within(), without(), within())


def inside_is_killed_inside_rolls_back():
    killed(within(), within(), without())


def outside_is_killed_outside_rolls_back():
    killed(without(), without(), within())


def outside_is_killed_inside_rolls_back():
    killed(without(), within(), without())


def a_connection_sees_the_other_killed(victim, survivor):
    """It has the database open all the time."""
    make_database(survivor)
    check(survivor)
    hold_hot_journal(victim)
    victim.kill()
    check(survivor)
    insert(survivor, 1)
    check(survivor)
    close(survivor)


def outside_is_killed_before_inside():
    a_connection_sees_the_other_killed(without(), within())


def inside_is_killed_before_outside():
    maker, victim, survivor = within(), within(), without()
    make_database(maker)
    close(maker)
    connect(survivor)
    check(survivor)
    hold_hot_journal(victim)
    victim.kill()
    check(survivor)
    close(survivor)


def both_at_once():
    """1,000 commits inside; and outside, at the same time, 100 of its own."""
    inside, outside = within(), without()
    make_database(inside)
    connect(outside)
    commits = "[db.execute('insert into t values(?, ?)', (n, 'x')) and None for n in range({})] and None"
    for peer in (inside, outside):
        run(peer, "pragma busy_timeout=60000")
    inside.start(commits.format(1000))
    outside.start(commits.format(100))
    print(inside.answer(), outside.answer())
    check(inside, outside)
    close(outside, inside)


globals()[scenario]()
