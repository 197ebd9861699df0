// Programs at hand on every Debian, plainly and with memfile: output, exit code, and what they leave.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/twins.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

namespace {

// Every command starts with two files of its own: `f`, and `old` in a folder `d`.
const std::string start = "printf 'b 2\\na 1\\nc 3\\n' >f; mkdir d; printf old >d/old; ";

const std::vector<std::string> commands{
    // perl
    R"(perl -e 'open(F, ">", "p") or die; print F "one\n"; close F; open(F, ">>", "p"); print F "two\n"; close F;
open(F, "+<", "p"); print scalar <F>; seek(F, 0, 2); print F "three\n"; close F;
print -s "p", -f "p", -l "p" ? "link" : "no link"'; cat p)",
    R"(perl -MFcntl -e 'sysopen(F, "p", O_RDWR|O_CREAT|O_EXCL, 0640) or die; syswrite F, "text";
sysopen(G, "p", O_RDWR|O_CREAT|O_EXCL) or print "$!\n"; rename "p", "q"; truncate "q", 2;
print unlink("q", "none"), -e "q" ? 1 : 0')",
    R"(perl -i -pe 's/\d/X/' f; cat f; perl -i.bak -pe 's/X/Y/' f; cat f f.bak)",
    R"(perl -MFile::Temp=tempfile -MFile::Copy -e '($h, $n) = tempfile(DIR => "."); print $h "x"; close $h;
print -s $n; copy($n, "c"); move($n, "m"); print -s "c", -s "m"')",
    // awk
    R"(awk '{ print $2 > "n"; print $1 >> "l"; print | "sort >s" } END { close("n");
while ((getline x < "n") > 0) t += x; print t; system("rm n"); print length(t) > "/dev/stderr" }' f; cat l s)",
    // sed, sort, tee, dd, split, truncate
    R"(sed -i 's/a/A/' f; cat f; sed -i.bak -e 1d f; cat f f.bak; sed -n 'w written' f; cat written)",
    R"(sed -i -s '1iheader' f d/old; cat f d/old; sed -i --follow-symlinks s/header/HEADER/ f; cat f)",
    R"(sort -o f f; cat f; sort -r -o f f f; cat f; sort -u f -o other; sort -c f)",
    R"(echo text | tee one two d/three; echo more | tee -a one; cat one two d/three; echo x | tee none/x)",
    R"(dd if=f of=out bs=1 skip=2 count=3 status=none;
dd if=f of=out bs=1 seek=1 count=1 conv=notrunc status=none; cat out)",
    R"(split -l 1 f part-; cat part-*; truncate -s 2 f; cat f; truncate -s 10 new; wc -c new;
truncate -c -s 1 none; ls)",
    R"(csplit -s f 2; cat xx00 xx01; comm f f; join f f 2>&1; uniq f u; cat u; shuf -o sh f; wc -l sh; rm sh;
nl f >f.nl; cat f.nl)",
    // cp, mv, rm, install, touch
    R"(cp f copy; cat copy; cp copy d; cp f d/old; cat d/old; cp f f; cp -f f copy; cp -n d/copy copy; cp none x;
ls d)",
    R"(mv f g; cat g; mv f h; mv g d; cat d/f d/g; mv d/g d/old; cat d/old; mv -n d/old g; mv -v g h; echo x >x;
mv -f x h; cat h)",
    R"(mv -T d e; cat e/old; echo 1 >1; echo 2 >2; mv -b 1 2; cat 2 '2~'; mv 2 e/old; cat e/old; rm -r e; ls)",
    R"(install -m 640 f i; cat i; stat -c %a i; install -D f a/b/c; cat a/b/c; install -b f i; ls; install -d dir;
install -C f i)",
    R"(touch t; touch -d @1000000000 t; stat -c '%Y %s' t; touch -c none; touch -r t f; stat -c %Y f; touch -am f;
ls)",
    R"(rm f; rm f; rm -f f; rm d/old; rmdir d; rm -rv .; echo x >x; rm -i x; rm -v x; echo kept >kept)",
    R"(chmod 600 f; stat -c %a f; chmod +w f; [ -w f ] && echo w; test f -nt d/old; echo $?; stat -c '%F %h %s' f;
file f)",
    R"(ln f hard 2>/dev/null; rm -f hard; wc f; cmp f f && diff f d/old; cksum f; od -c f; head -c 3 f;
tail -n 1 f; grep -c . f)",
    // compression and archives, into stdout and back
    R"(gzip -n f; gzip -t f.gz; gzip -dc f.gz; gunzip f.gz; cat f; gzip -nk f; zcat f.gz; cat f)",
    R"(tar -cf t.tar --mtime=@0 f d/old; tar -tf t.tar; tar -xOf t.tar f; tar -rf t.tar --mtime=@0 d;
tar -tf t.tar; tar -df t.tar f; echo $?)",
    R"(diff -u --label f --label f f d/old >p; patch -s f <p; cat f; patch -sR f <p; cat f; ls)",
    R"(bc <<E >n
6*7
E
cat n; find f -size -1k -print; xargs -a f echo; ls)",
    R"(make -f - <<'E'
all: out; cat out
out: f; cp f out
E
touch -d @2000000000 out; ls)",
};

}  // namespace

BOOST_AUTO_TEST_SUITE(common_programs)

BOOST_DATA_TEST_CASE(do_as_on_disk, data::make(preloaded_ways) * data::make(commands), way, command) {
  const Twins twins(way);
  BOOST_TEST(twins.verdict(start + "{ " + command + "\n}; echo exit code $?; echo kept >kept") == "");
  BOOST_TEST(twins.left_behind() == "");
}

BOOST_AUTO_TEST_SUITE_END()
