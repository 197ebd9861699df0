#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include "config/location.hpp"

using namespace memfile::config;
namespace fs = std::filesystem;

namespace {

// A home with a working folder in it, gone afterwards.
class Home {
 public:
  Home() {
    std::string name = (fs::temp_directory_path() / "config_location.XXXXXX").string();
    BOOST_REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
    fs::create_directories(path_ / "work");
  }
  ~Home() { fs::remove_all(path_); }
  Home(const Home&) = delete;
  Home& operator=(const Home&) = delete;

  [[nodiscard]] std::string path(const std::string& name) const { return (path_ / name).string(); }
  std::string write(const std::string& name) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name) << "{}";
    return path(name);
  }
  [[nodiscard]] Environment environment() const { return {"", "", path_.string(), path("work")}; }

 private:
  fs::path path_;
};

// What is found, as "FILE base BASE"; the system's config, which may be there, counts as nothing.
std::string text_of(const std::optional<Surroundings>& found) {
  if (!found || found->file == "/etc/memfile/config.json") return "nothing";
  return found->file + " base " + found->base;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(config_location)

BOOST_AUTO_TEST_CASE(nothing_is_found_where_nothing_is) {
  const Home home;
  BOOST_TEST(text_of(locate(home.environment())) == "nothing");
  BOOST_TEST(text_of(locate_for_launcher(home.environment(), ::geteuid())) == "nothing");
}

BOOST_AUTO_TEST_CASE(a_parent_folder_is_the_one_that_the_kernel_finds) {
  const Home home;
  Environment environment = home.environment();
  const std::string real = fs::canonical(home.path("")).string();
  fs::create_directories(home.path("far/away"));
  fs::create_directory_symlink("far/away", home.path("near"));
  for (const auto& [name, file] : {std::pair{"../a.json", "/a.json"}, std::pair{"../near/../a.json", "/far/a.json"}}) {
    environment.memfile_config = name;
    BOOST_TEST(text_of(locate(environment)) == real + file + " base " + fs::path(real + file).parent_path().string());
  }
  environment.memfile_config = "/no/such/../a.json";
  BOOST_TEST(locate(environment)->file == "/no/such/../a.json");
}

BOOST_AUTO_TEST_CASE(the_variable_names_a_file_that_need_not_exist) {
  Environment environment = Home().environment();
  environment.memfile_config = "/no/such.json";
  BOOST_TEST(text_of(locate(environment)) == "/no/such.json base /no");
}

BOOST_AUTO_TEST_CASE(a_relative_variable_starts_at_the_working_folder) {
  Environment environment = Home().environment();
  environment.memfile_config = "./x/rules.json";
  environment.working_folder = "/work";
  BOOST_TEST(text_of(locate(environment)) == "/work/x/rules.json base /work/x");
}

BOOST_AUTO_TEST_CASE(the_variable_goes_before_the_users_config) {
  const Home home;
  home.write(".config/memfile/config.json");
  Environment environment = home.environment();
  environment.memfile_config = "/x/y.json";
  BOOST_TEST(text_of(locate(environment)) == "/x/y.json base /x");
}

BOOST_AUTO_TEST_CASE(the_users_config_has_the_root_as_its_base) {
  const Home home;
  const std::string file = home.write(".config/memfile/config.json");
  BOOST_TEST(text_of(locate(home.environment())) == file + " base /");
}

BOOST_AUTO_TEST_CASE(the_users_config_has_the_root_as_its_base_when_the_variable_names_it) {
  const Home home;
  Environment environment = home.environment();
  environment.memfile_config = home.write(".config/memfile/config.json");
  BOOST_TEST(text_of(locate(environment)) == environment.memfile_config + " base /");
}

BOOST_AUTO_TEST_CASE(the_system_config_has_the_root_as_its_base_when_the_variable_names_it) {
  Environment environment = Home().environment();
  environment.memfile_config = "/etc/memfile/config.json";
  BOOST_TEST(locate(environment)->base == "/");
}

BOOST_AUTO_TEST_CASE(xdg_config_home_goes_before_home) {
  const Home home;
  home.write(".config/memfile/config.json");
  Environment environment = home.environment();
  const std::string file = home.write("xdg/memfile/config.json");
  environment.xdg_config_home = home.path("xdg");
  BOOST_TEST(text_of(locate(environment)) == file + " base /");
}

BOOST_AUTO_TEST_CASE(a_relative_xdg_config_home_is_ignored) {
  const Home home;
  const std::string file = home.write(".config/memfile/config.json");
  Environment environment = home.environment();
  environment.xdg_config_home = "xdg";
  BOOST_TEST(text_of(locate(environment)) == file + " base /");
}

BOOST_AUTO_TEST_CASE(only_the_launcher_looks_into_the_working_folder) {
  const Home home;
  const std::string file = home.write("work/.memfile.json");
  BOOST_TEST(text_of(locate(home.environment())) == "nothing");
  BOOST_TEST(text_of(locate_for_launcher(home.environment(), ::geteuid())) == file + " base " + home.path("work"));
}

BOOST_AUTO_TEST_CASE(the_working_folders_config_goes_before_the_users) {
  const Home home;
  const std::string file = home.write("work/.memfile.json");
  home.write(".config/memfile/config.json");
  BOOST_TEST(locate_for_launcher(home.environment(), ::geteuid())->file == file);
}

BOOST_AUTO_TEST_CASE(somebody_elses_config_in_the_working_folder_is_passed_over) {
  if (::geteuid() == 0) return;  // root's own is anybody's
  const Home home;
  home.write("work/.memfile.json");
  BOOST_TEST(text_of(locate_for_launcher(home.environment(), ::geteuid() + 1)) == "nothing");
}

BOOST_AUTO_TEST_CASE(home_is_handed_on_for_the_tilde) {
  const Home home;
  Environment environment = home.environment();
  environment.memfile_config = "/x.json";
  BOOST_TEST(locate(environment)->home == home.path("").substr(0, home.path("").size() - 1));
}

BOOST_AUTO_TEST_CASE(the_processs_environment_is_read) {
  const char* before = std::getenv("MEMFILE_CONFIG");
  const std::string saved = before == nullptr ? "" : before;
  ::setenv("MEMFILE_CONFIG", "some.json", 1);
  const Environment environment = Environment::of_process();
  if (before == nullptr) {
    ::unsetenv("MEMFILE_CONFIG");
  } else {
    ::setenv("MEMFILE_CONFIG", saved.c_str(), 1);
  }
  BOOST_TEST(environment.memfile_config == "some.json");
  BOOST_TEST(environment.working_folder == fs::current_path().string());
}

BOOST_AUTO_TEST_SUITE_END()
