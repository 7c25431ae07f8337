#include "safe_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <iostream>

namespace jawort::cli {
namespace {
bool same_file(std::string const& a, std::string const& b) {
  struct stat x {}, y {};
  return a == b || (::stat(a.c_str(), &x) == 0 && ::stat(b.c_str(), &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino);
}
error cannot_write(std::string const& path) { return {failure::environment, {"nicht zu schreiben: " + path, "cannot write: " + path}, {}}; }
}  // namespace

result<> write_beside(std::string const& path, std::string const& bytes, std::string const& input) {
  if (path == "-") {
    std::cout.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    std::cout.flush();
    return std::cout ? result<>{nothing{}} : result<>{cannot_write("-")};
  }
  if (same_file(path, input))
    return error{failure::refused, {"die Eingabe wird nicht überschrieben: " + path, "the input is not written over: " + path}, {"eine andere Datei nennen", "name another file"}};
  // A pipe or device is written to; a file is replaced by rename, so that neither a link to the input nor a full disk can cost it.
  struct stat there {};
  bool const plain = ::stat(path.c_str(), &there) != 0 || S_ISREG(there.st_mode);
  std::string part = plain ? path + ".part-XXXXXX" : path;
  int const fd = plain ? ::mkstemp(part.data()) : ::open(part.c_str(), O_WRONLY | O_CLOEXEC);
  if (fd < 0) return cannot_write(path);
  std::size_t at = 0;
  while (at < bytes.size()) {
    auto const n = ::write(fd, bytes.data() + at, bytes.size() - at);
    if (n <= 0) break;
    at += static_cast<std::size_t>(n);
  }
  bool const good = at == bytes.size() && (!plain || ::fsync(fd) == 0);
  bool const closed = ::close(fd) == 0;
  if (good && closed && (!plain || ::rename(part.c_str(), path.c_str()) == 0)) return nothing{};
  if (plain) ::unlink(part.c_str());
  return cannot_write(path);
}

}  // namespace jawort::cli
