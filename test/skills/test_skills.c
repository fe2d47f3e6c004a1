/* test_skills.c - the framework: skills and profiles out of files, the starter, the tree, what roles ask, and who may. */
#include "harness.h"
#include "answers.h"
#include <jansson.h>
#include <string.h>

static const char LEARNING[] = "lieve@x.example", EMPLOYEE[] = "anna@x.example";

static void team(struct app *app)
{
	someone(app, LEARNING, "Lieve", "learning", NULL, NULL, NULL);
	someone(app, EMPLOYEE, "Anna", NULL, "Wonen", "Adviseur", NULL);
}

static const char *given(struct app *app, const char *name, int64_t value)
{
	return text_c(app->arena, text_format(app->arena, "%s=%lld", name, (long long)value));
}

static struct answer upload(struct app *app, const char *kind, const char *csv)
{
	list all = { 0 };
	*list_add(app->arena, &all, struct given) = (struct given){ S("kind"), str_of(kind) };
	*list_add(app->arena, &all, struct given) = (struct given){ S("file"), str_of(csv) };
	*list_add(app->arena, &all, struct given) = (struct given){ S("file_file"), text_format(app->arena, "%s.csv", kind) };
	return call_with(app, LEARNING, "import_upload", &all);
}

static struct answer take_in(struct app *app, const char *kind, const char *csv)
{
	return call(app, LEARNING, "import_confirm", given(app, "id", number_in(upload(app, kind, csv), "id")), NULL);
}

static void assert_counts(struct answer a, int added, int changed, int same)
{
	if (number_in(a, "added") != added || number_in(a, "changed") != changed || number_in(a, "same") != same)
		print_message(S_FMT "\n", S_ARG(a.json));
	assert_int_equal(number_in(a, "added"), added);
	assert_int_equal(number_in(a, "changed"), changed);
	assert_int_equal(number_in(a, "same"), same);
}

static void assert_has(str text, const char *wanted)
{
	if (!str_has(text, str_of(wanted)))
		print_message("said: " S_FMT "\nexpected: %s\n", S_ARG(text), wanted);
	assert_true(str_has(text, str_of(wanted)));
}

static const char SKILLS[] = "skill,parent,description,owner,review_date,uri,level_1,level_2,level_3,level_4,level_5\n"
	"Talking to tenants,With people,Say what will happen,anna@x.example,2027-01-31,http://esco.example/s4,Greets,Listens,Explains,Settles,Teaches\n"
	"With people,,All that is done with others,,,,,,,,\n"
	"Mending roofs,,Find the leak,Anna,,,Looks,,,,\n";

/* ---- Skills out of a file ---- */

static void skills_come_in_with_groups_and_levels(void **state)
{
	struct app *app = *state;
	team(app);
	assert_counts(take_in(app, "skills", SKILLS), 3, 0, 0);
	struct answer tree = call(app, EMPLOYEE, "skill_tree", NULL);
	assert_int_equal(number_in(tree, "skills"), 2);
	assert_int_equal(entries_in(tree, "branches"), 2);
	assert_has(tree.json, "\"name\":\"With people\"");
	assert_true(tree.queries <= 5);
	struct answer found = call(app, EMPLOYEE, "skill_tree", "find=tenants talking", NULL);
	assert_int_equal(number_in(found, "skills"), 0);
	found = call(app, EMPLOYEE, "skill_tree", "find=TALKING", NULL);
	assert_int_equal(number_in(found, "skills"), 1);
	struct answer one = call(app, EMPLOYEE, "skill_show", given(app, "id", entry_number((found), "branches", 0, "count")), NULL);
	assert_has(one.json, "\"name\":\"Talking to tenants\"");
	assert_has(one.json, "\"owner\":\"Anna\"");
	assert_has(one.json, "\"review_day\":\"2027-01-31\"");
	assert_has(one.json, "\"group\":\"With people\"");
	assert_int_equal(entries_in(one, "levels"), 5);
	assert_true(one.queries <= 5);
}

static void the_same_again_changes_nothing(void **state)
{
	struct app *app = *state;
	team(app);
	assert_counts(take_in(app, "skills", SKILLS), 3, 0, 0);
	assert_counts(take_in(app, "skills", SKILLS), 0, 0, 3);
	assert_counts(take_in(app, "skills", "skill,description,level_1\nMending roofs,Find where it leaks,Looks\n"), 0, 1, 0);
	assert_counts(take_in(app, "skills", "skill,level_1\nMending roofs,Looks up\n"), 0, 1, 0);
	assert_counts(take_in(app, "skills", "skill,level_1\nMending roofs,Looks up\n"), 0, 0, 1);
}

static void take_back(struct app *app, struct answer taken)
{
	assert_answer(call(app, LEARNING, "import_take_back", given(app, "id", number_in(taken, "import")), NULL), OK);
}

static void an_import_of_skills_can_be_taken_back(void **state)
{
	struct app *app = *state;
	team(app);
	struct answer first = take_in(app, "skills", SKILLS);
	struct answer second = take_in(app, "skills", "skill,parent,description,level_1,level_2\nMending roofs,With people,Something else,Climbs,Mends\nKnots,,Which holds,Ties,\n");
	assert_counts(second, 1, 1, 0);
	assert_has(call(app, EMPLOYEE, "skill_show", "id=3", NULL).json, "Something else");
	take_back(app, second);
	assert_int_equal(number_in(call(app, EMPLOYEE, "skill_tree", NULL), "skills"), 2);
	struct answer one = call(app, EMPLOYEE, "skill_show", "id=3", NULL);
	assert_has(one.json, "Find the leak");
	assert_has(one.json, "\"group\":null");
	assert_has(one.json, "\"text\":\"Looks\"");
	assert_int_equal(entries_in(one, "levels"), 1);
	take_back(app, first);
	assert_has(call(app, EMPLOYEE, "skill_tree", NULL).json, "\"empty\":true");
}

static void what_was_built_on_is_not_taken_back(void **state)
{
	struct app *app = *state;
	team(app);
	struct answer first = take_in(app, "skills", SKILLS);
	assert_answer(call(app, LEARNING, "role_skill_set", "id=1", "skill=1", "level=3", "importance=2", NULL), OK);
	struct answer refused = call(app, LEARNING, "import_take_back", given(app, "id", number_in(first, "import")), NULL);
	assert_answer(refused, CONFLICT);
	assert_has(refused.said, "something was built on");
	assert_int_equal(number_in(call(app, EMPLOYEE, "skill_tree", NULL), "skills"), 2);
}

static const struct { const char *kind, *csv, *said; } wrong[] = {
	{ "skills", "skill,owner\nKnots,Nobody\n", "skills.csv, line 2, column \"owner\": owner Nobody is nobody known here" },
	{ "skills", "skill,parent\nKnots,Knots\n", "skills.csv, line 2, column \"parent\": a skill cannot stand below itself" },
	{ "skills", "skill,parent\nKnots,Roops\n", "skills.csv, line 2, column \"parent\": \"Roops\" is not known" },
	{ "skills", "skill,parent\nKnots,Mending roofs\n", "skills.csv, line 2, column \"parent\": \"Mending roofs\" is a skill, not a group" },
	{ "skills", "skill\nKnots\nknots\n", "skills.csv, line 3, column \"skill\": \"knots\" stands on line 2 as well" },
	{ "skills", "skill,review_date\nKnots,31-02-2027\n", "skills.csv, line 2, column \"review_date\": the day \"31-02-2027\" does not exist" },
	{ "roles", "role,skill,level\nRoofer,Mending rofs,3\n", "roles.csv, line 2, column \"skill\": \"Mending rofs\" is not known. Perhaps you mean \"Mending roofs\"" },
	{ "roles", "role,skill,level\nRoofer,With people,3\n", "roles.csv, line 2, column \"skill\"" },
	{ "roles", "role,skill,level\nRoofer,Mending roofs,6\n", "roles.csv, line 2, column \"level\"" },
	{ "roles", "role,skill,level,importance\nRoofer,Mending roofs,3,4\n", "roles.csv, line 2, column \"importance\"" },
	{ "roles", "role,skill,level\nRoofer,Mending roofs,\n", "roles.csv, line 2, column \"level\"" },
	{ "roles", "role,skill,level\nRoofer,Mending roofs,3\nroofer,mending roofs,4\n", "roles.csv, line 3, column \"skill\": \"mending roofs\" stands under \"roofer\" on line 2 as well" },
};

static void every_mistake_has_its_place(void **state)
{
	struct app *app = *state;
	team(app);
	take_in(app, "skills", SKILLS);
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		const char *id = given(app, "id", number_in(upload(app, wrong[i].kind, wrong[i].csv), "id"));
		struct answer preview = call(app, LEARNING, "import_preview", id, NULL);
		json_t *o = json_of(preview);
		const char *said = json_string_value(json_array_get(json_object_get(o, "mistakes"), 0));
		assert_has(str_of(said ? said : "nothing"), wrong[i].said);
		json_decref(o);
		assert_int_not_equal(call(app, LEARNING, "import_confirm", id, NULL).status, OK);
	}
	assert_int_equal(number_in(call(app, EMPLOYEE, "skill_tree", NULL), "skills"), 2);
	assert_int_equal(entries_in(call(app, EMPLOYEE, "role_list_show", NULL), "roles"), 1);
}

/* ---- Roles ---- */

static void profiles_come_in_and_go_back(void **state)
{
	struct app *app = *state;
	team(app);
	take_in(app, "skills", SKILLS);
	const char *csv = "role,skill,level,importance\nAdviseur,Talking to tenants,4,3\nRoofer,Mending roofs,3,\n";
	assert_counts(take_in(app, "roles", csv), 2, 0, 0);
	assert_counts(take_in(app, "roles", csv), 0, 0, 2);
	struct answer roles = call(app, EMPLOYEE, "role_list_show", NULL);
	assert_int_equal(entries_in(roles, "roles"), 2);
	assert_int_equal(number_in(roles, "without"), 0);
	struct answer one = call(app, EMPLOYEE, "role_show", "id=1", NULL);
	assert_has(one.json, "\"level\":4,\"importance\":3,\"level_word\":\"experienced\"");
	struct answer changed = take_in(app, "roles", "role,skill,level,importance\nAdviseur,Talking to tenants,2,1\n");
	assert_counts(changed, 0, 1, 0);
	take_back(app, changed);
	assert_has(call(app, EMPLOYEE, "role_show", "id=1", NULL).json, "\"level\":4,\"importance\":3");
}

static void a_profile_is_changed_by_hand(void **state)
{
	struct app *app = *state;
	team(app);
	take_in(app, "skills", SKILLS);
	assert_answer(call(app, LEARNING, "role_skill_set", "id=1", "skill=1", "level=3", "importance=2", NULL), OK);
	assert_answer(call(app, LEARNING, "role_skill_set", "id=1", "skill=1", "level=5", "importance=2", NULL), OK);
	struct answer one = call(app, EMPLOYEE, "role_show", "id=1", NULL);
	assert_int_equal(entries_in(one, "lines"), 1);
	assert_int_equal(entry_number(one, "lines", 0, "level"), 5);
	assert_int_equal(number_in(call(app, EMPLOYEE, "skill_show", "id=1", NULL), "people"), 1);
	assert_answer(call(app, LEARNING, "role_skill_set", "id=1", "skill=1", "level=6", "importance=2", NULL), INVALID);
	assert_answer(call(app, LEARNING, "role_skill_set", "id=1", "skill=99", "level=3", "importance=2", NULL), NOT_FOUND);
	assert_answer(call(app, LEARNING, "role_skill_set", "id=99", "skill=1", "level=3", "importance=2", NULL), NOT_FOUND);
	assert_answer(call(app, EMPLOYEE, "role_show", "id=99", NULL), NOT_FOUND);
	assert_answer(call(app, LEARNING, "role_skill_drop", "id=1", "skill=1", NULL), OK);
	assert_int_equal(entries_in(call(app, EMPLOYEE, "role_show", "id=1", NULL), "lines"), 0);
}

/* ---- The rest ---- */

static void the_starter_comes_once(void **state)
{
	struct app *app = *state;
	team(app);
	int64_t added = number_in(call(app, LEARNING, "starter_adopt", NULL), "added");
	assert_true(added > 50);
	struct answer tree = call(app, EMPLOYEE, "skill_tree", NULL);
	assert_int_equal(number_in(tree, "skills") + (int64_t)entries_in(tree, "branches"), added);
	assert_int_equal(number_in(call(app, LEARNING, "starter_adopt", NULL), "added"), 0);
}

static void a_review_is_recorded(void **state)
{
	struct app *app = *state;
	team(app);
	take_in(app, "skills", "skill,review_date,owner\nKnots,2020-01-01,Anna\n");
	assert_has(call(app, EMPLOYEE, "skill_show", "id=1", NULL).json, "\"overdue\":true");
	assert_has(problem_of(call(app, LEARNING, "skill_review_done", "id=1", "review_day=2020-02-01", NULL), "review_day"), "after today");
	assert_answer(call(app, LEARNING, "skill_review_done", "id=1", "review_day=2199-01-01", NULL), OK);
	struct answer one = call(app, EMPLOYEE, "skill_show", "id=1", NULL);
	assert_has(one.json, "\"overdue\":false");
	assert_has(one.json, "\"owner\":\"Anna\"");
	assert_answer(call(app, LEARNING, "skill_review_done", "id=9", "review_day=2199-01-01", NULL), NOT_FOUND);
}

static void who_may(void **state)
{
	struct app *app = *state;
	team(app);
	take_in(app, "skills", SKILLS);
	assert_answer(call(app, EMPLOYEE, "starter_adopt", NULL), FORBIDDEN);
	assert_answer(call(app, EMPLOYEE, "role_skill_set", "id=1", "skill=1", "level=3", "importance=2", NULL), FORBIDDEN);
	assert_answer(call(app, EMPLOYEE, "role_skill_drop", "id=1", "skill=1", NULL), FORBIDDEN);
	assert_answer(call(app, EMPLOYEE, "skill_review_done", "id=1", "review_day=2199-01-01", NULL), FORBIDDEN);
	assert_answer(call(app, NULL, "skill_tree", NULL), FORBIDDEN);
	assert_answer(call(app, NULL, "skill_show", "id=1", NULL), FORBIDDEN);
	assert_answer(call(app, EMPLOYEE, "skill_show", "id=99", NULL), NOT_FOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		app_test(skills_come_in_with_groups_and_levels), app_test(the_same_again_changes_nothing), app_test(an_import_of_skills_can_be_taken_back), app_test(what_was_built_on_is_not_taken_back),
		app_test(every_mistake_has_its_place), app_test(profiles_come_in_and_go_back), app_test(a_profile_is_changed_by_hand), app_test(the_starter_comes_once),
		app_test(a_review_is_recorded), app_test(who_may) };
	return run_on_engines("skills", tests);
}
