/* asset.h - a file that is served as it was built: styles, fonts, icons. */
#pragma once
#include "base/text.h"

struct asset { str path, type, etag; str bytes, gzipped; };
