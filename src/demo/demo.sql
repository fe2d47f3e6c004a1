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
