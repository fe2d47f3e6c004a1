/* need.c - what all templates of the program count on; VIEW_NEED put it into a section of the program. */
#include "view.h"

extern const struct view_need *const __start_wijzer_needs[] __attribute__((weak));
extern const struct view_need *const __stop_wijzer_needs[] __attribute__((weak));

size_t view_needs_count(void)
{
	return (size_t)(__stop_wijzer_needs - __start_wijzer_needs);
}

const struct view_need *view_needs_at(size_t i)
{
	return __start_wijzer_needs[i];
}
