// A store on a file system that refuses O_DIRECT, as tmpfs does before Linux 6.6.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/trouble.hpp"

using namespace memfile::tests;
namespace data = boost::unit_test::data;

BOOST_AUTO_TEST_SUITE(direct)

BOOST_DATA_TEST_CASE(is_dropped_where_the_store_refuses_it,
                     data::make({"open f 'rdwr|creat|direct' 640 , lstat f", "openat f 'wronly|creat|excl|direct' 640",
                                 "creat f , write 0 text , open f 'rdonly|direct' , cat f",
                                 "creat f , open f 'rdwr|direct|nofollow' , open f 'rdwr|creat|trunc|direct' , lstat f",
                                 "openat2 f 'rdwr|creat|direct' 640 , openat2 f 'rdwr|direct' 0 , lstat f",
                                 "raw open f 'rdwr|creat|direct' 640 , raw openat f 'rdwr|direct'",
                                 "open f 'rdonly|directory|direct' , creat f , open f 'rdonly|directory|direct'"}),
                     steps) {
  const Trouble ramfs{"ramfs", "mount -t ramfs none store; chmod 1777 store", "store/memfile-ME\n"};
  BOOST_TEST(difference(ramfs, Mounts::own, "\"$probe\" " + std::string(steps)) == "");
}

BOOST_AUTO_TEST_SUITE_END()
