#include <jawort/time.hpp>
#ifdef MUST_NOT_COMPILE
jawort::instant const when = 1700000000;
#else
jawort::instant const when = *jawort::instant::parse("2026-06-01T10:00:00Z");
#endif
