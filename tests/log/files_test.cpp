// Notes, checkpoints, proofs and verifier keys as files: what is written is read again, and of each file in
// tests/vectors/log one thing is changed, which its name says; none of those is taken.
#include <doctest/doctest.h>

#include <algorithm>
#include <iostream>

#include "support.hpp"

using namespace support;
namespace fs = std::filesystem;

namespace {
fs::path const vectors = fs::path{JAWORT_ROOT} / "tests" / "vectors" / "log";

struct signer {
  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key{nullptr, EVP_PKEY_free};
  verifier who;
  signer(std::string name, std::uint8_t type, std::uint8_t seed) {
    digest raw{};
    raw.fill(seed);
    key.reset(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, raw.data(), raw.size()));
    std::size_t size = 32;
    EVP_PKEY_get_raw_public_key(key.get(), who.public_key.data(), &size);
    who.name = std::move(name);
    who.type = type;
    who.key_id = key_id_of(sha256, who.name, type, who.public_key);
  }
  [[nodiscard]] std::array<std::uint8_t, 64> sign(std::string_view message) const {
    std::array<std::uint8_t, 64> out{};
    std::size_t size = out.size();
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> c{EVP_MD_CTX_new(), EVP_MD_CTX_free};
    EVP_DigestSignInit(c.get(), nullptr, nullptr, nullptr, key.get());
    EVP_DigestSign(c.get(), out.data(), &size, reinterpret_cast<unsigned char const*>(message.data()), message.size());
    return out;
  }
  [[nodiscard]] std::string line(std::string_view text) const { return signature_line(who.name, who.key_id, sign(text)); }
  [[nodiscard]] std::string cosign(std::string_view text, std::uint64_t time) const {
    return cosignature_line(who.name, who.key_id, time, sign(cosigned_message(time, text)));
  }
};

std::string vkey(verifier const& v) {
  std::string typed(1, static_cast<char>(v.type));
  typed.append(reinterpret_cast<char const*>(v.public_key.data()), 32);
  constexpr std::string_view hex = "0123456789abcdef";
  std::string id;
  for (int shift = 28; shift >= 0; shift -= 4) id += hex[v.key_id >> shift & 15];
  return v.name + "+" + id + "+" + base64(detail::view(typed));
}

signer const log_key{"agency.example/jawort", ed25519_type, 1}, witness{"witness.example/w1", cosignature_type, 2}, stranger{"stranger.example", ed25519_type, 3};

memory_tree eleven() {
  memory_tree t;
  for (int n = 0; n < 11; ++n) t.add("entry " + std::to_string(n));
  return t;
}
std::string checkpoint_text(std::uint64_t size) { return text_of(checkpoint{log_key.who.name, size, root_of(eleven(), sha256, size)}); }
std::string signed_checkpoint(std::uint64_t size) { return checkpoint_text(size) + "\n" + log_key.line(checkpoint_text(size)); }

/// Whether every part of a file holds, judged by what kind its name begins with.
bool holds(std::string const& kind, std::string const& bytes) {
  auto const good = [](std::string_view note_text) -> std::optional<checkpoint> {
    auto const note = parse_note(note_text);
    if (!note || check_signature(*note, log_key.who, ed25519).state != signature_state::good) return std::nullopt;
    auto c = parse_checkpoint(note->text);
    return c && c->origin == log_key.who.name ? c : std::nullopt;
  };
  auto const tree = eleven();
  if (kind == "checkpoint") return good(bytes).has_value();
  if (kind == "cosigned") {
    auto const note = parse_note(bytes);
    return good(bytes) && note && check_signature(*note, witness.who, ed25519).state == signature_state::good;
  }
  if (kind == "proof") {
    auto const p = parse_tlog_proof(bytes);
    auto const c = p ? good(p->checkpoint) : std::nullopt;
    return c && verify_inclusion(sha256, p->index, c->size, tree(0, 5), p->path, c->root);
  }
  if (kind == "consistency") {
    auto const f = parse_consistency_file(bytes);
    auto const c = f ? good(f->checkpoint) : std::nullopt;
    return c && verify_consistency(sha256, f->old_size, c->size, f->proof, root_of(tree, sha256, 6), c->root);
  }
  if (kind == "vkey") return parse_verifier(sha256, bytes.substr(0, bytes.find('\n'))).has_value();
  FAIL("unknown kind of vector: " << kind);
  return false;
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  auto const at = text.find(what);
  REQUIRE_MESSAGE(at != text.npos, std::string{what});
  return text.replace(at, what.size(), with);
}

/// The good files, and each mutation of one thing.
std::vector<std::pair<std::string, std::string>> all_vectors() {
  auto const tree = eleven();
  auto const text = checkpoint_text(11), cp = signed_checkpoint(11), line = log_key.line(text);
  auto const root = base64(bytes_view{root_of(tree, sha256, 11)});
  auto const b64 = line.substr(line.rfind(' ') + 1, line.size() - line.rfind(' ') - 2);
  auto const re_signed = [](std::string const& t) { return t + "\n" + log_key.line(t); };
  std::vector<std::pair<std::string, std::string>> v;
  auto const add = [&](char const* name, std::string bytes) { v.emplace_back(name, std::move(bytes)); };

  add("checkpoint.good", cp);
  add("checkpoint.good-unknown-signature-kept", cp + stranger.line(text));
  add("checkpoint.good-unknown-signature-first", text + "\n" + stranger.line(text) + line);
  add("checkpoint.good-same-name-other-key-id", cp + signature_line(log_key.who.name, 1, stranger.sign(text)));
  add("checkpoint.bad-root-changed", replaced(cp, root, base64(bytes_view{root_of(tree, sha256, 10)})));
  add("checkpoint.bad-size-changed", replaced(cp, "\n11\n", "\n12\n"));
  add("checkpoint.bad-origin-changed", replaced(cp, "agency", "agencx"));
  add("checkpoint.bad-signature-bit", replaced(cp, b64, base64(detail::view([&] { auto raw = *from_base64(b64); raw[20] ^= 1; return std::string(raw.begin(), raw.end()); }()))));
  add("checkpoint.bad-second-signature-of-same-key", cp + signature_line(log_key.who.name, log_key.who.key_id, log_key.sign("other\n")));
  add("checkpoint.bad-signature-truncated", replaced(cp, b64, b64.substr(0, 88)));
  add("checkpoint.bad-signature-of-stranger-only", text + "\n" + stranger.line(text));
  add("checkpoint.bad-no-signature", text + "\n");
  add("checkpoint.bad-no-empty-line", text + line);
  add("checkpoint.bad-no-last-newline", cp.substr(0, cp.size() - 1));
  add("checkpoint.bad-text-behind-signatures", cp + "more\n");
  add("checkpoint.bad-empty-line-at-end", cp + "\n");
  add("checkpoint.bad-hyphen-for-dash", replaced(cp, "\u2014 ", "- "));
  add("checkpoint.bad-two-spaces-after-dash", replaced(cp, "\u2014 ", "\u2014  "));
  add("checkpoint.bad-space-behind-signature", cp.substr(0, cp.size() - 1) + " \n");
  add("checkpoint.bad-carriage-returns", [&] { std::string out; for (char const c : cp) { if (c == '\n') out += '\r'; out += c; } return out; }());
  add("checkpoint.bad-invalid-utf8", replaced(cp, "agency", "agen\xff\x79"));
  add("checkpoint.bad-control-character", re_signed(replaced(text, "agency", "agen\x07y")));
  add("checkpoint.bad-base64-without-padding", replaced(cp, root + "\n", root.substr(0, 43) + "\n"));
  add("checkpoint.bad-empty", "");
  add("checkpoint.bad-newlines-only", "\n\n\n");
  add("checkpoint.bad-signed-extension-line", re_signed(text + "extension\n"));
  add("checkpoint.bad-signed-leading-zero", re_signed(replaced(text, "\n11\n", "\n011\n")));
  add("checkpoint.bad-signed-plus-sign", re_signed(replaced(text, "\n11\n", "\n+11\n")));
  add("checkpoint.bad-signed-negative-size", re_signed(replaced(text, "\n11\n", "\n-1\n")));
  add("checkpoint.bad-signed-size-in-hex", re_signed(replaced(text, "\n11\n", "\n0xb\n")));
  add("checkpoint.bad-signed-size-beyond-64-bits", re_signed(replaced(text, "\n11\n", "\n18446744073709551627\n")));
  add("checkpoint.bad-signed-size-empty", re_signed(replaced(text, "\n11\n", "\n\n")));
  add("checkpoint.bad-signed-root-of-31-bytes", re_signed(replaced(text, root, base64(bytes_view{root_of(tree, sha256, 11)}.first(31)))));
  add("checkpoint.bad-signed-root-with-spare-bits", re_signed(replaced(text, root, root.substr(0, 42) + std::string(1, static_cast<char>(root[42] + 1)) + "=")));
  add("checkpoint.bad-signed-origin-of-another-log", re_signed(replaced(text, "agency.example/jawort", "other.example/jawort")));
  add("checkpoint.bad-more-than-100-signatures", [&] { std::string out = cp; for (int k = 0; k < 100; ++k) out += stranger.line(text); return out; }());

  auto const co = cp + witness.cosign(text, 1764000000);
  add("cosigned.good", co);
  add("cosigned.good-two-times", co + witness.cosign(text, 1764000600));
  add("cosigned.bad-none", cp);
  add("cosigned.bad-time-changed", cp + cosignature_line(witness.who.name, witness.who.key_id, 1764000001, witness.sign(cosigned_message(1764000000, text))));
  add("cosigned.bad-text-of-another-size", cp + witness.cosign(checkpoint_text(10), 1764000000));
  add("cosigned.bad-plain-signature-by-witness", cp + witness.line(text));
  add("cosigned.bad-without-time", cp + signature_line(witness.who.name, witness.who.key_id, witness.sign(cosigned_message(0, text))));
  add("cosigned.bad-name-with-plus", replaced(co, "witness.example/w1", "witness.example+w1"));

  tlog_proof const p{std::nullopt, 5, inclusion_proof(tree, sha256, 5, 11), cp};
  auto const hash0 = base64(bytes_view{p.path[0]}) + "\n", hash1 = base64(bytes_view{p.path[1]}) + "\n";
  auto const good = text_of(p);
  tlog_proof with_extra = p;
  with_extra.extra = std::vector<std::uint8_t>{1, 2, 3};
  add("proof.good", good);
  add("proof.good-extra", text_of(with_extra));
  add("proof.bad-header-of-version-2", replaced(good, "@v1", "@v2"));
  add("proof.bad-no-header", good.substr(good.find('\n') + 1));
  add("proof.bad-index-of-neighbour", replaced(good, "index 5", "index 4"));
  add("proof.bad-index-beyond-size", replaced(good, "index 5", "index 16"));
  add("proof.bad-index-leading-zero", replaced(good, "index 5", "index 05"));
  add("proof.bad-index-negative", replaced(good, "index 5", "index -5"));
  add("proof.bad-index-beyond-64-bits", replaced(good, "index 5", "index 18446744073709551621"));
  add("proof.bad-index-missing", replaced(good, "index 5\n", ""));
  add("proof.bad-extra-behind-index", replaced(good, "index 5\n", "index 5\nextra AQID\n"));
  add("proof.bad-extra-not-base64", replaced(good, "index 5\n", "extra !\nindex 5\n"));
  add("proof.bad-hash-missing", replaced(good, hash0, ""));
  add("proof.bad-hash-doubled", replaced(good, hash0, hash0 + hash0));
  add("proof.bad-hashes-swapped", replaced(good, hash0 + hash1, hash1 + hash0));
  add("proof.bad-hash-truncated", replaced(good, hash0, hash0.substr(0, 40) + "\n"));
  add("proof.bad-hash-in-hex", replaced(good, hash0, std::string(64, 'a') + "\n"));
  add("proof.bad-hash-added", replaced(good, hash0, hash0 + base64(bytes_view{sha256({})}) + "\n"));
  add("proof.bad-no-empty-line", replaced(good, "\n\nagency", "\nagency"));
  add("proof.bad-two-empty-lines", replaced(good, "\n\nagency", "\n\n\nagency"));
  add("proof.bad-checkpoint-missing", good.substr(0, good.find("\n\n") + 2));
  add("proof.bad-checkpoint-of-size-10", replaced(good, cp, signed_checkpoint(10)));
  add("proof.bad-64-hashes", [&] { tlog_proof long_one = p; long_one.path.assign(64, sha256({})); return text_of(long_one); }());

  consistency_file const c{6, consistency_proof(tree, sha256, 6, 11), cp};
  auto const cgood = text_of(c);
  auto const chash = base64(bytes_view{c.proof[0]}) + "\n";
  add("consistency.good", cgood);
  add("consistency.bad-old-size-changed", replaced(cgood, "old 6", "old 7"));
  add("consistency.bad-old-size-0", replaced(cgood, "old 6", "old 0"));
  add("consistency.bad-old-size-beyond", replaced(cgood, "old 6", "old 12"));
  add("consistency.bad-old-leading-zero", replaced(cgood, "old 6", "old 06"));
  add("consistency.bad-old-missing", replaced(cgood, "old 6\n", ""));
  add("consistency.bad-hash-missing", replaced(cgood, chash, ""));
  add("consistency.bad-empty-proof", text_of(consistency_file{6, {}, cp}));
  add("consistency.bad-hash-added", replaced(cgood, chash, chash + base64(bytes_view{sha256({})}) + "\n"));
  add("consistency.bad-no-empty-line", replaced(cgood, "\n\nagency", "\nagency"));
  add("consistency.bad-checkpoint-of-size-10", replaced(cgood, cp, signed_checkpoint(10)));
  add("consistency.bad-64-hashes", text_of(consistency_file{6, std::vector<digest>(64), cp}));

  auto const vk = vkey(log_key.who);
  add("vkey.good", vk + "\n");
  add("vkey.good-cosigner", vkey(witness.who) + "\n");
  add("vkey.bad-key-id", replaced(vk, "+", "+0") .erase(vk.find('+') + 9, 1) + "\n");
  add("vkey.bad-key-id-of-seven-digits", [&] { std::string s = vk; return s.erase(s.find('+') + 1, 1) + "\n"; }());
  add("vkey.bad-key-id-in-capitals", [&] { std::string s = vk; for (auto at = s.find('+') + 1; s[at] != '+'; ++at) s[at] = static_cast<char>(std::toupper(s[at])); return s + "\n"; }());
  add("vkey.bad-name-changed", replaced(vk, "agency", "agencx") + "\n");
  add("vkey.bad-no-name", vk.substr(vk.find('+')) + "\n");
  add("vkey.bad-name-with-space", replaced(vk, "agency", "agen y") + "\n");
  add("vkey.bad-key-too-short", vk.substr(0, vk.size() - 4) + "\n");
  add("vkey.bad-unknown-type", [&] { verifier x = log_key.who; x.type = 2; x.key_id = key_id_of(sha256, x.name, 2, x.public_key); return vkey(x) + "\n"; }());
  return v;
}
}  // namespace

TEST_CASE("what is written is read again") {
  auto const tree = eleven();
  tlog_proof p{std::vector<std::uint8_t>{9, 8}, 3, inclusion_proof(tree, sha256, 3, 11), signed_checkpoint(11)};
  CHECK(parse_tlog_proof(text_of(p)) == p);
  p.extra = std::vector<std::uint8_t>{};
  CHECK(parse_tlog_proof(text_of(p)) == p);
  consistency_file const c{6, consistency_proof(tree, sha256, 6, 11), signed_checkpoint(11)};
  CHECK(parse_consistency_file(text_of(c)) == c);
  auto const v = parse_verifier(sha256, vkey(witness.who));
  REQUIRE(v);
  CHECK(*v == witness.who);
  CHECK(vkey(log_key.who) == verifier_key(log_key.who.name, log_key.who.key_id, log_key.who.public_key));
}

TEST_CASE("a witness's time comes with its cosignature") {
  auto const text = checkpoint_text(11);
  auto const note = parse_note(signed_checkpoint(11) + witness.cosign(text, 1764000000) + witness.cosign(text, 1764000600));
  REQUIRE(note);
  CHECK(note->signatures.size() == 3);
  CHECK(check_signature(*note, witness.who, ed25519).time == 1764000600);
  CHECK(check_signature(*note, log_key.who, ed25519).state == signature_state::good);
  CHECK(check_signature(*note, stranger.who, ed25519).state == signature_state::absent);
}

TEST_CASE("key names: no space of any kind, no plus") {
  for (char const* good : {"a", "agency.example/jawort#2", "büro.example", "\u200b"}) CHECK_MESSAGE(is_key_name(good), std::string{good});
  for (char const* bad : {"", "a b", "a+b", "a\tb", "a\u00a0b", "a\u2003b", "a\u3000b", "a\nb", "a\u0085"}) CHECK_MESSAGE(!is_key_name(bad), std::string{bad});
}

TEST_CASE("vectors on disk: the good ones hold, the changed ones do not") {
  auto const wanted = all_vectors();
  if (std::getenv("UPDATE") != nullptr) {
    fs::create_directories(vectors);
    for (auto const& [name, bytes] : wanted) std::ofstream{vectors / name, std::ios::binary} << bytes;
  }
  std::size_t seen = 0;
  for (auto const& f : fs::directory_iterator{vectors}) {
    auto const name = f.path().filename().string();
    INFO(name);
    auto const bytes = slurp(f.path());
    auto const kind = name.substr(0, name.find('.'));
    CHECK(holds(kind, bytes) == name.substr(kind.size() + 1).starts_with("good"));
    auto const known = std::find_if(wanted.begin(), wanted.end(), [&](auto const& w) { return w.first == name; });
    CHECK_MESSAGE((known != wanted.end() && known->second == bytes), "the file is not what its name says; UPDATE=1 writes them anew");
    ++seen;
  }
  CHECK(seen == wanted.size());
}
