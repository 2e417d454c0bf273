-- What the job that forgets contacts looks for, the oldest first.
create index complaint_contact_kept on complaints.complaint (coalesce(closed_at, resolved_at))
    where customer_id is null and contact is not null;
