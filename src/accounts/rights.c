/* rights.c - who may do what: the one table, printed as the rights matrix on Trust.
 *
 * A right says only which roles may ask. Whose data they then see is decided where it is read:
 * a lead's team, a person's own, a group through the gate.
 */
#include "roles.h"
#include "accounts.words.h"

enum {
	STAFF = LEARNING | ADMINISTRATOR,
	OVERSIGHT = COUNCIL | PRIVACY,
};

const struct role_entry roles[] = {
	{ EMPLOYEE,      "employee",      W(accounts_role_employee) },
	{ LEAD,          "lead",          W(accounts_role_lead) },
	{ LEARNING,      "learning",      W(accounts_role_learning) },
	{ BOARD,         "board",         W(accounts_role_board) },
	{ COUNCIL,       "council",       W(accounts_role_council) },
	{ PRIVACY,       "privacy",       W(accounts_role_privacy) },
	{ ADMINISTRATOR, "administrator", W(accounts_role_administrator) },
	{ FORMER,        "former",        W(accounts_role_former) },
	{ 0 } };

const struct right rights[] = {
	{ "self.use",        EMPLOYEE,                          W(accounts_right_self_use) },
	{ "self.keep",       EMPLOYEE | FORMER,                 W(accounts_right_self_keep) },
	{ "people.read",     LEAD | STAFF,                      W(accounts_right_people_read) },
	{ "people.manage",   STAFF,                             W(accounts_right_people_manage) },
	{ "import.run",      STAFF,                             W(accounts_right_import_run) },
	{ "skills.read",     EMPLOYEE | LEAD | STAFF | BOARD | OVERSIGHT, W(accounts_right_skills_read) },
	{ "decks.manage",    LEARNING,                          W(accounts_right_decks_manage) },
	{ "retention.read",  LEAD | LEARNING | BOARD | OVERSIGHT, W(accounts_right_retention_read) },
	{ "learning.read",   LEAD | LEARNING | BOARD | OVERSIGHT, W(accounts_right_learning_read) },
	{ "learning.manage", LEARNING,                          W(accounts_right_learning_manage) },
	{ "skills.manage",   LEARNING,                          W(accounts_right_skills_manage) },
	{ "ratings.give",    EMPLOYEE,                          W(accounts_right_ratings_give) },
	{ "ratings.read",    LEARNING,                          W(accounts_right_ratings_read) },
	{ "ratings.manage",  LEARNING,                          W(accounts_right_ratings_manage) },
	{ "team.read",       LEAD,                              W(accounts_right_team_read) },
	{ "gap.read",        LEAD | LEARNING | BOARD,           W(accounts_right_gap_read) },
	{ "strategy.read",   EMPLOYEE | LEAD | STAFF | BOARD | OVERSIGHT, W(accounts_right_strategy_read) },
	{ "strategy.manage", LEARNING | BOARD,                  W(accounts_right_strategy_manage) },
	{ "surveys.read",    EMPLOYEE | LEAD | LEARNING | BOARD | OVERSIGHT, W(accounts_right_surveys_read) },
	{ "surveys.board",   BOARD,                             W(accounts_right_surveys_board) },
	{ "surveys.act",     LEAD | LEARNING | BOARD,           W(accounts_right_surveys_act) },
	{ "surveys.manage",  LEARNING,                          W(accounts_right_surveys_manage) },
	{ "needs.read",      LEAD | LEARNING | BOARD,           W(accounts_right_needs_read) },
	{ "needs.board",     BOARD,                             W(accounts_right_needs_board) },
	{ "needs.say",       LEAD,                              W(accounts_right_needs_say) },
	{ "needs.manage",    LEARNING,                          W(accounts_right_needs_manage) },
	{ "signals.read",    EMPLOYEE | LEAD | LEARNING | BOARD | OVERSIGHT, W(accounts_right_signals_read) },
	{ "signals.manage",  LEARNING | BOARD,                  W(accounts_right_signals_manage) },
	{ "trust.read",      EMPLOYEE | LEAD | STAFF | BOARD | OVERSIGHT | FORMER, W(accounts_right_trust_read) },
	{ "trust.propose",   LEARNING | PRIVACY | ADMINISTRATOR, W(accounts_right_trust_propose) },
	{ "trust.record",    OVERSIGHT | ADMINISTRATOR,         W(accounts_right_trust_record) },
	{ "erasure.ask",     PRIVACY | ADMINISTRATOR,           W(accounts_right_erasure_ask) },
	{ "erasure.decide",  PRIVACY,                           W(accounts_right_erasure_decide) },
	{ "mistakes.answer", STAFF | PRIVACY,                   W(accounts_right_mistakes_answer) },
	{ "audit.read",      OVERSIGHT,                         W(accounts_right_audit_read) },
	{ "accounts.manage", ADMINISTRATOR,                     W(accounts_right_accounts_manage) },
	{ "record.read",     STAFF,                             W(accounts_right_record_read) },
	{ "clients.manage",  ADMINISTRATOR,                     W(accounts_right_clients_manage) },
	{ 0 } };
