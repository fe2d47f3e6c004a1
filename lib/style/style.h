/* style.h - how the program looks, as bytes it serves itself; made by tools/assets.c. */
#pragma once
#include "web/asset.h"

extern const struct asset style_assets[];                  /* ended by an asset without path */
extern const char style_css_url[], style_script_url[];     /* with their fingerprint, so that a browser may keep them for good */
