/* settings.c - what was declared, and which value is in force. */
#include "trust.h"
#include "trust.sql.h"

extern const struct setting *const __start_wijzer_settings[] __attribute__((weak));
extern const struct setting *const __stop_wijzer_settings[] __attribute__((weak));

struct setting_key { str name; };
struct setting_value { str value; };
RECORD(setting_key, FIELD(setting_key, name));
RECORD(setting_value, FIELD(setting_value, value));

size_t settings_count(void)
{
	return (size_t)(__stop_wijzer_settings - __start_wijzer_settings);
}

const struct setting *settings_at(size_t i)
{
	return __start_wijzer_settings[i];
}

const struct setting *setting_find(str name)
{
	for (size_t i = 0; i < settings_count(); i++)
		if (str_eq(str_of(settings_at(i)->name), name))
			return settings_at(i);
	return NULL;
}

enum status setting_number(struct ctx *c, str name, double *out)
{
	const struct setting *s = setting_find(name);
	if (!s)
		return broken(c, "no setting is called " S_FMT, S_ARG(name));
	struct setting_key key = { name };
	struct setting_value value = { str_of(s->value) };
	bool found;
	TRY(store_find(c, setting_now, &key, &value, &found));
	return str_to_real(value.value, out) ? OK : broken(c, "setting %s is no number", s->name);
}
