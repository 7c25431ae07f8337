// RFC 3161 answers, read and checked by OpenSSL.
#include <dirent.h>
#include <openssl/asn1.h>
#include <openssl/err.h>
#include <openssl/ts.h>
#include <openssl/x509.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "ledger_impl.hpp"
#include "kept_notes.hpp"

namespace jawort {
namespace {
struct free_response { void operator()(TS_RESP* r) const { TS_RESP_free(r); } };
struct free_context { void operator()(TS_VERIFY_CTX* c) const { TS_VERIFY_CTX_free(c); } };
struct free_time { void operator()(ASN1_TIME* t) const { ASN1_TIME_free(t); } };
using response = std::unique_ptr<TS_RESP, free_response>;

response decode(std::string const& der) {
  auto const* at = reinterpret_cast<unsigned char const*>(der.data());
  response r{d2i_TS_RESP(nullptr, &at, static_cast<long>(der.size()))};
  if (r && at != reinterpret_cast<unsigned char const*>(der.data()) + der.size()) r.reset();  // bytes behind it
  return r;
}

std::string why_not() {
  auto const code = ERR_peek_last_error();
  char const* const text = ERR_reason_error_string(code);
  ERR_clear_error();
  return text == nullptr ? "" : std::string{": "} + text;
}

std::optional<instant> time_of(ASN1_GENERALIZEDTIME const* t) {
  std::unique_ptr<ASN1_TIME, free_time> const epoch{ASN1_TIME_set(nullptr, 0)};
  int days = 0, seconds = 0;
  if (t == nullptr || ASN1_TIME_diff(&days, &seconds, epoch.get(), t) != 1) return std::nullopt;
  return instant::clamped((std::int64_t{days} * 86400 + seconds) * 1000);
}
}  // namespace

result<stamp> read_stamp(std::string const& der, std::string const& where) {
  auto const bad = [&](char const* de, char const* en) {
    ERR_clear_error();
    return error{failure::malformed, {where + ": " + de, where + ": " + en},
                 {"erwartet wird die Antwort einer Zeitstempelstelle (RFC 3161) auf `openssl ts -query -data DATEI -sha256 -cert`",
                  "expected is a time stamping authority's answer (RFC 3161) to `openssl ts -query -data FILE -sha256 -cert`"}};
  };
  auto const r = decode(der);
  if (!r) return bad("keine Zeitstempel-Antwort", "not a time stamp response");
  TS_STATUS_INFO* const status = TS_RESP_get_status_info(r.get());
  long const granted = status == nullptr ? -1 : ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(status));
  TS_TST_INFO* const info = TS_RESP_get_tst_info(r.get());
  if ((granted != TS_STATUS_GRANTED && granted != TS_STATUS_GRANTED_WITH_MODS) || info == nullptr) return bad("die Stelle hat nicht gestempelt", "the authority did not stamp");
  TS_MSG_IMPRINT* const imprint = TS_TST_INFO_get_msg_imprint(info);
  ASN1_OBJECT const* algorithm = nullptr;
  X509_ALGOR_get0(&algorithm, nullptr, nullptr, TS_MSG_IMPRINT_get_algo(imprint));
  ASN1_OCTET_STRING* const digest = TS_MSG_IMPRINT_get_msg(imprint);
  stamp s;
  if (OBJ_obj2nid(algorithm) != NID_sha256 || ASN1_STRING_length(digest) != static_cast<int>(s.imprint.size())) return bad("der Abdruck ist nicht SHA-256", "the imprint is not SHA-256");
  std::memcpy(s.imprint.data(), ASN1_STRING_get0_data(digest), s.imprint.size());
  auto const at = time_of(TS_TST_INFO_get_time(info));
  if (!at) return bad("der Zeitstempel hat keine Zeit", "the time stamp has no time");
  s.at = *at;
  return s;
}

result<> check_authority(std::string const& der, std::string const& stamped, std::string const& ca_file) {
  auto const r = decode(der);
  std::unique_ptr<X509_STORE, decltype(&X509_STORE_free)> store{X509_STORE_new(), X509_STORE_free};
  if (!store || X509_STORE_load_file(store.get(), ca_file.c_str()) != 1)
    return error{failure::environment, {"Zertifikate nicht lesbar: " + ca_file + why_not(), "cannot read certificates: " + ca_file + why_not()}, {}};
  std::unique_ptr<TS_VERIFY_CTX, free_context> const c{TS_VERIFY_CTX_new()};
  TS_VERIFY_CTX_set_flags(c.get(), TS_VFY_VERSION | TS_VFY_DATA | TS_VFY_SIGNATURE);
  TS_VERIFY_CTX_set_data(c.get(), BIO_new_mem_buf(stamped.data(), static_cast<int>(stamped.size())));
  TS_VERIFY_CTX_set_store(c.get(), store.release());
  if (r && TS_RESP_verify_response(c.get(), r.get()) == 1) return nothing{};
  auto const why = why_not();
  return error{failure::damaged, {"der Zeitstempel ist nicht von einer dieser Stellen: " + ca_file + why, "the time stamp is not of one of these authorities: " + ca_file + why}, {}};
}

std::vector<kept_stamp> kept_stamps(std::string const& ledger) {
  std::vector<kept_stamp> out;
  auto const folder = beside(ledger, "stamps");
  std::unique_ptr<DIR, int (*)(DIR*)> const dir{::opendir(folder.c_str()), ::closedir};
  if (!dir) return out;
  while (auto const* const entry = ::readdir(dir.get())) {
    std::string const name = entry->d_name;
    if (!name.ends_with(".tsr")) continue;
    auto const stem = folder + "/" + name.substr(0, name.size() - 4);
    out.push_back({stem + ".tsr", file_text(stem + ".tsr").value_or(""), file_text(stem + ".checkpoint").value_or("")});
  }
  std::sort(out.begin(), out.end(), [](kept_stamp const& a, kept_stamp const& b) { return a.file < b.file; });
  return out;
}

std::vector<found_note> kept_witnessed(std::string const& ledger) {
  std::vector<found_note> out;
  auto const path = beside(ledger, "witnessed");
  for (auto& note : read_notes(path, false)) out.push_back({std::move(note), path});
  return out;
}

std::vector<log::verifier> known_witnesses(std::string const& ledger) {
  std::vector<log::verifier> out;
  crypto::sha256 hash;
  for (auto const& line : file_lines(beside(ledger, "witnesses")))
    if (auto const v = log::parse_verifier(hash, line)) out.push_back(*v);
  return out;
}

}  // namespace jawort
