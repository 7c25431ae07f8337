// A folder of its own for one test, gone with it.
#pragma once
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

struct scratch {
  std::filesystem::path dir;
  scratch() {
    std::string t = (std::filesystem::temp_directory_path() / "jawort-XXXXXX").string();
    dir = ::mkdtemp(t.data());
  }
  ~scratch() { std::error_code ignored; std::filesystem::remove_all(dir, ignored); }
  scratch(scratch const&) = delete;
  scratch& operator=(scratch const&) = delete;
  [[nodiscard]] std::string path(std::string const& name) const { return (dir / name).string(); }
};
