#!/bin/sh
# nginx.sh [USER]: nginx in the working folder, by root with workers of USER: what it serves, takes, keeps in its cache and
# writes to its logs, before and after a reload, a rotation of logs, and a restart.
set -u

user=
if [ "$(id -u)" -eq 0 ]; then user="user ${1:-root};"; fi

nginx() { /usr/sbin/nginx -p "$PWD/" -c nginx.conf -e logs/error.log -g "$user" "$@"; }

# wait_for COMMAND...: until it succeeds, or half a minute has passed.
wait_for() {
  tries=0
  until "$@" >waiting 2>&1; do
    tries=$((tries + 1))
    if [ $tries -gt 600 ]; then echo "waited in vain for $*" && tail -n 5 logs/error.log && exit 1; fi
    sleep 0.05
  done
  rm -f waiting
}

is_ended() { [ ! -e logs/nginx.pid ] && [ ! -e front ]; }
serves() { curl -s -i --unix-socket front http://files/page | grep "$1"; }

# ask PATH [OPTION...]: an answer's status, what the cache says, and a checksum.
ask() {
  path=$1
  shift
  curl -s -o answer -w '%{http_code} ' "$@" -D head --unix-socket front "http://files/$path"
  grep -E '^X-' head | tr -d '\r' | tr '\n' ' '
  cksum <answer
  rm -f answer head
}

stop() {
  nginx -s quit
  wait_for is_ended
}

trap 'if [ -e logs/nginx.pid ]; then nginx -s stop; fi' EXIT
mkdir logs temporary cache html
chmod 777 temporary cache html
echo page >html/page
seq 100000 >html/long
nginx -t 2>&1 | sed "s|$PWD|@|"
nginx
wait_for serves first
for path in page long none page long none; do ask $path; done

seq 50000 >sent
ask sent/deep/taken -X PUT --data-binary @sent
ask sent/deep/taken
ask sent/deep/taken -X PUT --data-binary @nginx.conf
ask sent/deep/taken -X MOVE -H 'Destination: /deep/moved'
ask sent/deep/moved -X COPY -H 'Destination: /deep/copied'
ask sent/deep/copied -X DELETE
ask sent/none -X DELETE

sed -i 's/first/second/' nginx.conf
nginx -s reload
wait_for serves second
for path in page long new; do ask $path; done

mv logs/access.log logs/access.log.1
nginx -s reopen
wait_for test -s logs/access.log.1 -a -e logs/access.log
wait_for grep -q 'reopening logs' logs/error.log
ask after

stop
nginx
wait_for serves second
for path in page long none; do ask $path; done
stop
rm sent
ls logs
grep -vc page logs/access.log.1
grep -v page logs/access.log
sort logs/buffered.log | grep -v page
