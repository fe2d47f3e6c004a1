/* features.c - the features, in the order in which they may know of each other. An earlier one tells a later one by events. */
#include "wijzer.h"
#include "accounts/accounts.h"
#include "accounts/roles.h"
#include "home/home.h"
#include "imports.sql.h"
#include "people.sql.h"
#include "accounts.sql.h"
#include "trust.sql.h"
#include "skills.sql.h"
#include "ratings.sql.h"
#include "strategy.sql.h"
#include "xapi.sql.h"
#include "journal.sql.h"
#include "learning.sql.h"
#include "practice.sql.h"
#include "surveys.sql.h"
#include "needs.sql.h"
#include "home.sql.h"
#include "demo.sql.h"
#include "web/web.sql.h"

static const struct schema *const schemas[] = {
	&web_schema,
	&imports_schema,
	&people_schema,
	&accounts_schema,
	&trust_schema,
	&skills_schema,
	&ratings_schema,
	&strategy_schema,
	&xapi_schema,
	&journal_schema,
	&learning_schema,
	&practice_schema,
	&surveys_schema,
	&needs_schema,
	&home_schema,
	&demo_schema,
	NULL };

static const struct query *const *const queries[] = {
	web_queries,
	imports_queries,
	people_queries,
	accounts_queries,
	trust_queries,
	skills_queries,
	ratings_queries,
	strategy_queries,
	xapi_queries,
	journal_queries,
	learning_queries,
	practice_queries,
	surveys_queries,
	needs_queries,
	home_queries,
	demo_queries,
	NULL };

const struct web_app wijzer_app = {
	.name = "Wijzer",
	.version = WIJZER_VERSION,
	.rights = rights,
	.roles = roles,
	.schemas = schemas,
	.queries = queries,
	.identify = account_identify,
	.layout = home_layout,
	.problem = home_problem,
};
