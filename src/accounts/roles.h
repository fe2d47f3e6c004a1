/* roles.h - what people can be in Wijzer, several at once. */
#pragma once
#include "web/access.h"

enum role {
	EMPLOYEE      = 1,
	LEAD          = 2,     /* never given: whoever leads somebody's employment today */
	LEARNING      = 4,     /* learning and development, HR */
	BOARD         = 8,
	COUNCIL       = 16,    /* works council */
	PRIVACY       = 32,    /* privacy officer */
	ADMINISTRATOR = 64,
	FORMER        = 128,   /* never given: whose last employment has ended, for thirty days, instead of all other roles */
};

extern const struct role_entry roles[];
extern const struct right rights[];
