// Programs that take whole trees from disk into RAM, back, and from RAM to RAM: what they copy is all of it, links,
// hard links, modes, times, extended attributes, ACLs and holes included.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/twins.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

namespace {

const Covered ram_folder{.rules = R"({"version": 1, "base": "@", "rules": [{"match": "ram/**"}]})",
                         .paths = "-path './ram/*'"};

// On disk, by programs without the library.
const std::string tree =
    "mkdir -p disk/d/empty ram; cd disk; echo text >f; ln f d/hard; ln -s f link; ln -s /none dangling; >none; "
    "printf '#!/bin/sh\\necho ran\\n' >d/x; chmod 755 d/x; echo secret >d/secret; chmod 600 d/secret; "
    "seq 30000 >long; truncate -s 1M holes; echo end >>holes; mkfifo pipe; "
    "setfattr -n user.name -v value f; setfattr -n user.folder -v value d; setfacl -m u:4711:r f; "
    "setfacl -m g:4711:rx d; printf x >\"$(printf 'a blank and a line\\nfeed \\\\ \\303\\244')\"; "
    "find . -exec touch -h -d @1300000000 {} +; touch -d @1000000000.123456789 f d/x long; touch -h -d @1100000000 "
    "link; touch -d @1200000000 d/empty d .";

// An archive with attributes holds times of access and change as well, and the attributes in the file system's order:
// what comes out of it is compared instead.
const std::vector<std::string> commands{
    R"(cp -a disk ram/copy; cp -a ram/copy ram/again; cp -a ram/again back)",
    R"(cp -a disk/. ram; cp -au disk/. ram; cp -rlT ram ../linked 2>/dev/null; cp -al ram/d ram/linked;
cp -as "$PWD/ram/d" ram/symbolic; cp -a --sparse=always disk/long ram/sparse; cp -a --backup=numbered disk/f ram;
cp -aT disk/d ram/d; rm -rf ../linked)",
    R"(cp -rL disk/d disk/link ram; cp -a --reflink=auto disk/long ram/r;
cp -a --attributes-only disk/f ram/attributes; cp -a --remove-destination disk/f ram/r;
cp --parents -a disk/d/x ram; cp -aP disk/link disk/dangling ram; cp -a ram/r disk/f; cp -an disk/long ram/r)",
    R"(tar -C disk --xattrs --acls -cf - . | tar -C ram --xattrs --acls -xpf -;
tar -C ram --xattrs --acls -cf ram/t.tar d f link; mkdir back; tar -C back --xattrs --acls -xpf ram/t.tar;
tar -tvf ram/t.tar --full-time | grep -v /$; tar -C disk -df ram/t.tar; rm ram/t.tar)",
    R"(tar -C disk -cSf ram/t.tar . ; tar -C ram -xSf ram/t.tar; echo more >ram/more;
touch -d @1400000000 ram/more; tar -C ram -rf ram/t.tar more; tar --delete -f ram/t.tar ./long;
tar -C disk -uf ram/t.tar ./f; tar -tf ram/t.tar | sort; tar -C ram --remove-files -cf ram/two.tar d more;
tar -C ram -xkf ram/two.tar; tar -C ram -xf ram/two.tar --overwrite;
tar -C ram -xf ram/two.tar --unlink-first --recursive-unlink; ls ram)",
    R"(tar -C disk -g ram/since -cf ram/0.tar d; echo new >disk/d/new; touch -d @1400000000 disk/d/new;
tar -C disk -g ram/since -cf ram/1.tar d; tar -tf ram/1.tar; tar -C ram -g /dev/null -xf ram/0.tar;
tar -C ram -g /dev/null -xf ram/1.tar; ls ram/d; rm ram/since ram/?.tar; tar -C disk -cf ram/z.tgz -z . ;
tar -xzf ram/z.tgz -C ram; rm ram/z.tgz)",
    R"(rsync -aHAX disk/ ram/; rsync -aHAXi --checksum disk/ ram/; rsync -aHAX ram/ back/; rsync -aHAXi ram/ back/)",
    R"(rsync -aHAX disk/ ram/; echo more >>ram/f; echo other >ram/d/other; rm ram/none; rsync -aHAXi ram/ disk/;
rm disk/d/x; touch -d @1500000000 disk/d; rsync -aHAXi --delete disk/ ram/; ls -A ram ram/d)",
    R"(change() { seq $1 >disk/long; touch -d @13$1 disk/long; }; rsync -aHAXS disk/ ram/; change 30001;
rsync -aHAXi --inplace --no-whole-file disk/ ram/; change 30002; rsync -aHAXi --no-whole-file disk/ ram/;
change 40000; rsync -aHAXi --append disk/ ram/; echo 1 >disk/f;
rsync -aHAXi --backup --delay-updates --partial-dir=part disk/ ram/; ls -A ram)",
    R"(mkdir ram/1 ram/2; rsync -aHAX disk/ ram/1/; rsync -aHAXi --link-dest=../1 disk/ ram/2/;
stat -c %h ram/2/long; rsync -aHAX --remove-source-files ram/2/ ram/3/; find ram/2;
rsync -aHAX --temp-dir=. ram/3/ ram/4/; rsync -a --existing --ignore-existing -i ram/1/ ram/3/)",
    R"(cp -a disk/. ram; mv ram/d ram/e; mv ram/e/x ram/y; mv ram/y ram/f; mv ram/long disk/moved;
mv disk/moved ram/again; mv ram/e disk/e; mv -t ram disk/none; mv -n ram/f ram/link; ls ram disk/e; rm -r disk/e)",
    R"(cp -a disk/. ram; find ram -name 'h*' -delete; find ram -type f -exec chmod g+w {} +;
find ram -newer disk/f -type f | sort; rm -rf ram/d/empty ram/pipe; rm -rv ram/d | sort; rm -r ram/none ram/holes;
rm -rI ram/*e*; ls ram)",
    R"(install -m 640 disk/long ram/i; install -d ram/in/ner; install -p -t ram/in disk/f disk/d/x;
install -C disk/f ram/in/f; install -sD disk/d/x ram/stripped 2>/dev/null || echo not stripped;
install -b disk/long ram/in/f; install ram/i back; ls ram ram/in; install -T ram/i ram/in/ner 2>&1; chmod 755 ram/i)",
    R"(dd if=disk/long of=ram/out bs=4k status=none;
dd if=ram/out of=ram/out2 bs=1k skip=3 seek=5 count=7 status=none;
dd if=disk/f of=ram/out conv=notrunc,fsync oflag=append status=none;
dd if=ram/out of=ram/direct bs=4k iflag=fullblock oflag=sync,nofollow conv=sparse status=none;
dd if=ram/out of=ram/out3 conv=excl status=none; dd if=disk/f of=ram/out3 conv=excl;
dd if=disk/f of=ram/none conv=nocreat; dd if=/dev/zero of=ram/seek bs=1 count=0 seek=99999 status=none;
dd if=disk/long of=ram/cut bs=512 count=2 oflag=dsync status=none; dd if=ram/out of=back status=none)",
    R"(cp -a disk/. ram; sed -i s/text/other/ ram/f ram/d/hard; cat ram/f; sed -i.bak -e 5q ram/long; cat ram/long;
sed -i -n 1,3w\ ram/three ram/long.bak; cat ram/three; sed --follow-symlinks -i s/other/last/ ram/link; ls -A ram;
cat ram/f; sed -i s/x/y/ ram/absent disk/f; getfattr -d ram/f)",
};

// What stat does not tell, by programs with the library. ACLs and attributes of the test's own files only.
const std::string attributes =
    "getfattr -hR -d -m '^user' ram disk 2>&1; getfacl -R -n -p ram disk 2>&1; ram/d/x; "
    "cmp ram/long disk/long && echo same";

}  // namespace

BOOST_AUTO_TEST_SUITE(trees)

BOOST_DATA_TEST_CASE(are_copied_as_on_disk, data::make(preloaded_ways) * data::make(commands), way, command) {
  Twins twins(way, ram_folder);
  twins.prepare(tree);
  BOOST_TEST(twins.verdict(command) == "");
  BOOST_TEST(twins.difference(attributes) == "");
  BOOST_TEST(twins.left_behind() == "");
}

BOOST_AUTO_TEST_SUITE_END()
