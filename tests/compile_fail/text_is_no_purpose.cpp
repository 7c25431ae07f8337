#include <jawort/purpose.hpp>
bool ask(jawort::purpose const&);
#ifdef MUST_NOT_COMPILE
bool const asked = ask("newsletter");
#else
bool const asked = ask(*jawort::purpose::parse("newsletter"));
#endif
