/* sample.c - for each operation one input that is right. */
#include "sample.h"
#include "base/token.h"
#include "web/operation.h"
#include <stdio.h>
#include <string.h>

/* By name: the addresses are the demonstration's own business. */
const struct somebody somebodies[WHO_COUNT] = {
	[NOBODY] = { "nobody", NULL },
	[EMPLOYEE_] = { "employee", "Youssef el Hamdi" },
	[LEAD_] = { "lead", "Marieke van der Veen" },
	[LEARNING_] = { "learning", "Noor Yıldız" },
	[BOARD_] = { "board", "Lilian Pinas" },
	[COUNCIL_] = { "council", "Wim Kuipers" },
	[PRIVACY_] = { "privacy", "Petra Privacy" },
	[ADMINISTRATOR_] = { "administrator", "Tomasz Wróbel" },
};

#define YOUSSEF  "select id from person where name = 'Youssef el Hamdi'"
/* Somebody whom no other sample names: a hostile name stays theirs. */
#define NOBODYS  "select max(id) from person"
#define KEVIN    "select id from person where name = 'Kevin Slagter'"
#define MARIEKE  "select id from person where name = 'Marieke van der Veen'"
#define TEAM     "select e.unit from employment e join person p on p.id = e.person where p.name = 'Youssef el Hamdi'"
#define A_SKILL  "select id from skill where key = 'energy-renovation'"
#define ANOTHER  "select id from skill where key = 'keeping-promises'"
#define A_ROLE   "select e.role from employment e join person p on p.id = e.person where p.name = 'Youssef el Hamdi'"
#define A_RATING "select min(r.id) from rating r where r.person = (" YOUSSEF ") and r.skill = (" A_SKILL ") and r.source = 'lead' and r.withdrawn is null and r.rater = (" MARIEKE ")"
#define MY_ENTRY "select max(id) from journal_entry where person = (" YOUSSEF ")"
#define FRESH    "select max(id) from rating where rater = (" YOUSSEF ")"

#define A_STATEMENT "{\"actor\":{\"mbox\":\"mailto:anna@x.example\"},\"verb\":{\"id\":\"http://x.example/read\"},\"object\":{\"id\":\"http://x.example/book\"}}"
#define POLICY   "prior_mean=3\nprior_variance=2\nhalf_life_days=none\nbase=3\nvariance_per_day=0.0003\nself.bias=0.3\nself.variance=1.2\n" \
	"lead.bias=0\nlead.variance=0.6\npeer.bias=0\npeer.variance=0.8\ntest.bias=0\ntest.variance=0.3\nevidence.bias=0\nevidence.variance=0.6\n" \
	"certificate.bias=0\ncertificate.variance=0.4\nseverity=published\nknown_percent=60\n"

/* One of those ratings is under review; the demonstration's own may have been answered by now. */
#define REVIEW   .first = "insert into review (rating, asked) select r.id, 1 from rating r where r.id = (" A_RATING ")" \
		" and not exists (select 1 from review v where v.rating = r.id and v.ended is null)"

#define OPEN_ROUND   "select max(id) from survey_round where state = 'open'"
#define CLOSED_ROUND "select max(id) from survey_round where state = 'closed'"
#define DRAFT_ROUND  "select min(id) from survey_round where state = 'draft'"
#define NEW_ROUND    "select max(id) from survey_round where state = 'draft'"
#define A_CODE       "abcdefghjkmnpqrs"
/* The demonstration was made today. */
#define TODAY        "select max(opens) from (select opens from survey_round where state = 'open') x"
#define IN_A_WEEK    "select max(closes) from (select closes from survey_round where state = 'open') x"
#define CODED        .first = "update survey_asked set entry = 'c5ee165cfa91e82fb8b85066f2f32b15ccbb41f8a685fe9af875e0680019d664' where person = (" KEVIN ") and round = (" OPEN_ROUND ")"
#define A_SIGNAL   "select min(id) from signal where ended is null"
#define A_DECK     "select id from deck where key = 'giving-feedback'"
#define A_CARD     "select min(k.id) from card k join deck d on d.id = k.deck where d.key = 'giving-feedback'"
#define A_TRAINING "select max(id) from training where name = 'Brandveiligheid en ontruiming'"
#define A_SOUND    "select max(id) from media where kind = 'sound'"
#define MISTAKE  .first = "insert into mistake (person, kind, text, made) values ((" KEVIN "), 'directory', 'Not right', 1)"
#define ERASURE  .first = "insert into erasure (person, everything, asked, by_self) select p.id, 0, 1, 1 from person p where p.id = (" KEVIN ")" \
		" and not exists (select 1 from erasure e where e.person = p.id and e.decided is null)"

static const struct sample samples[] = {
	/* accounts */
	{ "link_show", NOBODY, .why_not = "needs a token that only its maker has seen: test/accounts" },
	{ "link_enter", NOBODY, .why_not = "needs a token that only its maker has seen: test/accounts" },
	{ "team_invite", LEARNING_, { "id==" TEAM } },
	{ "account_list_show", ADMINISTRATOR_, { 0 } },
	{ "account_add_one", ADMINISTRATOR_, { "email=new@x.example", "name=New One", "role=learning" } },
	{ "account_link", ADMINISTRATOR_, { "email==select email from account where name = 'Youssef el Hamdi'" } },
	{ "account_end", ADMINISTRATOR_, { "id==select id from account where name = 'Lilian Pinas'" } },
	{ "account_show", EMPLOYEE_, { 0 } },
	{ "password_change", EMPLOYEE_, { "password=correct horse battery", "again=correct horse battery" } },
	{ "language_choose", EMPLOYEE_, { "language=nl" } },
	{ "sessions_end_all", EMPLOYEE_, { 0 } },
	{ "token_list_every", ADMINISTRATOR_, { 0 } },
	{ "token_withdraw", EMPLOYEE_, { "name==select substr(max(t.fingerprint), 1, 12) from token t join account a on a.id = t.account where a.name = 'Youssef el Hamdi'" }, .before = "token_make" },
	{ "token_withdraw_any", ADMINISTRATOR_, { "name==select substr(max(fingerprint), 1, 12) from token" }, .before = "token_make" },
	{ "token_make", EMPLOYEE_, { "days=10" } },
	{ "sign_in_show", NOBODY, { 0 } },
	{ "sign_in", NOBODY, { "email=somebody@x.example", "password=a wrong password" } },
	{ "demo_enter", NOBODY, { "email==select email from account where name = 'Youssef el Hamdi'" } },
	{ "sign_out", EMPLOYEE_, { 0 } },
	{ "letters_show", ADMINISTRATOR_, { 0 } },
	/* home */
	{ "first_step_skip", LEARNING_, { "name=team" } },
	{ "tour_next", EMPLOYEE_, { "step=2" } },
	{ "tour_stop", EMPLOYEE_, { 0 } },
	/* imports */
	{ "import_upload", LEARNING_, { "kind=people", "lines=person_id,name,email,unit,role,start\n9901,New Person,new.person@x.example,Wonen,Adviseur,2026-01-01\n" } },
	{ "import_columns", LEARNING_, { "id==select max(id) from upload" }, .before = "import_upload" },
	{ "import_map", LEARNING_, { "id==select max(id) from upload", "columns.0.field=person_id", "columns.0.column=person_id", "columns.1.field=name",
		"columns.1.column=name", "columns.2.field=unit", "columns.2.column=unit", "columns.3.field=role", "columns.3.column=role" }, .before = "import_upload" },
	{ "import_preview", LEARNING_, { "id==select max(id) from upload" }, .before = "import_upload" },
	{ "import_rejects", LEARNING_, { "id==select max(id) from upload" }, .before = "import_upload" },
	{ "import_confirm", LEARNING_, { "id==select max(id) from upload" }, .before = "import_upload" },
	{ "import_discard", LEARNING_, { "id==select max(id) from upload" }, .before = "import_upload" },
	{ "import_take_back", LEARNING_, { "id==select max(id) from import" }, .before = "people_paste" },
	/* journal */
	{ "journal_log", EMPLOYEE_, { 0 } },
	{ "journal_search", EMPLOYEE_, { "find=kozijn" } },
	{ "journal_new", EMPLOYEE_, { 0 } },
	{ "journal_quick", EMPLOYEE_, { "line=Eerst meten, dan zagen." } },
	{ "journal_write", EMPLOYEE_, { "day=2026-01-05", "kind=work", "hours=1.5", "did=Een kozijn gezet.", "learnt=Eerst meten.", "next=Vragen.", "link=https://x.example/kozijn" } },
	{ "journal_entry_show", EMPLOYEE_, { "id==" MY_ENTRY }, .before = "journal_quick" },
	{ "journal_remove", EMPLOYEE_, { "id==" MY_ENTRY }, .before = "journal_quick" },
	{ "journal_file", EMPLOYEE_, { "id==" MY_ENTRY }, .why_not = "needs a file, which a form of text has not: test/journal" },
	{ "journal_share", EMPLOYEE_, { "id==" MY_ENTRY, "with=everybody" }, .before = "journal_quick" },
	{ "journal_unshare", EMPLOYEE_, { "id==" MY_ENTRY }, .before = "journal_share" },
	{ "journal_learnt_show", EMPLOYEE_, { 0 } },
	{ "journal_later", EMPLOYEE_, { 0 } },
	{ "journal_year_show", EMPLOYEE_, { "year=2026" } },
	{ "journal_export", EMPLOYEE_, { "form=json" } },
	{ "journal_counting_set", EMPLOYEE_, { "counts=1" } },
	/* learning */
	{ "learning_mine_show", EMPLOYEE_, { 0 } },
	{ "learning_group_show", LEARNING_, { "unit=Wonen" } },
	{ "learning_team_show", LEAD_, { 0 } },
	{ "learning_rules_show", LEARNING_, { 0 } },
	{ "learning_rule_show", LEARNING_, { "type=http://adlnet.gov/expapi/activities/course", "kind=work", "hours=3" } },
	{ "learning_rule_put", LEARNING_, { "type=http://adlnet.gov/expapi/activities/course", "kind=formal", "hours=3", "name_nl=Cursus", "name_en=Course" } },
	{ "learning_rule_drop", LEARNING_, { "type=http://adlnet.gov/expapi/activities/course" } },
	{ "learning_rules_restore", LEARNING_, { 0 } },
	/* needs */
	{ "needs_show", LEAD_, { "unit==" TEAM } },
	{ "need_skill_show", BOARD_, { "id==" ANOTHER } },
	{ "notes_show", LEAD_, { "skill==" ANOTHER } },
	{ "note_add", LEAD_, { "skill==" ANOTHER, "direction=short", "urgency=now" } },
	{ "note_withdraw", LEAD_, { "id==select max(id) from need_note where lead = (" MARIEKE ") and withdrawn is null" }, .before = "note_add" },
	{ "leavers_show", LEARNING_, { 0 } },
	{ "leaver_add", LEARNING_, { "quarter=2026-07-01", "reason=growth", "skill==" ANOTHER, "unit==" TEAM } },
	{ "leaver_remove", LEARNING_, { "id==select max(id) from need_leaver" }, .before = "leaver_add" },
	{ "need_weights_show", COUNCIL_, { 0 } },
	{ "need_weights_set", LEARNING_, { "survey_weight=2", "survey_from=50", "figures_weight=2", "figures_from=30", "leavers_weight=1", "leavers_from=20", "leads_weight=2", "leads_from=40", "reason=Clearer." } },
	{ "signals_show", EMPLOYEE_, { 0 } },
	{ "signal_show", EMPLOYEE_, { "id==" A_SIGNAL } },
	{ "signal_new", BOARD_, { 0 } },
	{ "signal_edit_form", LEARNING_, { "id==" A_SIGNAL } },
	{ "signal_add", LEARNING_, { "title=Heat pumps", "what=More of them.", "source=The minister", "follower=Noor Yıldız", "since=2026-01-05", "review_day==" IN_A_WEEK, "up_1==" A_SKILL, "offer=A day along" } },
	{ "signal_change", LEARNING_, { "id==" A_SIGNAL, "title=Heat pumps", "what=More of them.", "source=The minister", "follower=Noor Yıldız", "since=2026-01-05", "review_day==" IN_A_WEEK, "up_1==" A_SKILL } },
	{ "signal_review", LEARNING_, { "id==" A_SIGNAL, "text=Stronger.", "again==" IN_A_WEEK } },
	{ "signal_tell", LEARNING_, { "id==" A_SIGNAL, "role==" A_ROLE, "text=Learn this." } },
	{ "signal_end", BOARD_, { "id==" A_SIGNAL } },
	/* people */
	{ "people_list", LEARNING_, { 0 } },
	{ "person_show", LEARNING_, { "id==" YOUSSEF } },
	{ "people_paste", LEARNING_, { "lines=Pasted Person, pasted.person@x.example, Wonen, Adviseur" } },
	{ "person_change_form", LEARNING_, { "id==" YOUSSEF } },
	{ "person_add", LEARNING_, { "name=By Hand", "email=by.hand@x.example", "unit=Wonen", "role=Adviseur" } },
	{ "person_change", LEARNING_, { "id==" NOBODYS, "name=By Hand" } },
	{ "employment_new_form", LEARNING_, { "id==" YOUSSEF } },
	{ "employment_add", LEARNING_, { "person==" YOUSSEF, "unit=Wonen", "role=Adviseur" } },
	{ "employment_change_form", LEARNING_, { "id==select min(id) from employment where person = (" YOUSSEF ")" } },
	{ "employment_change", LEARNING_, { "id==select min(id) from employment where person = (" YOUSSEF ")", "person==" YOUSSEF, "unit=Wonen", "role=Adviseur", "start=2026-01-01" } },
	{ "colleague_find", EMPLOYEE_, { "find=kev" } },
	{ "unit_show", LEARNING_, { "id==" TEAM } },
	/* ratings */
	{ "rating_give", EMPLOYEE_, { "skill==" A_SKILL, "level=3", "note=A day with the energy team." } },
	{ "rating_form", EMPLOYEE_, { "skill==" A_SKILL } },
	{ "rating_undo", EMPLOYEE_, { "id==" FRESH }, .before = "rating_give" },
	{ "rating_view_put", EMPLOYEE_, { "id==" A_RATING, "text=I see it otherwise." } },
	{ "review_ask", EMPLOYEE_, { "id==select id from rating where person = (" YOUSSEF ") and source = 'lead' and withdrawn is null"
		" and not exists (select 1 from review v where v.rating = rating.id and v.ended is null) limit 1" } },
	{ "review_answer", LEAD_, { "id==select id from review where ended is null and rating = (" A_RATING ")", "outcome=kept", "answer=I looked again." }, REVIEW },
	{ "review_settle", LEARNING_, { "id==select id from review where ended is null and rating = (" A_RATING ")", "outcome=kept", "answer=We spoke." }, REVIEW },
	{ "share_begin", EMPLOYEE_, { "skill==" ANOTHER } },
	{ "share_end", EMPLOYEE_, { "skill==" A_SKILL } },
	{ "request_make", EMPLOYEE_, { "skill==" A_SKILL, "colleague==" KEVIN } },
	{ "request_decline", EMPLOYEE_, { "id==select max(id) from request" },
		.first = "insert into request (asker, asked, skill, made, declined) values ((" KEVIN "), (" YOUSSEF "), (" A_SKILL "), 1, 0)" },
	{ "my_skill_show", EMPLOYEE_, { "skill==" A_SKILL } },
	{ "person_skills", LEARNING_, { "id==" YOUSSEF } },
	{ "person_skill", LEARNING_, { "id==" YOUSSEF, "skill==" A_SKILL } },
	{ "policy_set", LEARNING_, { "text=" POLICY } },
	{ "policy_fit", LEARNING_, { 0 } },
	{ "estimates_refresh", LEARNING_, { "people=50" } },
	{ "team_rate_form", LEAD_, { "skill==" A_SKILL } },
	{ "team_rate", LEAD_, { "skill==" A_SKILL, "rates.0.person==" YOUSSEF, "rates.0.level=3", "rates.1.person==" KEVIN, "rates.1.level=2" } },
	/* practice */
	{ "practice_next", EMPLOYEE_, { 0 } },
	{ "practice_answer", EMPLOYEE_, { "card==" A_CARD, "turn=0", "typed=Ask first", "chosen=1" } },
	{ "practice_rate", EMPLOYEE_, { "card==" A_CARD, "turn=0", "rating=3" } },
	{ "practice_pause", EMPLOYEE_, { 0 } },
	{ "practice_pace", EMPLOYEE_, { "cap=10", "fresh_cap=2" } },
	{ "practice_forget", EMPLOYEE_, { 0 } },
	{ "practice_reminder", EMPLOYEE_, { "hour=9", "days=mo", "days=th" } },
	{ "practice_feed_make", EMPLOYEE_, { "hour=9", "days=mo", "days=th" } },
	{ "practice_feed_end", EMPLOYEE_, { 0 } },
	{ "practice_feed", NOBODY, { "token=practising" }, .first = "insert into practice_feed (person, fingerprint, hour, days, since) select id, '6e121b9c8122073880695686ab5e4f0b7a013cd7a5254d4663083f39be3e2053', 9, 1, '2026-01-05' from person where name = 'Youssef el Hamdi'"
		" and not exists (select 1 from practice_feed)" },
	{ "practice_tell_now", LEARNING_, { 0 } },
	{ "practice_fit_make", LEARNING_, { 0 } },
	{ "own_show", EMPLOYEE_, { "entry==" MY_ENTRY } },
	{ "own_add", EMPLOYEE_, { "question=What next?", "answer=This." } },
	{ "own_drop", EMPLOYEE_, { "id==select max(id) from card where person is not null" }, .before = "own_add" },
	{ "deck_follow", EMPLOYEE_, { "id==" A_DECK } },
	{ "deck_leave", EMPLOYEE_, { "id==" A_DECK } },
	{ "deck_show", LEARNING_, { "id==" A_DECK } },
	{ "deck_form_show", LEARNING_, { "id==" A_DECK } },
	{ "deck_add", LEARNING_, { "name_nl=Nieuw", "name_en=New", "about_nl=Waarover", "about_en=About what", "owner=Noor Yıldız" } },
	{ "deck_change", LEARNING_, { "id==" A_DECK, "name_nl=Nieuw", "name_en=New", "about_nl=Waarover", "about_en=About what", "owner=Noor Yıldız" } },
	{ "deck_withdraw", LEARNING_, { "id==" A_DECK } },
	{ "deck_export", LEARNING_, { "id==" A_DECK } },
	{ "deck_export_anki", LEARNING_, { "id==" A_DECK, "language=nl" } },
	{ "deck_starter", LEARNING_, { 0 } },
	{ "retention_show", LEARNING_, { "id==" A_DECK } },
	{ "cards_paste_show", LEARNING_, { "id==" A_DECK } },
	{ "cards_paste", LEARNING_, { "deck==" A_DECK, "nl=? Wat?\n= Dat.", "en=? What?\n= That." } },
	{ "card_new", LEARNING_, { "id==" A_DECK } },
	{ "card_form_show", LEARNING_, { "id==" A_CARD } },
	{ "card_preview", LEARNING_, { "deck==" A_DECK, "text_nl=? Wat?\n= Dat.", "text_en=? What?\n= That." } },
	{ "card_add", LEARNING_, { "deck==" A_DECK, "text_nl=? Wat?\n= Dat.", "text_en=? What?\n= That." } },
	{ "card_change", LEARNING_, { "id==" A_CARD, "text_nl=? Wat?\n= Dat.", "text_en=? What?\n= That.", "change=small" } },
	{ "card_retire", LEARNING_, { "id==" A_CARD } },
	{ "card_flag_add", EMPLOYEE_, { "card==" A_CARD, "text=Which moment?" } },
	{ "card_flag_done", LEARNING_, { "id==select max(id) from card_flag" } },
	{ "media_add", LEARNING_, { "deck==" A_DECK, "file=OggS a bell", "captions=WEBVTT\n\nA bell", "words=A bell" } },
	{ "media_bytes", LEARNING_, { "id==" A_SOUND }, .before = "media_add" },
	{ "media_captions", LEARNING_, { "id==" A_SOUND }, .before = "media_add" },
	{ "training_add", LEARNING_, { "name=First aid", "required=1" } },
	{ "training_show", LEARNING_, { "id==" A_TRAINING } },
	{ "training_taken_put", LEARNING_, { "id==" A_TRAINING, "day=2026-01-05", "people=Kevin Slagter" } },
	{ "training_taken_own", EMPLOYEE_, { "id==" A_TRAINING, "day=2026-01-05" } },
	{ "booster_used", EMPLOYEE_, { "training==" A_TRAINING, "used=yes" },
		.first = "insert into training_taken (training, person, day, own) select t.id, p.id, (select max(k.day) from training_taken k where k.training = t.id), 0 from training t cross join person p"
			" where t.id = (" A_TRAINING ") and p.id = (" YOUSSEF ") and not exists (select 1 from training_taken k where k.training = t.id and k.person = p.id)" },
	/* skills */
	{ "skill_show", LEARNING_, { "id==" A_SKILL } },
	{ "skill_change_form", LEARNING_, { "id==" A_SKILL } },
	{ "skill_history", LEARNING_, { "id==" A_SKILL } },
	{ "skill_add_one", LEARNING_, { "kind=skill", "speaks=en", "skill=Juggling", "level_1=Drops most." } },
	{ "skill_change", LEARNING_, { "id==" ANOTHER, "speaks=nl", "skill=Beloften nakomen", "level_2=Belt terug." } },
	{ "skill_retire_one", LEARNING_, { "id==select min(s.id) from skill s where s.kind = 'skill' and s.retired is null and not exists (select 1 from ambition_skill k where k.skill = s.id)" } },
	{ "skill_restore_one", LEARNING_, { "id==select max(id) from skill where retired is not null" }, .before = "skill_retire_one" },
	{ "skill_review_done", LEARNING_, { "id==" A_SKILL, "review_day=2027-06-30" } },
	{ "role_show", LEARNING_, { "id==" A_ROLE } },
	{ "role_skill_set", LEARNING_, { "id==" A_ROLE, "skill==" A_SKILL, "level=3", "importance=2" } },
	{ "role_skill_drop", LEARNING_, { "id==" A_ROLE, "skill==" A_SKILL } },
	{ "starter_adopt", LEARNING_, { 0 } },
	{ "esco_occupation_show", LEARNING_, { "id=1" } },
	{ "esco_skill_show", LEARNING_, { "id=1" } },
	{ "esco_adopt", LEARNING_, { "occupation=1", "skills.0.skill=1", "skills.0.take=1", "role==" A_ROLE, "level=3" } },
	{ "esco_show", LEARNING_, { "id=71" } },
	/* strategy */
	{ "gap_skill_show", LEARNING_, { "skill==select name_nl from skill where key = 'energy-renovation'" } },
	{ "gap_what_if", LEARNING_, { "number=5" } },
	{ "ambition_show", BOARD_, { "id==select min(id) from ambition" } },
	{ "ambition_ahead", BOARD_, { "id==select min(id) from ambition", "leaving=10" } },
	{ "ambition_history", BOARD_, { "id==select min(id) from ambition" } },
	{ "ambition_edit_form", BOARD_, { "id==select min(id) from ambition" } },
	{ "ambition_add", BOARD_, { "name=Everybody helped at once", "why=Because.", "horizon=2029-01-01", "skill_1==" A_SKILL, "weight_1=2", "level_1=4", "people_1=10" } },
	{ "ambition_change", BOARD_, { "id==select min(id) from ambition", "name=Everybody helped at once", "horizon=2029-01-01", "reason=Clearer.",
		"skill_1==" A_SKILL, "weight_1=2", "level_1=4", "people_1=10" } },
	{ "ambition_close", BOARD_, { "id==select min(id) from ambition" } },
	{ "ambition_adopt", BOARD_, { "key=customer-focus" } },
	/* xapi */
	{ "xapi_client_list_show", ADMINISTRATOR_, { 0 } },
	{ "xapi_client_make", ADMINISTRATOR_, { "name=Moodle", "use=exact", "scope=statements/write", "purpose=Courses." } },
	{ "xapi_client_agree", COUNCIL_, { "key=" TOOL_KEY }, "update xapi_client set confirmed = null" },
	{ "xapi_client_renew", ADMINISTRATOR_, { "key=" TOOL_KEY, "hours=1" } },
	{ "xapi_client_end", ADMINISTRATOR_, { "key=" TOOL_KEY } },
	{ "record_show", LEARNING_, { 0 } },
	{ "record_mine_show", EMPLOYEE_, { 0 } },
	{ "identifier_join_show", LEARNING_, { "kind=mbox", "key=mailto:youssef@elsewhere.example", "who==select email from person where name = 'Youssef el Hamdi'" } },
	{ "identifier_join", LEARNING_, { "person==" YOUSSEF, "kind=account", "key=https://x.example youssef" } },
	{ "identifier_part", LEARNING_, { "id==select max(id) from person_identifier" }, .before = "identifier_join" },
	{ "xapi_about", TOOL_, { 0 } },
	{ "xapi_statements_post", TOOL_, { "version=1.0.3", "type=application/json", "body=" A_STATEMENT } },
	{ "xapi_statement_put", TOOL_, { "version=1.0.3", "type=application/json", "statementId=5f3a2f0e-0000-4000-8000-000000000001", "body=" A_STATEMENT } },
	{ "xapi_statements_get", TOOL_, { "version=1.0.3", "limit=5" } },
	/* surveys */
	{ "survey_list_show", LEARNING_, { 0 } },
	{ "survey_new", LEARNING_, { 0 } },
	{ "survey_add_one", LEARNING_, { "name=A pulse", "promise=Soon.", "instruments=time", "opens==" TODAY, "closes==" IN_A_WEEK } },
	{ "survey_round_show", LEARNING_, { "id==" OPEN_ROUND } },
	{ "survey_question_add", LEARNING_, { "id==" DRAFT_ROUND, "kind=choice", "text_nl=Waar?", "text_en=Where?", "choices_nl=hier\ndaar", "choices_en=here\nthere" } },
	{ "survey_question_drop", LEARNING_, { "id==" DRAFT_ROUND, "place==select min(place) from survey_question where round = (" DRAFT_ROUND ")" } },
	{ "survey_days_change", LEARNING_, { "id==" DRAFT_ROUND, "opens==" TODAY, "closes==" IN_A_WEEK } },
	{ "survey_preview", LEARNING_, { "id==" DRAFT_ROUND } },
	{ "survey_preview_question", LEARNING_, { "id==" DRAFT_ROUND, "place==select min(place) from survey_question where round = (" DRAFT_ROUND ")" } },
	{ "survey_open", LEARNING_, { "id==" NEW_ROUND }, .first = "delete from survey_asked where round = (" OPEN_ROUND ")", .before = "survey_add_one" },
	{ "survey_close", LEARNING_, { "id==" OPEN_ROUND } },
	{ "survey_links_make", LEARNING_, { "id==" OPEN_ROUND } },
	{ "survey_results", EMPLOYEE_, { "id==" CLOSED_ROUND } },
	{ "survey_action_add", LEAD_, { "id==" CLOSED_ROUND, "what=An hour a week.", "owner==" MARIEKE, "due==" IN_A_WEEK } },
	{ "survey_action_tell", LEAD_, { "id==select max(id) from survey_action where told is null", "told=Done." } },
	{ "survey_told", EMPLOYEE_, { 0 } },
	{ "survey_mail", LEARNING_, { "id==" OPEN_ROUND } },
	{ "survey_remind", LEARNING_, { "id==" OPEN_ROUND }, .first = "update survey_round set mailed = '2020-01-01', reminders = 0 where id = (" OPEN_ROUND ")" },
	{ "survey_outcome_choose", LEARNING_, { "id==" DRAFT_ROUND, "place==select min(place) from survey_question where kind = 'agree' and round = (" DRAFT_ROUND ")" } },
	{ "survey_import_show", LEARNING_, { 0 } },
	{ "survey_import", LEARNING_, { "name=Elsewhere", "day==" TODAY, "file=TIJD1,STEUN1\n3,4\n4,2\n2,2\n5,1\n1,3\n3,x\n", "file_file=answers.csv" } },
	{ "survey_import_drop", LEARNING_, { "id==select max(id) from survey_round where imported = 1" }, .before = "survey_import" },
	{ "instruments_show", EMPLOYEE_, { 0 } },
	{ "asked_show", EMPLOYEE_, { "id==" OPEN_ROUND } },
	{ "asked_begin", EMPLOYEE_, { "id==" OPEN_ROUND } },
	{ "code_show", NOBODY, { 0 } },
	{ "code_enter", NOBODY, { "code=" A_CODE }, CODED },
	{ "answer_show", NOBODY, { "code=" A_CODE }, CODED },
	{ "answer_question", NOBODY, { "code=" A_CODE, "place=1" }, CODED },
	{ "answer_put", NOBODY, { "code=" A_CODE, "place=1", "value=4" }, CODED },
	{ "answer_ready", NOBODY, { "code=" A_CODE }, CODED },
	{ "answer_give", NOBODY, { "code=" A_CODE }, CODED },
	{ "answer_thanks", NOBODY, { "code=" A_CODE }, CODED },
	{ "xapi_state_put", TOOL_, { "activityId=https://x.example/a", "agent={\"mbox\":\"mailto:a@x.example\"}", "stateId=place", "type=application/json", "body={\"page\":1}", "if_none_match=\"x\"" } },
	{ "xapi_state_post", TOOL_, { "activityId=https://x.example/a", "agent={\"mbox\":\"mailto:a@x.example\"}", "stateId=place", "type=application/json", "body={\"page\":1}" } },
	{ "xapi_state_get", TOOL_, { "activityId=https://x.example/a", "agent={\"mbox\":\"mailto:a@x.example\"}", "since=2026-01-01T00:00:00Z" } },
	{ "xapi_state_delete", TOOL_, { "activityId=https://x.example/a", "agent={\"mbox\":\"mailto:a@x.example\"}", "stateId=place" }, .before = "xapi_state_post" },
	{ "xapi_agent_profile_put", TOOL_, { "agent={\"mbox\":\"mailto:a@x.example\"}", "profileId=p", "type=application/json", "body={\"a\":1}", "if_none_match=\"x\"" } },
	{ "xapi_agent_profile_post", TOOL_, { "agent={\"mbox\":\"mailto:a@x.example\"}", "profileId=p", "type=application/json", "body={\"a\":1}" } },
	{ "xapi_agent_profile_get", TOOL_, { "agent={\"mbox\":\"mailto:a@x.example\"}" } },
	{ "xapi_agent_profile_delete", TOOL_, { "agent={\"mbox\":\"mailto:a@x.example\"}", "profileId=p" }, .before = "xapi_agent_profile_post" },
	{ "xapi_activity_profile_put", TOOL_, { "activityId=https://x.example/a", "profileId=p", "type=application/json", "body={\"a\":1}", "if_none_match=\"x\"" } },
	{ "xapi_activity_profile_post", TOOL_, { "activityId=https://x.example/a", "profileId=p", "type=application/json", "body={\"a\":1}" } },
	{ "xapi_activity_profile_get", TOOL_, { "activityId=https://x.example/a" } },
	{ "xapi_activity_profile_delete", TOOL_, { "activityId=https://x.example/a", "profileId=p" }, .before = "xapi_activity_profile_post" },
	{ "xapi_agents_get", TOOL_, { "agent={\"mbox\":\"mailto:a@x.example\"}" } },
	{ "xapi_activities_get", TOOL_, { "activityId=https://x.example/a" } },
	/* trust */
	{ "basis_record_one", COUNCIL_, { "purpose=ratings", "kind=agreement", "day=2026-01-01", "document=Agreement 3", "scope=Everybody" } },
	{ "setting_propose", LEARNING_, { "setting=gate_least", "after=7", "why=Careful." } },
	{ "keeping_sweep_some", PRIVACY_, { "kind=0" } },
	{ "terms_propose", LEARNING_, { "why=The law asks for terms." }, .first = "delete from proposal where decided is null" },
	{ "terms_agree", COUNCIL_, { "document=Minutes of March" } },
	{ "mistake_say", EMPLOYEE_, { "kind=directory", "text=My name is spelt otherwise." } },
	{ "mistake_settle", PRIVACY_, { "id==select max(id) from mistake", "outcome=mended", "answer=It is right now." }, MISTAKE },
	{ "erasure_ask", EMPLOYEE_, { "why=I leave soon." } },
	{ "erasure_withdraw", EMPLOYEE_, { 0 }, .first = "insert into erasure (person, everything, asked, by_self) select p.id, 0, 1, 1 from person p where p.id = (" YOUSSEF ")"
		" and not exists (select 1 from erasure e where e.person = p.id and e.decided is null)" },
	{ "erasure_ask_for", ADMINISTRATOR_, { "who=Kevin Slagter", "why=By letter." } },
	{ "erasure_show", PRIVACY_, { "id==select max(id) from erasure" }, ERASURE },
	{ "erasure_settle", PRIVACY_, { "id==select max(id) from erasure", "decision=agreed" }, ERASURE },
	{ "erasures_again", ADMINISTRATOR_, .why_not = "only the operator, after a restore: test/trust" },
	{ "proposal_settle", COUNCIL_, { "id==select max(id) from proposal where decided is null", "decision=agreed", "document=Minutes of March" } },
};

const struct sample *sample_find(str operation)
{
	for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++)
		if (str_eq(operation, str_of(samples[i].operation)))
			return &samples[i];
	return NULL;
}

void samples_prepare(struct app *a)
{
	if (sql_number(a, "select count(*) from account where name = 'Petra Privacy'"))
		return;
	sql(a, "insert into account (email, name, roles, demo, made) values ('petra@x.example', 'Petra Privacy', 32, 0, 1)");
	sql(a, text_c(a->arena, text_format(a->arena, "insert into xapi_client (key, name, scopes, fingerprint, made, confirmed) values ('" TOOL_KEY "', 'Sweep', 32, '" S_FMT "', 1, 1)",
		S_ARG(token_fingerprint_keyed(a->arena, S(TOOL_KEY), S(TOOL_SECRET))))));
	sql(a, "insert into esco_release (id, began, shown, concepts, relations) values (71, 1, 1, 2, 1)");
	sql(a, "insert into esco_concept (release, kind, id, uri, knowledge, name_en, fold, fold_en) values "
		"(71, 'occupation', 1, 'http://x.example/occupation/1', 0, 'caretaker', 'caretaker', 'caretaker'), "
		"(71, 'skill', 1, 'http://x.example/skill/1', 0, 'repair locks', 'repair locks', 'repair locks')");
	sql(a, "insert into esco_relation (release, occupation, skill, essential) values (71, 1, 1, 1)");
}

const char *email_of_who(struct app *a, enum who who)
{
	if (who == TOOL_)
		return "unprotected";
	if (!somebodies[who].name)
		return NULL;
	return text_c(a->arena, sql_text(a, text_c(a->arena, text_format(a->arena, "select email from account where name = '%s'", somebodies[who].name))));
}

list sample_values(struct app *a, const struct sample *s)
{
	list given = { 0 };
	for (const char *const *one = s->given; *one; one++) {
		str key, value;
		str_cut(str_of(*one), '=', &key, &value);
		if (str_starts(value, S("=")))
			value = sql_text(a, value.at + 1);
		if (value.at)
			*list_add(a->arena, &given, struct given) = (struct given){ key, value };
	}
	return given;
}

list sample_given(struct app *a, const struct sample *s)
{
	samples_prepare(a);
	if (s->first)
		sql(a, s->first);
	if (s->before) {
		const struct sample *first = sample_find(str_of(s->before));
		list given = sample_given(a, first);
		struct answer done = call_with(a, email_of_who(a, first->who), first->operation, &given);
		assert_answer(done, OK);
	}
	return sample_values(a, s);
}
