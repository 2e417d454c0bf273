-- Every line is a name and a number; what is wrong must be 0.
select 'purchases', count(*) from kith.event where topic = 'purchase.completed';
select 'wrong: purchases without their entry', count(*)
  from kith.event e
 where topic = 'purchase.completed'
   and not exists (select from loyalty.entry l where l.cause_id = e.id and l.kind = 'earn');
select 'wrong: purchases with more than one entry', count(*)
  from (select cause_id from loyalty.entry where kind = 'earn' group by 1 having count(*) > 1) twice;
select 'wrong: purchases without exactly one event of their points', count(*)
  from kith.event e
 where topic = 'purchase.completed'
   and 1 <> (select count(*) from kith.event p where p.topic = 'points.earned' and p.cause_id = e.id);
select 'wrong: accounts that are not the sum of their entries', count(*)
  from loyalty.account a
 where balance <> (select sum(points) from loyalty.entry l where l.customer_id = a.customer_id);
