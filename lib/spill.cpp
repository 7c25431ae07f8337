#include "spill.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "crypto.hpp"
#include "store.hpp"

namespace jawort {
namespace {
struct record_head {
  spill::key k;
  std::uint64_t order;
  std::uint64_t size;
};

[[noreturn]] void unreadable() {
  throw store_error{error{failure::environment, {"die Zwischendatei neben dem Hauptbuch ist nicht mehr, was geschrieben wurde", "the temporary file beside the ledger is not what was written"},
                          {"noch einmal aufrufen; kommt es wieder, den Datenträger prüfen", "run it again; if it happens again, check the disk"}}};
}

/// A file that has no name from the beginning, where the file system can do that, or from the next moment on.
int nameless_file(std::string const& folder) {
  int fd = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0) return fd;
  std::string path = folder + "/.jawort-XXXXXX";
  fd = ::mkostemp(path.data(), O_CLOEXEC);  // 0600
  if (fd >= 0) ::unlink(path.c_str());
  return fd;
}

bool write_all(int fd, std::string_view bytes, std::uint64_t at) {
  while (!bytes.empty()) {
    ssize_t const n = ::pwrite(fd, bytes.data(), bytes.size(), static_cast<off_t>(at));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
    at += static_cast<std::uint64_t>(n);
  }
  return true;
}

bool read_all(int fd, char* to, std::size_t size, std::uint64_t at) {
  while (size > 0) {
    ssize_t const n = ::pread(fd, to, size, static_cast<off_t>(at));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    to += n;
    size -= static_cast<std::size_t>(n);
    at += static_cast<std::uint64_t>(n);
  }
  return true;
}
}  // namespace

/// AES-256-GCM. A block's number is its nonce; a number is used once under a key that lives as long as the spill.
class spill::cipher {
 public:
  explicit cipher(std::array<std::uint8_t, 32> const& secret) : secret_(secret), context_(EVP_CIPHER_CTX_new()) {}
  ~cipher() { EVP_CIPHER_CTX_free(context_); }
  cipher(cipher const&) = delete;
  cipher& operator=(cipher const&) = delete;

  [[nodiscard]] bool seal(block& b, std::string_view plain, char* to) {
    auto const nonce = nonce_of(b.number);
    int n = 0;
    return EVP_EncryptInit_ex2(context_, EVP_aes_256_gcm(), secret_.data(), nonce.data(), nullptr) == 1 &&
           EVP_EncryptUpdate(context_, bytes(to), &n, reinterpret_cast<unsigned char const*>(plain.data()), static_cast<int>(plain.size())) == 1 &&
           EVP_EncryptFinal_ex(context_, bytes(to) + n, &n) == 1 &&
           EVP_CIPHER_CTX_ctrl(context_, EVP_CTRL_GCM_GET_TAG, static_cast<int>(b.mac.size()), b.mac.data()) == 1;
  }
  /// In place.
  [[nodiscard]] bool open(block& b, char* inout) {
    auto const nonce = nonce_of(b.number);
    int n = 0;
    return EVP_DecryptInit_ex2(context_, EVP_aes_256_gcm(), secret_.data(), nonce.data(), nullptr) == 1 &&
           EVP_DecryptUpdate(context_, bytes(inout), &n, bytes(inout), static_cast<int>(b.size)) == 1 &&
           EVP_CIPHER_CTX_ctrl(context_, EVP_CTRL_GCM_SET_TAG, static_cast<int>(b.mac.size()), b.mac.data()) == 1 &&
           EVP_DecryptFinal_ex(context_, bytes(inout) + n, &n) == 1;
  }

 private:
  static unsigned char* bytes(char* p) { return reinterpret_cast<unsigned char*>(p); }
  static std::array<std::uint8_t, 12> nonce_of(std::uint64_t number) {
    std::array<std::uint8_t, 12> out{};
    std::memcpy(out.data(), &number, sizeof number);
    return out;
  }
  std::array<std::uint8_t, 32> const& secret_;
  EVP_CIPHER_CTX* context_;
};

spill::spill(std::string folder, std::vector<key> bounds, unsigned writers, spill_limits limits)
    : folder_(std::move(folder)), bounds_(std::move(bounds)), limits_(limits), parts_(bounds_.size() + 1), end_(parts_.size()) {
  block_size_ = std::clamp<std::size_t>(limits_.filling / (parts_.size() * std::max(1U, writers)), 2048, 65536);
  if (auto const r = crypto::fill_random(secret_); !r) throw store_error{r.error()};
}

spill::~spill() {
  if (file_ >= 0) ::close(file_);
}

std::size_t spill::part_of(key k) const {
  return static_cast<std::size_t>(std::upper_bound(bounds_.begin(), bounds_.end(), k) - bounds_.begin());
}

spill::writer::writer(spill& s) : s_(s), filling_(s.parts_.size()) {}

void spill::writer::put(key k, std::uint64_t order, std::string_view a, std::string_view b, std::string_view c) {
  if (!any_ || k != last_key_) {  // the events of one person often stand together
    last_key_ = k;
    last_part_ = s_.part_of(k);
    any_ = true;
  }
  record_head const head{k, order, a.size() + b.size() + c.size()};
  std::string& block = filling_[last_part_];
  if (std::size_t const more = sizeof head + head.size; block.size() + more > s_.block_size_) {
    if (!block.empty()) pass_on(last_part_);
    block.reserve(std::max(more, s_.block_size_));
  }
  block.append(reinterpret_cast<char const*>(&head), sizeof head);
  block.append(a).append(b).append(c);
}

void spill::writer::end() {
  for (std::size_t p = 0; p < filling_.size(); ++p)
    if (!filling_[p].empty()) {
      pass_on(p);
      filling_[p].shrink_to_fit();
    }
}

void spill::writer::pass_on(std::size_t p) {
  std::string& plain = filling_[p];
  block b;
  bool to_file = false;
  {
    std::lock_guard const lock{s_.mutex_};
    if (p < s_.first_ || p >= s_.end_) { plain.clear(); return; }
    to_file = s_.file_wanted(plain.size());
    if (to_file) {
      b.number = s_.next_number_++;
      b.at = s_.file_end_;
      b.size = static_cast<std::uint32_t>(plain.size());
      s_.file_end_ += plain.size();
    }
  }
  if (to_file && plain.size() <= 0x7fffffff && s_.write(b, plain, sealed_)) {
    plain.clear();
    std::lock_guard const lock{s_.mutex_};
    if (p < s_.end_) s_.parts_[p].push_back(std::move(b));
    return;
  }
  std::lock_guard const lock{s_.mutex_};
  if (to_file) s_.no_file_ = true;  // the disk is full, or the file system has a limit
  s_.keep(p, std::exchange(plain, {}));
}

/// Whether the next block belongs into the file; makes the file.
bool spill::file_wanted(std::size_t more) {
  if (no_file_ || in_memory_ + more <= limits_.memory) return false;
  if (file_ < 0) file_ = nameless_file(folder_);
  no_file_ = file_ < 0;
  return !no_file_;
}

bool spill::write(block& b, std::string_view plain, std::string& sealed) {
  cipher c{secret_};
  sealed.resize(plain.size());
  return c.seal(b, plain, sealed.data()) && write_all(file_, sealed, b.at);
}

void spill::keep(std::size_t p, std::string&& bytes) {
  if (p < first_ || p >= end_) return;
  bytes.shrink_to_fit();
  in_memory_ += bytes.size();
  parts_[p].push_back({std::move(bytes), 0, 0, 0, {}});
  make_room();
}

/// Drops parts from the end until the rest fits; one stays in any case, or no pass would come to an end.
void spill::make_room() {
  while (in_memory_ > limits_.memory && end_ > first_ + 1) {
    --end_;
    for (block const& b : parts_[end_]) in_memory_ -= b.kept.size();
    parts_[end_] = {};
  }
}

spill::part spill::take(std::size_t p) {
  std::deque<block> blocks;
  {
    std::lock_guard const lock{mutex_};
    blocks.swap(parts_[p]);
    for (block const& b : blocks) in_memory_ -= b.kept.size();
  }
  part out = opened(std::move(blocks));
  std::sort(out.records_.begin(), out.records_.end(), [](record const& a, record const& b) { return a.k != b.k ? a.k < b.k : a.order < b.order; });
  return out;
}

std::optional<spill::part> spill::take_block(std::size_t p) {
  std::deque<block> one;
  {
    std::lock_guard const lock{mutex_};
    if (parts_[p].empty()) return std::nullopt;
    one.push_back(std::move(parts_[p].front()));
    parts_[p].pop_front();
    in_memory_ -= one.front().kept.size();
  }
  return opened(std::move(one));
}

spill::part spill::opened(std::deque<block>&& blocks) {
  part out;
  std::size_t size = 0;
  for (block const& b : blocks) size += b.kept.size() + b.size;
  out.bytes_ = std::make_unique_for_overwrite<char[]>(size);
  cipher c{secret_};
  char* at = out.bytes_.get();
  for (block& b : blocks) {
    std::size_t const length = b.kept.size() + b.size;
    if (!b.kept.empty()) std::memcpy(at, b.kept.data(), b.kept.size());
    else if (!read_all(file_, at, b.size, b.at) || !c.open(b, at)) unreadable();
    b.kept = {};
    for (char const* const stop = at + length; at < stop;) {
      record_head head;
      std::memcpy(&head, at, sizeof head);
      out.records_.push_back({head.k, head.order, {at + sizeof head, head.size}});
      at += sizeof head + head.size;
    }
  }
  return out;
}

bool spill::again() {
  std::lock_guard const lock{mutex_};
  first_ = end_;
  end_ = parts_.size();
  for (auto& blocks : parts_) blocks = {};
  in_memory_ = 0;
  return first_ < end_;
}

std::vector<spill::key> bounds_of(std::vector<spill::key> sample, std::size_t parts) {
  std::sort(sample.begin(), sample.end());
  std::vector<spill::key> out;
  for (std::size_t p = 1; p < parts && !sample.empty(); ++p) out.push_back(sample[p * sample.size() / parts]);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace jawort
