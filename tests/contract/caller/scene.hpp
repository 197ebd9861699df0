// What may stand at a path, and what a program sees there afterwards: for calls that are tried in all combinations.
// What is seen is the same on disk and on memfiles.
#pragma once
#include <string>

namespace memfile::contract {

// Beside NAME stand, where a scene needs them, NAME.second and NAME.target.ram; in a folder stands inner.ram.
enum class Scene {
  nothing,
  file,               // with a second name, a hard link
  lone_file,          // with one name
  file_on_disk,       // whatever the rules say: it was there before them
  dangling,           // ours without its RAM file; nothing, where the path is on disk
  folder,             // empty
  full_folder,        // holds a file
  folder_of_remains,  // holds a dangling link: to a program it is empty
  link_to_file,       // this and what follows is somebody's own link
  link_to_nothing,
  link_to_dangling,
  link_to_folder,
  fifo,
};
constexpr Scene scenes[] = {Scene::nothing,
                            Scene::file,
                            Scene::lone_file,
                            Scene::file_on_disk,
                            Scene::dangling,
                            Scene::folder,
                            Scene::full_folder,
                            Scene::folder_of_remains,
                            Scene::link_to_file,
                            Scene::link_to_nothing,
                            Scene::link_to_dangling,
                            Scene::link_to_folder,
                            Scene::fifo};
const char* name_of(Scene scene);

// Puts it at the path. Nothing stands there yet.
void put(Scene scene, const char* path);
// Takes away what stands there, and what put and the calls left beside it.
void take_away(const char* path);

// Type, mode, size, number of links and beginning of what stands there, beside it and in it.
std::string sight_of(const char* path);

// "RESULT errno ERROR": a result that is not negative is 0.
std::string outcome_of(long result, int error);

// Before each call: one that succeeds leaves errno alone.
constexpr int mark = 4321;

}  // namespace memfile::contract
