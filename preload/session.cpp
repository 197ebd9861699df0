#include "preload/session.hpp"

#include "preload/path_argument.hpp"
#include "store/companion.hpp"
#include "store/exemption.hpp"
#include "store/kernel.hpp"

namespace memfile::preload {

using config::Action;
using config::Decision;
using store::At;
using store::PathBuffer;
using store::PathText;

namespace {

// The folder that a relative path starts from, absolute.
bool starting_folder(int dirfd, PathText& folder) {
  if (dirfd == AT_FDCWD) {
    const ssize_t size = kernel::getcwd(folder.buffer(), PathText::capacity());
    if (size <= 1 || folder.buffer()[0] != '/') return false;  // a folder that is out of reach is "(unreachable)/..."
    folder.take(static_cast<std::size_t>(size) - 1);
    return true;
  }
  store::Text<40> link;
  if (dirfd < 0) return false;
  link << "/proc/self/fd/" << static_cast<std::uint64_t>(dirfd);
  const ssize_t size = kernel::readlinkat(AT_FDCWD, link.c_str(), folder.buffer(), PathText::capacity());
  if (size <= 0 || folder.buffer()[0] != '/') return false;
  folder.take(static_cast<std::size_t>(size));
  return true;
}

// Appends `path` component by component, without "." and empty ones. False if it has "..", whose meaning only the
// kernel knows, or does not fit.
bool append_components(std::string_view path, PathText& absolute) {
  if (absolute.view() == "/") absolute.take(0);
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const std::string_view component = path.substr(0, slash);
    path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    if (component == "..") return false;
    if (!component.empty() && component != ".") absolute << '/' << component;
  }
  return !absolute.is_cut();
}

}  // namespace

// What follows this is apart: most paths end here, and shall cost little stack.
bool Session::could_match(At at, std::string_view& path) const {
  if (!read_path_argument(at.path, path)) return false;
  const std::string_view name = store::name_of(path);
  return !name.empty() && rules_.could_match(name);
}

Ruling Session::ruling(At at) const {
  std::string_view path;
  return could_match(at, path) ? ruling(at, path) : Ruling{};
}

__attribute__((noinline)) Ruling Session::ruling(At at, std::string_view path) const {
  const Decision decision = decide(at, path);
  Ruling ruling{.rule = decision.rule};
  if (decision.rule == Decision::no_rule || decision.action != Action::ram) return ruling;
  ruling.follows_database = store::has_database_on_disk(at);
  ruling.is_ram = !ruling.follows_database;
  return ruling;
}

__attribute__((noinline)) Decision Session::decide(At at, std::string_view path) const {
  const Decision decision = decide_as_spelled(at, path);
  // Relative to the working folder, a bare name is spelled as the kernel knows it.
  const bool is_bare_name = store::name_of(path).size() == path.size();
  return decision.rule == Decision::no_rule && !is_bare_name ? decide_resolved(at) : decision;
}

bool Session::wants_all_in(std::string_view folder) const {
  return !is_never_redirected(folder) && rules_.covers(folder);
}

bool Session::wants_all_in(At folder) const {
  std::string_view path;
  if (!read_path_argument(folder.path, path)) return false;
  PathBuffer absolute;
  if (!absolute || (path[0] != '/' && !starting_folder(folder.dirfd, *absolute))) return false;
  if (append_components(path, *absolute) && wants_all_in(absolute->view())) return true;
  absolute->take(0);
  *absolute << path << "/-";
  PathBuffer resolved;
  return resolved && store::resolve_folder({folder.dirfd, absolute->c_str()}, *resolved) &&
         wants_all_in(resolved->view());
}

Decision Session::decide_as_spelled(At at, std::string_view path) const {
  PathBuffer absolute;
  if (!absolute) return {};
  if (path[0] != '/' && !starting_folder(at.dirfd, *absolute)) return {};
  if (!append_components(path, *absolute) || is_never_redirected(absolute->view())) return {};
  return rules_.decide(absolute->view());
}

Decision Session::decide_resolved(At at) const {
  PathBuffer absolute;
  if (!absolute || !store::resolve(at, *absolute) || is_never_redirected(absolute->view())) return {};
  return rules_.decide(absolute->view());
}

bool Session::is_never_redirected(std::string_view path) const {
  return store::exemption(path, store_, library_) != store::Exemption::none;
}

}  // namespace memfile::preload
