-- last_seen_at moves with every observation of whoever is inside. With it in an index no update of a
-- presence could stay on its page, and each wrote all three indexes; the search for silent phones,
-- which is all it served, runs every five minutes and reads the table instead.
drop index places.presence_by_age;
