#pragma GCC diagnostic error "-Wunused-result"
#include <jawort/address.hpp>
void take() {
#ifdef MUST_NOT_COMPILE
  jawort::address::parse("+491713920001");
#else
  (void)jawort::address::parse("+491713920001");
#endif
}
