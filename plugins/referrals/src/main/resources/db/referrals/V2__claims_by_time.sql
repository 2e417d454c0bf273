-- What the page and the card sum up of the past year, without reading the table or older claims.
create index claim_by_time on referrals.claim (claimed_at) include (inviter_id, state, qualified_at);
