/* test_esco.c - ESCO: taken in from the terminal as somebody would, found, read and adopted. The classification is made up, but for one test. */
#include "harness.h"
#include "answers.h"
#include "base/buffer.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *wijzer;
static const char LEARNING[] = "lieve@x.example", EMPLOYEE[] = "anna@x.example";

#define U "http://esco.example/"
static const char SKILLS_EN[] = "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,description\n"
	"KnowledgeSkillCompetence," U "s1,skill/competence,cross-sector,mend a roof,,\"Find where it leaks,\nand close it.\"\n"
	"KnowledgeSkillCompetence," U "s2,knowledge,sector-specific,kinds of slate,,What slate there is.\n"
	"KnowledgeSkillCompetence," U "s3,skill/competence,transversal,climb safely,,Up and down without falling.\n"
	"KnowledgeSkillCompetence," U "s4,skill/competence,cross-sector,talk to tenants,,Say what is going to happen.\n";
static const char SKILLS_NL[] = "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,description\n"
	"KnowledgeSkillCompetence," U "s1,skill/competence,cross-sector,een dak herstellen,,Het lek vinden en dichten.\n";
static const char OCCUPATIONS_EN[] = "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,description,code\n"
	"Occupation," U "o1,7121,roofer,\"slater\ntiler of roofs\",Roofers mend roofs.,7121.1\n"
	"Occupation," U "o2,5153,caretaker,janitor,Caretakers look after a building.,5153.1\n";
static const char OCCUPATIONS_NL[] = "conceptUri,iscoGroup,code,preferredLabel,altLabels,description\n"
	U "o1,7121,7121.1,dakdekker,leidekker,Dakdekkers herstellen daken.\n"
	U "o2,5153,5153.1,conciërge,huismeester,Conciërges zorgen voor een gebouw.\n"
	U "o9,9999,9999.1,torenwachter,,Torenwachters kijken uit.\n";
static const char RELATIONS[] = "occupationUri,relationType,skillType,skillUri\n"
	U "o1,optional,skill/competence," U "s4\n"
	U "o1,essential,skill/competence," U "s1\n"
	U "o1,essential,knowledge," U "s2\n"
	U "o2,essential,skill/competence," U "s4\n"
	U "o2,optional,skill/competence," U "s3\n"
	U "o8,optional,skill/competence," U "s3\n";            /* o8 has no name anywhere */

/* ---- The terminal ---- */

struct outcome { int code; str out, err; };

static str file_text(struct app *app, const char *path)
{
	struct buffer b = { 0 };
	char piece[4096];
	FILE *f = fopen(path, "rb");
	assert_non_null(f);
	for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0; )
		buffer_add(&b, (str){ piece, n });
	fclose(f);
	str text = text_copy(app->arena, buffer_text(&b));
	buffer_done(&b);
	return text;
}

static const char *path_in(struct app *app, const char *name)
{
	return text_c(app->arena, text_format(app->arena, "%s/%s", app->folder, name));
}

static const char *file_made(struct app *app, const char *name, const char *content)
{
	const char *path = path_in(app, name);
	FILE *f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(content, 1, strlen(content), f), strlen(content));
	assert_int_equal(fclose(f), 0);
	return path;
}

/* wijzer import esco WORDS…, ended by NULL; `who` is "--unprotected", "--as=…" or "". */
static struct outcome import(struct app *app, const char *who, const char *const *words)
{
	const char *const fixed[] = { wijzer, "import", "esco", "--language", "en", "--db", text_c(app->arena, app->url), *who ? who : NULL, NULL };
	char *line[40] = { 0 };
	size_t n = 0;
	for (const char *const *from = fixed; *from; from++)
		line[n++] = arena_copy(app->arena, *from, strlen(*from) + 1);
	for (; *words; words++)
		line[n++] = arena_copy(app->arena, *words, strlen(*words) + 1);
	const char *out = path_in(app, "out"), *err = path_in(app, "err");
	pid_t child = fork();
	if (!child) {
		int one = open(out, O_WRONLY | O_CREAT | O_TRUNC, 0600), two = open(err, O_WRONLY | O_CREAT | O_TRUNC, 0600);
		dup2(one, 1);
		dup2(two, 2);
		execv(wijzer, line);
		_exit(127);
	}
	int status = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	return (struct outcome){ WIFEXITED(status) ? WEXITSTATUS(status) : -1, file_text(app, out), file_text(app, err) };
}
#define IMPORT_ESCO(app, who, ...) import((app), (who), (const char *const[]){ __VA_ARGS__, NULL })

static void assert_said(str text, const char *wanted)
{
	if (!str_has(text, str_of(wanted)))
		print_message("expected: %s\nsaid: " S_FMT "\n", wanted, S_ARG(text));
	assert_true(str_has(text, str_of(wanted)));
}

static void assert_taken(struct outcome o, const char *wanted)
{
	if (o.code)
		print_message(S_FMT, S_ARG(o.err));
	assert_int_equal(o.code, 0);
	assert_said(o.out, wanted);
}

static const char *release_made(struct app *app)
{
	const char *folder = path_in(app, "release");
	if (mkdir(folder, 0700))
		return folder;
	file_made(app, "release/skills_en.csv", SKILLS_EN);
	file_made(app, "release/occupations_en.csv", OCCUPATIONS_EN);
	file_made(app, "release/occupationSkillRelations.csv", RELATIONS);
	file_made(app, "release/conceptSchemes_en.csv", "conceptType,conceptSchemeUri,preferredLabel\nConceptScheme," U "x,Digital\n");
	file_made(app, "release/skills_fr.csv", SKILLS_NL);
	return folder;
}

static void team(struct app *app)
{
	someone(app, LEARNING, "Lieve", "learning", NULL, NULL, NULL);
	someone(app, EMPLOYEE, "Anna", NULL, "Wonen", "Huismeester", NULL);
}

static struct answer browse(struct app *app, const char *kind, const char *find)
{
	return call(app, EMPLOYEE, "esco_browse", text_c(app->arena, text_format(app->arena, "kind=%s", kind)),
		text_c(app->arena, text_format(app->arena, "find=%s", find)), NULL);
}

static const char *given(struct app *app, const char *name, int64_t value)
{
	return text_c(app->arena, text_format(app->arena, "%s=%lld", name, (long long)value));
}

static int64_t id_of(struct app *app, const char *kind, const char *find)
{
	return entry_number(browse(app, kind, find), "entries", 0, "id");
}

/* ---- Taking in ---- */

static void a_release_is_told_and_found(void **state)
{
	struct app *app = *state;
	team(app);
	assert_taken(IMPORT_ESCO(app, "--unprotected", release_made(app)), "4 skills, 2 occupations, 6 relations.\n1 address is not in the English release; it was added.\nNew: 7. Changed: 0.\n");
	struct answer a = browse(app, "occupation", "tiler");
	assert_int_equal(number_in(a, "found"), 1);
	assert_string_equal(text_in(app, a, "entries", 0, "name"), "roofer");
	assert_string_equal(text_in(app, a, "entries", 0, "code"), "7121.1");
	assert_true(a.queries <= 5);
	assert_int_equal(number_in(browse(app, "occupation", ""), "found"), 2);         /* the one without a name is not shown */
	assert_int_equal(number_in(browse(app, "skill", "TALK ten"), "found"), 1);
	assert_int_equal(number_in(browse(app, "skill", "ten talk"), "found"), 1);
	assert_int_equal(number_in(browse(app, "skill", "%"), "found"), 0);
	assert_int_equal(number_in(browse(app, "skill", "_"), "found"), 0);
}

static void again_changes_nothing(void **state)
{
	struct app *app = *state;
	team(app);
	assert_taken(IMPORT_ESCO(app, "--unprotected", release_made(app)), "New: 7.");
	int64_t before = id_of(app, "skill", "mend");
	assert_taken(IMPORT_ESCO(app, "--unprotected", release_made(app)), "4 skills, 2 occupations, 6 relations.\n1 address is not in the English release; it was added.\nNothing changed");
	assert_int_equal(id_of(app, "skill", "mend"), before);
}

static void languages_merge_by_address_in_any_order(void **state)
{
	struct app *app = *state;
	team(app);
	const char *dutch = file_made(app, "occupations_nl.csv", OCCUPATIONS_NL);
	assert_taken(IMPORT_ESCO(app, "--unprotected", dutch), "0 skills, 3 occupations, 0 relations.\nNew: 3.");
	assert_taken(IMPORT_ESCO(app, "--unprotected", file_made(app, "skills_nl.csv", SKILLS_NL), release_made(app)),
		"4 skills, 2 occupations, 6 relations.\n2 addresses are not in the English release; they were added.\nNew: 5. Changed: 2.");
	struct answer a = browse(app, "occupation", "dakdekker");
	assert_string_equal(text_in(app, a, "entries", 0, "name"), "roofer");             /* read in English, found in Dutch */
	assert_int_equal(number_in(browse(app, "occupation", "concierge"), "found"), 1);  /* however it is typed */
	assert_int_equal(number_in(browse(app, "occupation", "toren"), "found"), 1);
	assert_int_equal(number_in(browse(app, "skill", "dak herstellen"), "found"), 1);
	struct answer one = call(app, EMPLOYEE, "esco_occupation_show", given(app, "id", id_of(app, "occupation", "roofer")), NULL);
	assert_int_equal(entries_in(one, "essential"), 2);
	struct answer skill = call(app, EMPLOYEE, "esco_skill_show", given(app, "id", id_of(app, "skill", "mend")), NULL);
	assert_answer(skill, OK);
	assert_true(str_has(skill.json, S("roofer")));                                    /* who needs it */
	assert_answer(call(app, EMPLOYEE, "esco_skill_show", "id=999999", NULL), NOT_FOUND);
	assert_taken(IMPORT_ESCO(app, "--unprotected", dutch), "Nothing changed");
	assert_int_equal(number_in(browse(app, "skill", ""), "found"), 4);                /* a language alone takes nothing away */
}

static void a_newer_release_keeps_numbers(void **state)
{
	struct app *app = *state;
	team(app);
	assert_taken(IMPORT_ESCO(app, "--unprotected", release_made(app)), "New: 7.");
	int64_t before = id_of(app, "skill", "climb");
	const char *newer = file_made(app, "skills_en.csv", "conceptUri,skillType,reuseLevel,preferredLabel,description\n"
		U "s3,skill/competence,transversal,climb without falling,Up and down.\n" U "s5,knowledge,,knots,Which knot holds.\n");
	assert_taken(IMPORT_ESCO(app, "--unprotected", newer), "5 skills, 2 occupations, 6 relations.\n1 address is not in the English release; it was added.\nNew: 1. Changed: 1.");
	assert_int_equal(id_of(app, "skill", "without falling"), before);
	assert_int_equal(number_in(browse(app, "skill", "safely"), "found"), 0);
}

static void who_may(void **state)
{
	struct app *app = *state;
	team(app);
	const char *folder = release_made(app);
	struct outcome o = IMPORT_ESCO(app, "", folder);
	assert_int_equal(o.code, 4);
	assert_said(o.err, "--as EMAIL");
	o = IMPORT_ESCO(app, "--as=anna@x.example", folder);
	assert_int_equal(o.code, 4);
	assert_said(o.err, "learning and development");
	assert_taken(IMPORT_ESCO(app, "--as=lieve@x.example", folder), "New: 7.");
	assert_answer(call(app, EMPLOYEE, "esco_adopt", "skills.0.skill=1", "skills.0.take=1", NULL), FORBIDDEN);
	assert_answer(call(app, NULL, "esco_browse", NULL), FORBIDDEN);
}

/* ---- What can be wrong ---- */

static const struct { const char *name, *content; int code; const char *said; } wrong[] = {
	{ "people.csv", "name,unit\nAnna,Wonen\n", 1, "people.csv is not one of ESCO's files" },
	{ "skills_fr.csv", SKILLS_NL, 1, "skills_fr.csv is in the language \"fr\"" },
	{ "skills_en.csv", "conceptUri,skillType,preferredLabel\n" U "s1,knowledge,\n", 1, "skills_en.csv, line 2, column \"preferredLabel\": " U "s1 has no name here" },
	{ "skills_en.csv", "conceptUri,skillType,preferredLabel\nabc,knowledge,x\n", 1, "skills_en.csv, line 2, column \"conceptUri\": \"abc\" is no ESCO address" },
	{ "skills_en.csv", "conceptUri,skillType,preferredLabel\n" U "o1,knowledge,x\n", 1, "an occupation cannot be a skill" },
	{ "skills_en.csv", "conceptUri,skillType,preferredLabel\n" U "s1,knowledge\n", 1, "skills_en.csv, line 2: 2 cells" },
	{ "skills_en.csv", "conceptUri,skillType,preferredLabel\n" U "s1,knowledge,\"open\n", 1, "skills_en.csv" },
	{ "skills_en.csv", "", 1, "skills_en.csv is empty" },
	{ "r.csv", "occupationUri,relationType,skillUri\n" U "o1,perhaps," U "s1\n", 1, "r.csv, line 2, column \"relationType\": \"perhaps\" is no kind of relation" },
	{ "r.csv", "occupationUri,relationType,skillUri\n" U "s1,optional," U "s2\n", 1, "r.csv, line 2" },
	{ "esco.zip", "this is no zip at all", 1, "esco.zip" },
};

static void every_mistake_has_its_place_and_changes_nothing(void **state)
{
	struct app *app = *state;
	team(app);
	assert_taken(IMPORT_ESCO(app, "--unprotected", release_made(app)), "New: 7.");
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		struct outcome o = IMPORT_ESCO(app, "--unprotected", file_made(app, wrong[i].name, wrong[i].content));
		if (o.code != wrong[i].code)
			print_message("%s: exit %d, said " S_FMT "\n", wrong[i].content, o.code, S_ARG(o.err));
		assert_int_equal(o.code, wrong[i].code);
		assert_said(o.err, wrong[i].said);
		assert_int_equal(o.out.len, 0);
	}
	assert_int_equal(IMPORT_ESCO(app, "--unprotected", path_in(app, "none.csv")).code, 3);
	assert_taken(IMPORT_ESCO(app, "--unprotected", release_made(app)), "Nothing changed");
}

static void relations_need_names(void **state)
{
	struct app *app = *state;
	team(app);
	struct outcome o = IMPORT_ESCO(app, "--unprotected", file_made(app, "r.csv", RELATIONS));
	assert_int_equal(o.code, 1);
	assert_said(o.err, "name addresses only");
	assert_true(str_has(browse(app, "skill", "").json, S("\"empty\":true")));
}

/* What an import that died left behind is never read, and goes with the next one. */
static void a_death_in_the_middle_is_never_seen(void **state)
{
	struct app *app = *state;
	team(app);
	sql(app, "insert into esco_release (began, shown, concepts, relations) values (1, 0, 2, 0)");
	sql(app, "insert into esco_concept (release, kind, id, uri, knowledge, name_en, fold, fold_en) values ((select max(id) from esco_release), 'skill', 1, '" U "s1', 0, 'half', 'half', 'half')");
	assert_int_equal(number_in(browse(app, "skill", ""), "found"), 0);
	assert_answer(call(app, LEARNING, "esco_show", "id=1", NULL), CONFLICT);
	assert_int_equal(number_in(browse(app, "skill", ""), "found"), 0);
	assert_taken(IMPORT_ESCO(app, "--unprotected", release_made(app)), "New: 7.");
	assert_int_equal(number_in(browse(app, "skill", "half"), "found"), 0);
	assert_answer(call(app, LEARNING, "esco_show", "id=1", NULL), CONFLICT);
	assert_int_equal(number_in(browse(app, "skill", ""), "found"), 4);
}

static void two_at_once_wait(void **state)
{
	struct app *app = *state;
	team(app);
	sql(app, text_c(app->arena, text_format(app->arena, "insert into esco_release (began, shown, concepts, relations) values (%lld, 0, 2, 0)", (long long)clock_now().ms)));
	struct outcome o = IMPORT_ESCO(app, "--unprotected", release_made(app));
	assert_int_equal(o.code, 5);
	assert_said(o.err, "being imported already");
}

/* ---- Adopting ---- */

static void an_occupation_proposes_eight(void **state)
{
	struct app *app = *state;
	team(app);
	struct buffer skills = { 0 }, relations = { 0 };
	buffer_add(&skills, S("conceptUri,skillType,reuseLevel,preferredLabel,description\n"));
	buffer_add(&relations, S("occupationUri,relationType,skillUri\n"));
	for (int i = 10; i < 22; i++) {
		buffer_add_format(&skills, U "s%d,%s,cross-sector,skill %d,About %d\n", i, i == 11 ? "knowledge" : "skill/competence", i, i);
		buffer_add_format(&relations, U "o1,%s," U "s%d\n", i < 16 ? "optional" : "essential", i);
	}
	buffer_add_char(&skills, '\0');
	buffer_add_char(&relations, '\0');
	assert_taken(IMPORT_ESCO(app, "--unprotected", file_made(app, "skills_en.csv", skills.at), file_made(app, "occupations_en.csv", OCCUPATIONS_EN),
		file_made(app, "r.csv", relations.at)), "12 skills, 2 occupations, 12 relations.");
	buffer_done(&skills);
	buffer_done(&relations);
	struct answer a = call(app, LEARNING, "esco_occupation_show", given(app, "id", id_of(app, "occupation", "roofer")), NULL);
	assert_int_equal(entries_in(a, "proposed"), 8);
	assert_string_equal(text_in(app, a, "proposed", 0, "name"), "skill 16");
	assert_string_equal(text_in(app, a, "proposed", 6, "name"), "skill 10");          /* after the six essential ones */
	assert_string_equal(text_in(app, a, "proposed", 7, "name"), "skill 12");          /* knowledge last */
	assert_int_equal(entries_in(a, "essential"), 6);
	assert_int_equal(entries_in(a, "optional"), 6);
	assert_true(a.queries <= 5);
}

static void adopting_makes_skills_once(void **state)
{
	struct app *app = *state;
	team(app);
	assert_taken(IMPORT_ESCO(app, "--unprotected", release_made(app)), "New: 7.");
	const char *occupation = given(app, "occupation", id_of(app, "occupation", "roofer"));
	const char *one = given(app, "skills.0.skill", id_of(app, "skill", "mend")), *two = given(app, "skills.1.skill", id_of(app, "skill", "talk"));
	assert_answer(call(app, LEARNING, "esco_adopt", occupation, one, two, NULL), INVALID);
	assert_answer(call(app, LEARNING, "esco_adopt", "skills.0.skill=99999", "skills.0.take=1", NULL), NOT_FOUND);
	assert_answer(call(app, LEARNING, "esco_adopt", occupation, one, "skills.0.take=1", "role=99999", NULL), NOT_FOUND);
	assert_answer(call(app, LEARNING, "esco_adopt", occupation, one, "skills.0.take=1", "level=9", NULL), INVALID);
	struct answer a = call(app, LEARNING, "esco_adopt", occupation, one, "skills.0.take=1", "skills.0.name_nl=Daken herstellen", two, "skills.1.take=1", "role=1", "level=4", NULL);
	assert_int_equal(number_in(a, "added"), 2);
	struct answer profile = call(app, LEARNING, "role_show", "id=1", NULL);
	assert_int_equal(entries_in(profile, "lines"), 2);
	assert_string_equal(text_in(app, profile, "lines", 0, "name"), "mend a roof");
	assert_int_equal(entry_number(profile, "lines", 0, "importance"), 3);
	assert_int_equal(entry_number(profile, "lines", 1, "importance"), 1);
	assert_int_equal(entry_number(profile, "lines", 1, "level"), 4);
	struct answer skill = call(app, EMPLOYEE, "skill_show", given(app, "id", entry_number(profile, "lines", 0, "skill")), NULL);
	assert_string_equal(text_in(app, skill, NULL, 0, "uri"), U "s1");
	assert_said(str_of(text_in(app, skill, NULL, 0, "description")), "Find where it leaks");
	assert_int_equal(number_in(skill, "esco"), id_of(app, "skill", "mend"));
	assert_int_equal(number_in(call(app, EMPLOYEE, "skill_tree", "find=daken herst", NULL), "skills"), 1);
	assert_int_equal(entry_number(browse(app, "skill", "mend"), "entries", 0, "skill"), entry_number(profile, "lines", 0, "skill"));
	/* Again, with another level: nothing new, and what the role asks stays. */
	a = call(app, LEARNING, "esco_adopt", occupation, one, "skills.0.take=1", "role=1", "level=2", NULL);
	assert_int_equal(number_in(a, "added"), 0);
	assert_int_equal(number_in(a, "kept"), 1);
	assert_int_equal(entry_number(call(app, LEARNING, "role_show", "id=1", NULL), "lines", 0, "level"), 4);
}

static void a_skill_that_was_retired_comes_back(void **state)
{
	struct app *app = *state;
	team(app);
	assert_taken(IMPORT_ESCO(app, "--unprotected", release_made(app)), "New: 7.");
	const char *one = given(app, "skills.0.skill", id_of(app, "skill", "climb"));
	assert_int_equal(number_in(call(app, LEARNING, "esco_adopt", one, "skills.0.take=1", NULL), "added"), 1);
	sql(app, "update skill set retired = 1 where uri = '" U "s3'");
	assert_int_equal(entry_number(browse(app, "skill", "climb"), "entries", 0, "skill"), 0);
	assert_int_equal(number_in(call(app, LEARNING, "esco_adopt", one, "skills.0.take=1", NULL), "kept"), 1);
	assert_int_equal(number_in(call(app, EMPLOYEE, "skill_tree", "find=climb", NULL), "skills"), 1);
}

static void pages_are_pages(void **state)
{
	struct app *app = *state;
	team(app);
	app_serve(app, false);
	str session = app_session(app, LEARNING);
	struct page p = fetch(app, "GET", "/esco", session, NULL);
	assert_int_equal(p.status, 200);
	assert_said(p.body, "wijzer import esco");
	assert_taken(IMPORT_ESCO(app, "--unprotected", release_made(app)), "New: 7.");
	p = fetch(app, "GET", "/esco?find=roof", session, NULL);
	assert_int_equal(p.status, 200);
	assert_said(p.body, "1 occupation matches");
	assert_said(p.body, "data-live=\"found\"");
	const char *path = text_c(app->arena, text_format(app->arena, "/esco/occupations/%lld", (long long)id_of(app, "occupation", "roofer")));
	p = fetch(app, "GET", path, session, NULL);
	assert_int_equal(p.status, 200);
	assert_said(p.body, "Roofer cannot do without 2 skills");
	assert_said(p.body, "type=\"checkbox\" name=\"skills.1.take\"");
	int64_t mend = id_of(app, "skill", "mend");
	const char *referer = text_c(app->arena, text_format(app->arena, "Referer: http://127.0.0.1:%d%s\r\n", app->port, path));
	p = fetch_with(app, &(struct call_over_http){ .method = "POST", .path = S("/esco/adopt"), .session = session, .headers = referer,
		.body = text_format(app->arena, "csrf=" S_FMT "&occupation=%lld&skills.1.skill=%lld&skills.1.name_nl=Daken+heel+maken",
			S_ARG(csrf_for(app, session)), (long long)id_of(app, "occupation", "roofer"), (long long)mend) });
	assert_int_equal(p.status, 422);
	assert_said(p.body, "Tick at least one skill");
	assert_said(p.body, "value=\"Daken heel maken\"");                                  /* what was typed is kept */
	path = text_c(app->arena, text_format(app->arena, "/esco/skills/%lld", (long long)id_of(app, "skill", "slate")));
	p = fetch(app, "GET", path, session, NULL);
	assert_int_equal(p.status, 200);
	assert_said(p.body, "name=\"skills.1.name_nl\"");
	p = fetch(app, "GET", "/esco/skills/12345", session, NULL);
	assert_int_equal(p.status, 404);
	p = fetch(app, "GET", path, app_session(app, EMPLOYEE), NULL);
	assert_int_equal(p.status, 200);
	assert_false(str_has(p.body, S("name=\"skills.1.name_nl\"")));
}

/* ---- The real one ---- */

static double cpu_seconds(void)
{
	struct rusage u;
	getrusage(RUSAGE_CHILDREN, &u);
	return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) + (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

static void the_real_one(void **state)
{
	struct app *app = *state;
	const char *source = getenv("WIJZER_SOURCE");
	const char *folder = text_c(app->arena, text_format(app->arena, "%s/../shared/data/esco", source ? source : "."));
	if (access(folder, R_OK)) {
		print_message("skipped: no shared data\n");
		return;
	}
	team(app);
	double cpu = cpu_seconds();
	instant began = clock_now();
	assert_taken(IMPORT_ESCO(app, "--unprotected", folder), "13,896 skills, 3,007 occupations, 123,855 relations.\n36 addresses are not in the English release; they were added.\nNew: 16,939. Changed: 0.\n");
	print_message("ESCO v1.1.1 in %.2f s, of which %.2f s of this process\n", (double)(clock_now().ms - began.ms) / 1000, cpu_seconds() - cpu);
	assert_taken(IMPORT_ESCO(app, "--unprotected", folder), "Nothing changed");
	struct answer a = browse(app, "occupation", "caretaker build");
	assert_string_equal(text_in(app, a, "entries", 0, "name"), "building caretaker");
	assert_string_equal(text_in(app, a, "entries", 0, "code"), "5153.1");
	began = clock_now();
	enum { SEARCHES = 20 };
	for (int i = 0; i < SEARCHES; i++)
		assert_true(number_in(browse(app, "skill", "water"), "found") > 100);
	print_message("a search in %.1f ms\n", (double)(clock_now().ms - began.ms) / SEARCHES);
	a = call(app, LEARNING, "esco_occupation_show", given(app, "id", entry_number(browse(app, "occupation", "building caretaker"), "entries", 0, "id")), NULL);
	assert_int_equal(number_in(a, "essentials"), 9);
	assert_int_equal(entries_in(a, "proposed"), 8);
}

int main(int count, char **values)
{
	const struct CMUnitTest tests[] = {
		app_test(a_release_is_told_and_found), app_test(again_changes_nothing), app_test(languages_merge_by_address_in_any_order),
		app_test(a_newer_release_keeps_numbers), app_test(who_may), app_test(every_mistake_has_its_place_and_changes_nothing), app_test(relations_need_names),
		app_test(a_death_in_the_middle_is_never_seen), app_test(two_at_once_wait), app_test(an_occupation_proposes_eight), app_test(adopting_makes_skills_once),
		app_test(a_skill_that_was_retired_comes_back), app_test(pages_are_pages), app_test(the_real_one) };
	if (count < 2)
		return 1;
	wijzer = values[1];
	return run_on_engines("esco", tests);
}
