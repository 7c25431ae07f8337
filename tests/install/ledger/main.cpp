#include <cstdio>
#include <jawort/ledger/ledger.hpp>
#include <jawort/ledger/zone.hpp>

int main(int, char** argv) {
  using namespace jawort;
  auto book = ledger::open(argv[1]);
  if (!book) return 2;
  address const who = *address::parse("+491713920001");
  question q{&who, channel::whatsapp, *purpose::parse("newsletter"), system_now(), true};
  auto const d = book->ask(q);
  if (!d) return 2;
  std::printf("%s: %s\n", name(d->what).data(), name(d->reasons[0].code).data());
}
