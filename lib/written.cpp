#include "written.hpp"

#include <iterator>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "toml_reading.hpp"

namespace jawort {
namespace {
constexpr std::size_t deepest = 16;

/// The texts of pairs, each once.
class text_table {
 public:
  std::uint32_t place(std::string const& text) {
    auto const [at, fresh] = places_.emplace(text, static_cast<std::uint32_t>(places_.size()));
    return at->second;
  }
  [[nodiscard]] std::vector<std::string> take() {
    std::vector<std::string> out(places_.size());
    while (!places_.empty()) {
      auto node = places_.extract(places_.begin());
      out[node.mapped()] = std::move(node.key());
    }
    return out;
  }

 private:
  std::unordered_map<std::string, std::uint32_t> places_;
};

/// Puts an item into a list: as a pair, if it is one.
void put_item(written& list, written item, text_table& texts) {
  bool const pair = item.is == written::kind::list && item.items.size() == 2 && item.pairs.empty() &&
                    item.items[0].is == written::kind::text && item.items[1].is == written::kind::text;
  if (pair) list.pairs.push_back({texts.place(item.items[0].text), texts.place(item.items[1].text), static_cast<std::uint32_t>(item.line)});
  else list.items.push_back(std::move(item));
}

written from_toml(toml::node const& node, std::size_t depth, text_table& texts) {
  written out;
  out.line = node.source().begin.line;
  if (auto const* s = node.as_string()) {
    out.is = written::kind::text;
    out.text = s->get();
  } else if (auto const* b = node.as_boolean()) {
    out.is = written::kind::yes_no;
    out.text = b->get() ? "true" : "false";
  } else if (auto const* list = node.as_array(); list != nullptr && depth < deepest) {
    out.is = written::kind::list;
    for (auto const& item : *list) put_item(out, from_toml(item, depth + 1, texts), texts);
  } else if (auto const* table = node.as_table(); table != nullptr && depth < deepest) {
    out.is = written::kind::table;
    for (auto const& [key, value] : *table) out.entries.emplace_back(key.str(), from_toml(value, depth + 1, texts));
  }
  return out;
}

/// Hands bytes on and counts lines: the parser has read exactly to the end of a text or bracket when it tells of it.
struct counting {
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = char const*;
  using reference = char const&;
  char const* at = nullptr;
  std::size_t* line = nullptr;
  char const& operator*() const { return *at; }
  counting& operator++() { if (*at == '\n') ++*line; ++at; return *this; }
  counting operator++(int) { auto const old = *this; ++*this; return old; }
  friend bool operator==(counting const& a, counting const& b) { return a.at == b.at; }
  friend bool operator!=(counting const& a, counting const& b) { return a.at != b.at; }
};

class builder : public nlohmann::json_sax<nlohmann::json> {
 public:
  builder(std::size_t const& line, text_table& texts) : line_(line), texts_(texts) {}
  bool null() override { return put({written::kind::other, line_, {}, {}, {}, {}}); }
  bool boolean(bool v) override { return put({written::kind::yes_no, line_, v ? "true" : "false", {}, {}, {}}); }
  bool number_integer(number_integer_t) override { return null(); }
  bool number_unsigned(number_unsigned_t) override { return null(); }
  bool number_float(number_float_t, string_t const&) override { return null(); }
  bool binary(binary_t&) override { return null(); }
  bool string(string_t& v) override { return put({written::kind::text, line_, v, {}, {}, {}}); }
  bool key(string_t& v) override { keys_.back() = v; return true; }
  bool start_object(std::size_t) override { return open(written::kind::table); }
  bool start_array(std::size_t) override { return open(written::kind::list); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t, std::string const&, nlohmann::json::exception const& e) override {
    why = e.what();
    if (auto const colon = why.find("syntax error"); colon != std::string::npos) why = why.substr(colon);
    return false;
  }
  written root;
  std::string why;

 private:
  bool open(written::kind k) {
    if (stack_.size() >= deepest) { why = "more than 16 levels"; return false; }
    stack_.push_back({k, line_, {}, {}, {}, {}});
    keys_.emplace_back();
    return true;
  }
  bool close() {
    written done = std::move(stack_.back());
    stack_.pop_back();
    keys_.pop_back();
    return put(std::move(done));
  }
  bool put(written v) {
    if (stack_.empty()) root = std::move(v);
    else if (stack_.back().is == written::kind::list) put_item(stack_.back(), std::move(v), texts_);
    else {
      for (auto const& [name, value] : stack_.back().entries)
        if (name == keys_.back()) { why = "key '" + keys_.back() + "' stands there twice"; return false; }
      stack_.back().entries.emplace_back(keys_.back(), std::move(v));
    }
    return true;
  }
  std::size_t const& line_;
  text_table& texts_;
  std::vector<written> stack_;
  std::vector<std::string> keys_;
};
}  // namespace

result<written_file> parse_written(std::string_view source, std::string const& where) {
  if (source.starts_with("\xef\xbb\xbf")) source.remove_prefix(3);
  text_table texts;
  auto const first = source.find_first_not_of(" \t\r\n");
  if (first == source.npos || source[first] != '{') {
    auto const table = parse_toml(source, where);
    if (!table) return table.error();
    written_file out;
    out.root = from_toml(*table, 0, texts);
    out.texts = texts.take();
    return out;
  }
  std::size_t line = 1;
  builder b{line, texts};
  bool const good = nlohmann::json::sax_parse(counting{source.data(), &line}, counting{source.data() + source.size(), &line}, &b);
  if (!good) {
    auto const at = where + ":" + std::to_string(line) + ": ";
    return error{failure::malformed, {at + "kein gültiges JSON: " + b.why, at + "not valid JSON: " + b.why}, {}};
  }
  written_file out{std::move(b.root), {}};
  out.texts = texts.take();
  return out;
}

}  // namespace jawort
