// The command line of jawort: parse, call the library, render.
#include "options.hpp"

int main(int argc, char** argv) { return jawort::cli::run(argc, argv); }
