#include <jawort/address.hpp>
#include <jawort/purpose.hpp>
bool ask(jawort::address const&);
#ifdef MUST_NOT_COMPILE
bool const asked = ask(*jawort::purpose::parse("newsletter"));
#else
bool const asked = ask(*jawort::address::parse("+491713920001"));
#endif
