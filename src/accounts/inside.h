/* inside.h - the rows that the files of this folder share. */
#pragma once
#include "accounts.h"
#include "accounts.sql.h"
#include "accounts.words.h"
#include "view/view.words.h"
#include "base/token.h"

enum { LEAVER_DAYS = 30, SESSION_DAYS = 14, LINK_HOURS = 72, PASSWORD_LEAST = 12, PASSWORD_MOST = 200 };

struct credential { str fingerprint, email; date leaver_since; };
struct asker_row { int64_t account, person; str name, language; int64_t roles; str password; bool demo; };
struct new_secret { str fingerprint; int64_t for_account; instant ends; str agent; };

/* session_begin: a new session for the account, whose cookie goes out with this reply. */
enum status session_begin(struct ctx *c, int64_t account) must_use;
/* Lower case and trimmed: how addresses are kept and compared. */
str email_of(struct ctx *c, str typed);

/* What the shell prints of what the pages show. */
struct account_entry { int64_t id; str email, name, role_names; bool closed, has_password; };
struct account_list { str find; list accounts; int64_t next; };
struct account_made { int64_t id; str email, url; };
struct token_made { str token; date ends; };
struct token_row { str name, label; instant made, ends; str email, owner; };
struct token_list { list tokens; };
struct token_name { str name; };
extern const struct record token_row_record, token_list_record;
