/* accounts.h - who is asking. */
#pragma once
#include "roles.h"
#include "web/web.h"

/* web_app.identify: session cookie, bearer token or the shell's --as. */
enum status account_identify(struct ctx *c, const struct web_credentials *by) must_use;

struct account {
	int64_t id;
	str email, name;
	int64_t person, roles;
	bool demo, has_password;
	instant made, closed;
};
extern const struct record account_record;

/* account_make: an account for this address, joined to the person who has it; an account that is there gets the roles added. */
enum status account_make(struct ctx *c, str email, str name, int64_t roles, bool demo, int64_t *id) must_use;
/* link_make: a one-time link for it, 72 hours; the whole address, as it is handed out. Nothing of it is stored but its fingerprint. */
enum status link_make(struct ctx *c, int64_t account, str *url) must_use;

/* Whether the asker's last employment has ended, and the last day on which they can enter to take along what is kept about them. */
enum status account_leaver_until(struct ctx *c, bool *left, date *until) must_use;
