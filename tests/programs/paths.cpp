// Asks all of std::filesystem about files in the working folder, and changes them; prints what came of it.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

void write(const fs::path& path, const std::string& text) { std::ofstream(path) << text; }

std::string read(const fs::path& path) {
  std::ifstream stream(path);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

// Prints what a call gave, or the error that it threw.
void ask(const std::string& what, const std::function<std::string()>& call) {
  std::cout << what << ": ";
  try {
    std::cout << call() << '\n';
  } catch (const fs::filesystem_error& error) {
    std::cout << "error " << error.code().value() << '\n';
  }
}

std::string below(const fs::path& path) { return fs::relative(path, fs::current_path()).string(); }

std::string described(const fs::directory_entry& entry) {
  std::string text = below(entry.path()) + " type " + std::to_string(static_cast<int>(entry.symlink_status().type())) +
                     (entry.is_symlink() ? " link" : "") + (entry.is_regular_file() ? " regular" : "") +
                     (entry.is_directory() ? " folder" : "");
  if (entry.is_regular_file()) {
    text += " size " + std::to_string(entry.file_size()) + " names " + std::to_string(entry.hard_link_count());
  }
  return text;
}

template <typename Iterator>
void list(const fs::path& folder) {
  std::vector<std::string> lines;
  for (const auto& entry : Iterator(folder)) lines.push_back(described(entry));
  std::ranges::sort(lines);
  for (const std::string& line : lines) std::cout << "  " << line << '\n';
}

void describe(const fs::path& path) {
  ask("status " + path.string(), [&] {
    const fs::file_status status = fs::symlink_status(path);
    return std::to_string(static_cast<int>(status.type())) + " " +
           std::to_string(static_cast<int>(status.permissions()));
  });
  ask("size", [&] { return std::to_string(fs::file_size(path)); });
  ask("empty", [&] { return std::to_string(static_cast<int>(fs::is_empty(path))); });
  ask("names", [&] { return std::to_string(fs::hard_link_count(path)); });
  ask("leads to", [&] { return fs::read_symlink(path).string(); });
  ask("canonical", [&] { return below(fs::canonical(path)); });
  ask("weakly canonical", [&] { return below(fs::weakly_canonical(path / "none")); });
}

void change(const fs::path& path) {
  ask("permissions", [&] {
    fs::permissions(path, fs::perms::group_write, fs::perm_options::add);
    fs::permissions(path, fs::perms::others_all, fs::perm_options::remove | fs::perm_options::nofollow);
    return std::string("changed");
  });
  ask("time", [&] {
    const fs::file_time_type then =
        fs::file_time_type::clock::from_sys(std::chrono::sys_seconds{}) + std::chrono::seconds(1000000000);
    fs::last_write_time(path, then);
    return std::to_string(static_cast<int>(fs::last_write_time(path) == then));
  });
  ask("resize", [&] {
    fs::resize_file(path, 2);
    return read(path);
  });
}

void copy_and_link() {
  using fs::copy_options;
  ask("copy", [] { return std::to_string(static_cast<int>(fs::copy_file("f", "copy"))); });
  ask("copy on it", [] { return std::to_string(static_cast<int>(fs::copy_file("f", "copy"))); });
  for (const auto option :
       {copy_options::skip_existing, copy_options::overwrite_existing, copy_options::update_existing}) {
    ask("copy so",
        [&] { return std::to_string(static_cast<int>(fs::copy_file("d/g", "copy", option))) + read("copy"); });
  }
  ask("hard link", [] {
    fs::create_hard_link("f", "d/hard");
    return std::to_string(static_cast<int>(fs::equivalent("f", "d/hard"))) + (fs::equivalent("f", "copy") ? "1" : "0");
  });
  ask("link", [] {
    fs::create_symlink("f", "link");
    fs::copy_symlink("link", "link too");
    return fs::read_symlink("link too").string();
  });
  ask("copy of a tree", [] {
    fs::copy("d", "e", copy_options::recursive | copy_options::copy_symlinks);
    fs::copy("d", "linked", copy_options::recursive | copy_options::create_hard_links);
    return read("e/g") + std::to_string(fs::hard_link_count("linked/g"));
  });
}

void move_and_remove() {
  ask("rename", [] {
    fs::rename("copy", "d/g");
    fs::rename("e", "moved");
    return read("d/g") + read("moved/g");
  });
  ask("rename of nothing", [] {
    fs::rename("none", "f");
    return std::string();
  });
  ask("rename on a folder", [] {
    fs::rename("f", "d");
    return std::string();
  });
  ask("remove of a folder", [] { return std::to_string(static_cast<int>(fs::remove("d"))); });
  ask("remove", [] { return std::to_string(static_cast<int>(fs::remove("f"))) + (fs::remove("f") ? "1" : "0"); });
  ask("remove of a tree", [] { return std::to_string(fs::remove_all("moved")); });
  ask("still there", [] { return read("d/hard") + (fs::exists("link") ? "1" : "0"); });
}

}  // namespace

int main() {
  fs::create_directories("d/empty");
  write("f", "first");
  write("d/g", "second");
  write("nothing", "");
  for (const char* path : {"f", "nothing", "none", "d"}) describe(path);
  change("f");
  copy_and_link();
  list<fs::directory_iterator>(".");
  move_and_remove();
  list<fs::recursive_directory_iterator>(".");
}
