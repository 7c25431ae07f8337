#include <jawort/decision.hpp>
bool may(jawort::decision const& d) {
#ifdef MUST_NOT_COMPILE
  return d;
#else
  return d.may_send();
#endif
}
