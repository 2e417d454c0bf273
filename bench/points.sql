-- Every line is a name and a number; what is wrong must be 0.
select 'things acknowledged: ' || kind, count(*) from told group by kind order by kind;
select 'entries: ' || kind, count(*) from loyalty.entry group by kind order by kind;

select 'wrong: balance or debt is not the sum of the entries', count(*)
  from loyalty.account a
       left join (select customer_id, sum(points) as points, sum(debt) as debt
                    from loyalty.entry group by 1) e using (customer_id)
 where a.balance <> coalesce(e.points, 0) or a.debt <> coalesce(e.debt, 0);
select 'wrong: held is not the sum of the open holds', count(*)
  from loyalty.account a
       left join (select customer_id, sum(points) as points from loyalty.hold
                   where state = 'held' group by 1) h using (customer_id)
 where a.held <> coalesce(h.points, 0);
select 'wrong: balance is not the sum of what is left of the lots', count(*)
  from (select a.customer_id, a.balance,
               coalesce(sum(l.left_over), 0) as left_over
          from loyalty.account a left join lateral (
               select greatest(0, least(points, a.balance - coalesce(sum(points) over (
                          order by expires_at desc, earned_on desc
                          rows between unbounded preceding and 1 preceding), 0))) as left_over
                 from loyalty.lot where customer_id = a.customer_id) l on true
         group by 1, 2) each
 where balance <> left_over;
select 'wrong: a lot is not the sum of its entries', count(*)
  from (select customer_id, earned_on, expires_at, points, expired from loyalty.lot
        except
        select customer_id, lot_on, coalesce(expires_at, 'infinity'),
               coalesce(sum(points) filter (where kind in ('earn', 'grant', 'reverse')), 0),
               coalesce(-sum(points) filter (where kind = 'expire'), 0)
          from loyalty.entry where lot_on is not null group by 1, 2, 3) each;
select 'wrong: below zero now', count(*)
  from loyalty.account where balance < 0 or balance < held or held < 0;
select 'wrong: below zero once, as the events say', count(*)
  from kith.event where topic like 'points.%' and (payload ->> 'balance')::bigint < 0;

-- Each key once: what was acknowledged is there, and nothing is there twice.
select 'wrong: redemptions acknowledged and not there', count(*)
  from told where kind = 'spend'
   and not exists (select from loyalty.entry e where e.note = told.key and e.kind = 'spend');
select 'wrong: redemptions there more often than once', count(*)
  from (select note from loyalty.entry where reason = 'redeemed' group by 1 having count(*) > 1) x;
select 'wrong: redemptions there and never acknowledged', count(*)
  from loyalty.entry e where reason = 'redeemed'
   and not exists (select from told where told.kind = 'spend' and told.key = e.note);
select 'wrong: holds acknowledged and not there, or there twice', count(*)
  from told left join (select note, count(*) as n from loyalty.hold group by 1) h on h.note = told.key
 where kind = 'hold' and coalesce(h.n, 0) <> 1;
select 'wrong: captures acknowledged and not there, or there twice', count(*)
  from told left join (select cause_id::text as hold, count(*) as n from loyalty.entry
                        where reason = 'captured' group by 1) e on e.hold = told.key
 where kind = 'capture' and coalesce(e.n, 0) <> 1;
select 'wrong: purchases acknowledged and not there, or there twice', count(*)
  from told left join (select note, count(*) as n from loyalty.entry
                        where kind = 'earn' group by 1) e on e.note = told.key
 where told.kind = 'earn' and coalesce(e.n, 0) <> 1;
select 'wrong: refunds acknowledged and not there, or there twice', count(*)
  from told left join (select v.payload ->> 'refundId' as refund, count(*) as n
                         from loyalty.entry e join kith.event v on v.id = e.cause_id
                        where e.kind = 'reverse' group by 1) r on r.refund = told.key
 where told.kind = 'refund' and coalesce(r.n, 0) <> 1;
