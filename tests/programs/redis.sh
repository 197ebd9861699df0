#!/bin/sh
# redis.sh CHAPTER: redis in the folder data with every command synced; what it answers, and what it finds after a restart.
# `writes` ends it in order and by a signal, `rewrites` lets it write its files anew, `reads` asks what is there.
set -u

client() { redis-cli -s data/socket "$@"; }

start() {
  redis-server --port 0 --dir data --unixsocket socket --logfile log --appendonly yes --appendfsync always \
    --enable-debug-command local --save '' &
  server=$!
  until [ "$(client ping 2>/dev/null)" = PONG ]; do
    if ! kill -0 $server 2>/dev/null; then tail -n 3 data/log && exit 1; fi
    sleep 0.02
  done
}

stop() {
  client shutdown
  wait $server
  echo "ended with $?"
}

end_by_signal() {
  kill -KILL $server
  wait $server 2>/dev/null
  echo "ended with $?"
}

# until_zero FIELD: waits until the server says so.
until_zero() {
  while ! client info persistence | grep -q "^$1:0"; do sleep 0.02; done
}

ask() {
  client dbsize
  client debug digest
  client get key7
  client lrange list 0 -1
}

trap 'kill -KILL $server 2>/dev/null' EXIT
mkdir -p data
start
case $1 in
  writes)
    seq 300 | sed 's/.*/set key& value&/' | client | sort | uniq -c
    client rpush list a b c
    end_by_signal
    start
    ask
    printf 'multi\nincr number\nincr number\nexec\n' | client
    stop
    start
    client incr number
    ask
    stop
    ;;
  rewrites)
    client set key7 changed
    client del key8 key9
    client bgrewriteaof >/dev/null
    until_zero aof_rewrite_in_progress
    client set after rewriting
    client config set save '900 1'
    client bgsave >/dev/null
    until_zero rdb_bgsave_in_progress
    client set after saving
    client config rewrite 2>&1
    end_by_signal
    start
    ask
    stop
    redis-check-aof data/appendonlydir/appendonly.aof.manifest | grep -c valid
    redis-check-rdb data/dump.rdb | grep -o 'RDB looks OK'
    printf "*2\r\n\$3\r\ndel\r\n\$4\r\nke" >>data/appendonlydir/"$(cd data/appendonlydir && echo ./*.incr.aof)"
    start
    ask
    stop
    grep -c 'Truncating the AOF' data/log
    ;;
  reads)
    ask
    stop
    ;;
esac
