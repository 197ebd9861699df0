// Preloaded, and initialized before any other object: linked with -z initfirst.
extern "C" {
__attribute__((weak)) void memfile_contract_early(int argc, char** argv);
}

namespace {

__attribute__((constructor)) void call_early(int argc, char** argv, char** /*environment*/) {
  if (memfile_contract_early != nullptr) memfile_contract_early(argc, argv);
}

}  // namespace
