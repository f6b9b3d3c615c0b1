-- Usage reconciled: every record in one term.

-- A record and the term of the usage reconciliation that counts it. Every record is in one; `unplaced` is the one that should be
-- empty: what rating has passed over although it was there, and what is in a state that no term is made for.
create view reconciled_record_view as
select v.*,
       case
         when v.state in ('duplicate', 'conflict') then v.state || 's'
         when v.state = 'quarantined' and v.reason in ('malformed', 'schema_violation') then 'malformed'
         when v.state = 'quarantined' then 'parked'
         when v.state = 'accepted' and v.reason = 'account_parked' then 'parked'
         when v.state = 'accepted' then 'in_flight'
         when v.state = 'corrected' then 'retracted'
         when v.state in ('not_billable', 'retracted') then v.state
         when v.state not in ('rated', 'billed', 'late_settled') then 'unplaced'
         when not exists (select from rated_usage u where u.partition = v.home and u.usage_partition = v.partition
                             and u.usage_seq = v.seq and v.index = any(u.indexes)) then 'unplaced'
         when v.state = 'rated' then 'unbilled'
         when v.covered then 'allowance'
         else 'billed'
       end as term
  from usage_record_view v;
