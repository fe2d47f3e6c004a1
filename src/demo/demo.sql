-- demo_state -> demo_state
select made, seed from demo order by made desc limit 1

-- demo_made (demo_state)
insert into demo (made, seed) values (:now, :seed)

-- demo_people_count -> count
select count(*) as count from person

-- demo_roles -> demo_named
select id, name as key from role

-- demo_role_english (demo_role)
update role set name_en = :name_en where name = :name

-- demo_skills -> demo_named
select id, key from skill where key is not null and kind = 'skill'

-- demo_persons -> demo_person_row
select id, person_id from person

-- demo_skill_owner (demo_owner)
update skill set owner = :owner, review_day = :review_day where id = :skill

-- demo_basis (demo_basis)
insert into basis (purpose, kind, day, document, scope, account, made, ended) values ('ratings', 'agreement', :day, :document, :scope, :account_id, :made, :ended)

-- demo_survey_basis (demo_survey_basis)
insert into basis (purpose, kind, day, document, scope, account, made)
values ('surveys', 'agreement', :day, 'Instemming OR: peilingen', 'Peilingen waarin niemand te vinden is; uitkomsten vanaf vijf antwoorden, voor iedereen gelijk.',
	(select min(id) from account), :made)

-- demo_learning_basis (demo_survey_basis)
insert into basis (purpose, kind, day, document, scope, account, made)
values ('learning', 'agreement', :day, 'Instemming OR: hoe groepen leren', 'Een beeld van groepen vanaf vijf mensen, nooit van één. Logboekuren alleen van wie dat zelf goedvond. Geen doel en geen score.',
	(select min(id) from account), :made)

-- demo_proposal (demo_proposal)
insert into proposal (setting, before, after, why, account, made) values (:setting, :before, :after, :why, :account_id, :made)

-- demo_share_add (demo_share_row)
insert into share (person, skill, since) values (:person, :skill, :now) on conflict (person, skill) where until is null do nothing

-- demo_view_add (demo_view)
insert into rating_view (rating, text, made) values (:rating, :text, :now)

-- demo_review_add (demo_view)
insert into review (rating, asked) values (:rating, :now)

-- demo_look (demo_look)
insert into look (reader, subject, day, operation, at, times) values (:reader, :subject, :day, 'person_skills', :at, 1)
on conflict (subject, day, reader, operation) do nothing

-- demo_practice_basis (demo_basis)
insert into basis (purpose, kind, day, document, scope, account, made) values ('practice', 'agreement', :day, :document, :scope, :account_id, :made)

-- demo_training (demo_training) -> by_id
insert into training (name, skill, owner, required, made) select :name, (select id from skill where key = :key), :person, :required, :now returning id

-- demo_deck (demo_training) -> by_id
insert into deck (name_nl, name_en, about_nl, about_en, skill, training, owner, review_day, made)
select :name, :name_en, :about, :about_en, (select id from skill where key = :key), :training, :person, :day, :now returning id

-- demo_card (demo_card) -> by_id
insert into card (deck, kind, place, text_nl, text_en, made) values (:deck, 'answer', :place, :text_nl, :text_en, :now) returning id

-- demo_taken (demo_taken)
insert into training_taken (training, person, day, own) values (:training, :person, :day, 0)

-- demo_booster (demo_taken)
insert into booster (training, person, number, day, asked, used) values (:training, :person, :number, :at, 3, :used)

-- demo_follow (demo_taken)
insert into follow (person, deck, since) values (:person, :training, :at)

-- demo_deck_cards (demo_key) -> demo_card
select k.id, k.deck, k.place, k.text_nl, k.text_en from deck d join card k on k.deck = d.id where d.key = :key order by k.place

-- demo_deck_owner (demo_taken)
update deck set owner = :person where key is not null

-- demo_flag (demo_card)
insert into card_flag (card, text, day) values (:id, :text_nl, :today)

-- ---- Keeping ----

-- demo_account_of (demo_account) -> count
select id as count from account where person = :person

-- demo_term (demo_term)
insert into proposal (setting, before, after, why, account, made)
select :setting, :value, :value, :why, :account_id, :made where not exists (select 1 from proposal p where p.setting = :setting)

-- demo_leave (demo_leaver)
update employment set end_day = :end_day where person = :person and (end_day is null or end_day > :end_day)

-- demo_mistake (demo_mistake)
insert into mistake (person, kind, text, made) values (:person, :kind, :text, :made)

-- demo_erasure (demo_erasure)
insert into erasure (person, their_account, everything, asked, asker, by_self, why)
select :person, (select a.id from account a where a.person = :person), 1, :made, :account_id, 0, :why

-- ---- Needs and signals ----

-- demo_needs_basis (demo_survey_basis)
insert into basis (purpose, kind, day, document, scope, account, made)
values ('needs', 'agreement', :day, 'Instemming OR: wat nodig is', 'Opgeteld vergelijken van peiling, cijfers, vertrekredenen en notities van leidinggevenden; vanaf vijf mensen, niets over personen.',
	(select min(id) from account), :made)

-- demo_unit (demo_need) -> by_id
select id from unit where path = :text

-- demo_note (demo_need)
insert into need_note (skill, lead, unit, direction, urgency, made) values (:skill, :person, (select id from unit where path = :text), :word, :other, :made)

-- demo_left (demo_need)
insert into need_leaver (unit, quarter, reason, skill, account, made) values ((select id from unit where path = :text), :day, :word, :skill, (select min(id) from account), :made)

-- demo_signal (demo_signal) -> by_id
insert into signal (title, what, source, follower, since, review_day, offer, offer_link, account, made)
values (:title, :what, :source, :follower, :since, :review_day, :offer, :offer_link, (select min(id) from account), :made) returning id

-- demo_signal_skill (demo_need)
insert into signal_skill (signal, skill, way) values (:person, :skill, :word)

-- demo_signal_told (demo_need)
insert into signal_told (signal, role, text, day) values (:person, (select id from role where name = :other), :text, :day)

-- demo_signal_seen (demo_need)
insert into signal_review (signal, person, day, text) values (:person, (select follower from signal where id = :person), :day, :text)
