-- setting_now (setting_key) -> setting_value
select value from setting where name = :name order by id desc limit 1

-- bases_now_count (purpose) -> count
select count(*) as count from basis where purpose = :purpose and ended is null
