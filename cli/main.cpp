// The command line of jawort: parse, call the library, render.
#include "jawort/ledger/job.hpp"
#include "options.hpp"

int main(int argc, char** argv) {
  jawort::sqlite_without_statistics();
  return jawort::cli::run(argc, argv);
}
