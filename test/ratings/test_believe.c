/* test_believe.c - what is believed because of ratings: the reference's numbers through the product's own policy and tables,
 * the same whichever way it was worked out, and the real ratings of InstEval. */
#include "world.h"
#include "imports/imports.h"
#include "ratings/inside.h"
#include "stats/mixed.h"
#include "stats/rank.h"
#include "../stats/vectors.h"
#include <math.h>
#include <time.h>

struct ask { int64_t person, skill; bool own; date on; list found; struct policy policy; };

static enum status ask_body(struct ctx *c, void *of)
{
	struct ask *q = of;
	TRY(policy_load(c, &q->policy));
	return date_is(q->on) ? believed_on(c, q->on, &q->found) : q->person ? believed_of_person(c, q->person, q->own, &q->found)
		: q->skill ? believed_of_skill(c, q->skill, &q->found) : believed_of_all(c, &q->found);
}

static struct ctx context(struct app *a)
{
	struct ctx c = { .arena = a->arena, .now = clock_now(), .language = EN, .request_id = S("test") };
	c.today = instant_date(c.now);
	c.me.unprotected = true;
	return c;
}

static list believed(struct app *a, struct ask *q)
{
	struct ctx c = context(a);
	assert_int_equal(store_read(a->store, 0, &c, ask_body, q), OK);
	return q->found;
}

static void policy(struct app *a, const char *text)
{
	list given = { 0 };
	*list_add(a->arena, &given, struct given) = (struct given){ S("text"), str_of(text) };
	assert_answer(call_with(a, LEARNER, "policy_set", &given), OK);
	assert_answer(call(a, "unprotected", "estimates_refresh", NULL), OK);
}

#define NEAR(a, b, within) assert_true(fabs((a) - (b)) <= (within))

/* The reference's four observations. A rating is a whole level, so each becomes a 3 whose source's bias makes up the difference. */
static void the_reference_through_a_policy(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	json_t *v = vectors_read("skills/ou_kalman.json"), *prior = json_object_get(v, "prior"), *given = json_object_get(v, "obs(t,y,bias,var)");
	static const char *const sources[] = { "self", "lead", "peer", "test" };
	str text = text_format(a->arena, "prior_mean = %.17g\nprior_variance = %.17g\nbase = %.17g\nhalf_life_days = %.17g\nvariance_per_day = %.17g\n"
		"evidence.bias = 0\nevidence.variance = 1\ncertificate.bias = 0\ncertificate.variance = 1\nseverity = published\nknown_percent = 60\n",
		vectors_item(prior, 0), vectors_item(prior, 1), vectors_number(v, "base"), vectors_number(v, "half_life_days"), vectors_number(v, "q_per_day"));
	date start = date_of(2025, 1, 1);
	for (size_t i = 0; i < 4; i++) {
		json_t *o = json_array_get(given, i);
		text = text_format(a->arena, S_FMT "%s.bias = %.17g\n%s.variance = %.17g\n", S_ARG(text), sources[i], 3 - (vectors_item(o, 1) - vectors_item(o, 2)),
			sources[i], vectors_item(o, 3));
		str insert = text_format(a->arena, "insert into rating (person, skill, level, source, day, made) values (%lld, 1, 3, '%s', '" S_FMT "', 1)",
			(long long)w.anna, sources[i], S_ARG(date_iso(a->arena, date_add_days(start, (int)vectors_item(o, 0)))));
		sql(a, text_c(a->arena, insert));
	}
	policy(a, text_c(a->arena, text));
	struct ask own = { .person = w.anna, .own = true };
	assert_int_equal(believed(a, &own).count, 1);
	struct believed b = *list_item(own.found, struct believed, 0);
	policy_predict(&own.policy, &b, date_add_days(start, (int)vectors_number(v, "now")));
	NEAR(b.mean, vectors_number(v, "mean"), 1e-12);
	NEAR(b.variance, vectors_number(v, "var"), 1e-12);
	assert_int_equal(b.known, 4);
	/* Without her own, which she does not share, the organisation believes something else. */
	struct ask org = { .person = w.anna };
	assert_int_equal(believed(a, &org).count, 1);
	assert_int_equal(list_item(org.found, struct believed, 0)->known, 3);
	assert_true(fabs(list_item(org.found, struct believed, 0)->mean - list_item(own.found, struct believed, 0)->mean) > .01);
	json_decref(v);
}

static int by_person(const void *a, const void *b)
{
	const struct believed *x = a, *y = b;
	return x->person != y->person ? (x->person > y->person) - (x->person < y->person) : (x->skill > y->skill) - (x->skill < y->skill);
}

static void alike(list x, list y)
{
	qsort(x.at, x.count, sizeof(struct believed), by_person);
	qsort(y.at, y.count, sizeof(struct believed), by_person);
	assert_int_equal(x.count, y.count);
	for (size_t i = 0; i < x.count; i++) {
		const struct believed *p = list_item(x, struct believed, i), *q = list_item(y, struct believed, i);
		assert_true(p->person == q->person && p->skill == q->skill && p->mean == q->mean && p->variance == q->variance
			&& p->last_seen.day == q->last_seen.day && p->known == q->known && p->confirmed == q->confirmed);
	}
}

/* One by one as ratings come, all at once, and from the ratings of a day: the same to the last bit, in whatever order it is read. */
static void every_way_gives_the_same(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	const int64_t team[] = { w.anna, w.bas, w.dirk };
	for (int i = 0; i < 3; i++)
		for (int level = 1; level <= 3; level++)
			rate(a, LEAD, team[i], level == 3 ? TO_PLAN : TO_LISTEN, level + i);
	rate(a, ANNA, w.anna, TO_LISTEN, 5);
	struct ask one = { 0 }, all = { 0 }, day = { .on = context(a).today };
	believed(a, &one);
	assert_answer(call(a, "unprotected", "estimates_refresh", NULL), OK);
	believed(a, &all);
	believed(a, &day);
	assert_int_equal(one.found.count, 6);
	alike(all.found, day.found);
	alike(one.found, all.found);
	struct ask before = { .on = date_add_days(day.on, -1) };
	assert_int_equal(believed(a, &before).count, 0);
	sql(a, "update rating set withdrawn = 1");
	assert_answer(call(a, "unprotected", "estimates_refresh", NULL), OK);
	struct ask none = { 0 };
	assert_int_equal(believed(a, &none).count, 0);
}

/* ---- InstEval ---- */

enum { ROOM = 80000, NUMBERS = 4000 };
struct insteval { size_t count; uint32_t student[ROOM], lecturer[ROOM], place[ROOM]; double y[ROOM], x[2 * ROOM]; struct buffer csv, people; uint32_t student_of[NUMBERS], lecturer_of[NUMBERS], students, lecturers, number_of[NUMBERS]; };

static uint32_t level_of(uint32_t *known, unsigned number, uint32_t *count)
{
	if (!known[number])
		known[number] = ++*count;
	return known[number] - 1;
}

static struct insteval *insteval_load(void)
{
	const char *shared = getenv("WIJZER_SHARED");
	char path[512], line[200];
	snprintf(path, sizeof path, "%s/data/ratings/insteval.csv", shared ? shared : "../shared");
	FILE *f = fopen(path, "r");
	if (!f)
		return NULL;
	struct insteval *d = calloc(1, sizeof *d);
	buffer_add(&d->csv, S("person_id,rater_id,skill,level,source,day,context\n"));
	unsigned s, lecturer, age, lag, service, dept, y;
	assert_non_null(fgets(line, sizeof line, f));
	while (fgets(line, sizeof line, f) && d->count < ROOM) {
		assert_int_equal(sscanf(line, "\"%u\",\"%u\",\"%u\",\"%u\",\"%u\",\"%u\",%u", &s, &lecturer, &age, &lag, &service, &dept, &y), 7);
		uint32_t before = d->lecturers, i = level_of(d->lecturer_of, lecturer, &d->lecturers);
		if (d->lecturers > before) {
			d->number_of[i] = lecturer;
			buffer_add_format(&d->people, "insert into unit (name, path, fold) values ('D%u', 'D%u', 'd%u') on conflict (path) do nothing;"
				"insert into person (person_id, name, fold, made) values ('L%u', 'L%u', 'l%u', 1);"
				"insert into employment (person, unit, role, start_day) select p.id, u.id, r.id, '2000-01-01' from person p, unit u, role r"
				" where p.person_id = 'L%u' and u.path = 'D%u' and r.name = 'Adviseur';\n", dept, dept, dept, lecturer, lecturer, lecturer, lecturer, dept);
		}
		d->lecturer[d->count] = i;
		d->student[d->count] = level_of(d->student_of, s, &d->students);
		d->place[d->count] = 2 * dept + service;
		d->y[d->count] = y;
		d->x[2 * d->count] = 1;
		d->x[2 * d->count + 1] = service;
		d->count++;
		buffer_add_format(&d->csv, "L%u,s%u,Lesgeven,%u,peer,2024-%02u-01,%s\n", lecturer, s, y, 12 - 2 * lag > 0 && lag < 6 ? 12 - 2 * lag : 1, service ? "service" : "own");
	}
	fclose(f);
	return d;
}

static enum status insteval_take(struct ctx *c, void *of)
{
	struct import_count n;
	return import_text(c, S("ratings"), S("insteval.csv"), *(str *)of, &n);
}

static char *file_text(const char *path)
{
	static char text[20001];
	FILE *f = fopen(path, "rb");
	assert_non_null(f);
	text[fread(text, 1, 20000, f)] = 0;
	fclose(f);
	return text;
}

/* The lecturers' effects of the mixed model that R's lme4 fits too, computed apart from the product, beside the product's estimates. */
static void insteval_is_put_in_the_same_order(void **state)
{
	struct app *a = *state;
	struct insteval *d = insteval_load();
	if (!d) {
		printf("skipped: no shared data (InstEval)\n");
		return;
	}
	json_t *v = vectors_read("skills/insteval.json"), *vc = json_object_get(v, "vc");
	world(a);
	sql(a, "insert into skill (kind, name_nl, fold, made) values ('skill', 'Lesgeven', 'lesgeven', 1)");
	sql(a, text_c(a->arena, text_format(a->arena, "begin;\n" S_FMT "commit;", S_ARG(buffer_text(&d->people)))));
	struct ctx c = context(a);
	str csv = buffer_text(&d->csv);
	assert_int_equal(store_write_now(a->store, &c, insteval_take, &csv), OK);
	sql(a, "insert into setting (name, value, since) values ('estimates_fitting', '1', 1)");
	policy(a, file_text(POLICIES "/insteval.policy"));
	clock_t began = clock();
	struct answer fitted = call(a, LEARNER, "policy_fit", NULL);
	double seconds = (double)(clock() - began) / CLOCKS_PER_SEC;
	assert_answer(fitted, OK);
	const struct fitted *f = fitted.out;
	NEAR(f->fit.rater_variance, vectors_number(json_array_get(vc, 0), "vcov"), 1e-4 * f->fit.rater_variance);
	NEAR(f->fit.subject_variance, vectors_number(json_array_get(vc, 1), "vcov"), 1e-4 * f->fit.subject_variance);
	NEAR(f->fit.context_variance, vectors_number(json_array_get(vc, 2), "vcov"), 1e-4 * f->fit.context_variance);
	NEAR(f->fit.residual, vectors_number(json_array_get(vc, 3), "vcov"), 1e-4 * f->fit.residual);
	NEAR(f->fit.deviance, vectors_number(v, "deviance"), .01);
	assert_true(f->kept && f->fit.ratings == 73421 && f->fit.raters == 2972 && f->fit.subjects == 1128);
	assert_answer(call(a, "unprotected", "estimates_refresh", NULL), OK);

	/* Nothing that is shown or answered says anything of a rater. */
	assert_false(says(fitted, "severity") || says(call(a, LEARNER, "policy_show", NULL), "\"bias\""));

	static double effect[NUMBERS], mine[NUMBERS], theirs[NUMBERS];
	struct mixed_data m = { .count = d->count, .y = d->y, .x = d->x, .fixed = 2, .factors = 3,
		.factor = { { d->student, d->students }, { d->lecturer, d->lecturers }, { d->place, 64 } } };
	struct mixed_fit fit;
	struct mixed_modes modes = { .effect = { NULL, effect, NULL } };
	assert_int_equal(mixed_fit(&m, MIXED_ML, &fit, &modes), MIXED_OK);
	struct ask q = { .skill = 4 };
	believed(a, &q);
	assert_int_equal(q.found.count, d->lecturers);
	/* Persons were made in the order of the lecturers' first rating. */
	for (size_t i = 0; i < q.found.count; i++) {
		mine[i] = list_item(q.found, struct believed, i)->mean;
		theirs[i] = effect[i];
	}
	double rho = rank_correlation(mine, theirs, q.found.count);
	print_message("insteval: rank correlation %.4f, fit %.2f s of processor\n", rho, seconds);
	assert_true(rho >= .98);
	json_decref(v);
	buffer_done(&d->csv);
	buffer_done(&d->people);
	free(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = { app_test(the_reference_through_a_policy), app_test(every_way_gives_the_same), app_test(insteval_is_put_in_the_same_order) };
	return run_on_engines("ratings: what is believed", tests);
}
