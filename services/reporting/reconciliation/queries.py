"""The statement as two questions to Postgres, each over one snapshot.

`STATEMENT` passes once over the records of the span, with the small tables joined whole, and only then looks at sums:
by term, by (account, billing period), and usage's count of each (subscription, meter, period) beside rating's. `BREAKS`
looks at single records, and only where those two differ or a period is cut by the span.

Parameters of both: $1 and $2 the span [from, to), open at an end that is null, $3 calendars (calendars.py), $4 accounts
and $5 subscriptions (arrays; null is all).
"""

from __future__ import annotations

from typing import Final

from services.reporting.reconciliation.calendars import CALENDAR

# Tables that were filled a minute ago have no statistics, and without them the planner looks each record up in five
# indexes, one by one, or sorts them. All but the records fits in memory.
WHOLE_TABLES: Final = """
set local enable_nestloop = off; set local enable_mergejoin = off; set local enable_sort = off;
set local work_mem = '32MB'
"""

_HOMES: Final = f"""
calendar as materialized (
  select * from jsonb_to_recordset($3::jsonb) as c (
    calendar text, time_zone text, begins timestamptz[], starts date[])
),
home as materialized (
  select a.partition, a.account_id, a.period_start as open_from, c.begins, c.starts
    from account_row a
    left join calendar c on c.calendar = {CALENDAR} and c.time_zone = a.time_zone
   where $4::text[] is null or a.account_id = any($4)
)"""

# Both are known when the statement is planned, so an open end costs nothing. Beyond 9999 there is nothing to exclude.
_FROM: Final = "coalesce($1::timestamptz, '-infinity')"
_TO: Final = "coalesce($2::timestamptz, 'infinity')"

_SPAN: Final = f"""
   ((r.started_at >= {_FROM} and r.started_at < {_TO})
    or (r.started_at is null and r.recorded_at >= {_FROM} and r.recorded_at < {_TO}))"""
_IN_SPAN: Final = f"""{_SPAN}
   and ($4::text[] is null or r.account_id = any($4)) and ($5::text[] is null or r.subscription_id = any($5))"""

# `n` is the place of the record's period among its calendar's.
_RECORDS: Final = f"""
  select r.partition, r.seq, r.index, r.account_id, r.subscription_id, r.meter, r.quantity, r.recorded_at,
         h.partition as home, h.open_from, h.begins, h.starts, width_bucket(r.started_at, h.begins) as n,
         coalesce(r.reason, b.reason, case when p.index is not null then 'account_parked' end) as reason,
         case when r.state <> 'accepted' then r.state
              when b.state is not null then b.state
              when p.index is not null then 'account_parked'
              when t.usage_seq is null or t.usage_seq < r.seq then 'in_flight'
              when l.index is not null then 'late'
              else 'rated' end as state,
         l.billed_in
    from usage_record r
    left join home h on h.account_id = r.account_id
    left join rated_through t on t.partition = h.partition and t.usage_partition = r.partition
    left join usage_not_billable b
           on b.partition = h.partition and b.usage_partition = r.partition and b.seq = r.seq and b.index = r.index
    left join usage_parked p
           on p.partition = h.partition and p.usage_partition = r.partition and p.seq = r.seq and p.index = r.index
    left join late_usage l
           on l.partition = h.partition and l.usage_partition = r.partition and l.usage_seq = r.seq
          and l.index = r.index
   where {_IN_SPAN}"""

# Whether the billing period lies in the span as a whole, so that sums of it can be compared.
_WHOLE: Final = f"coalesce({{begins}}[{{n}}] >= {_FROM} and {{begins}}[{{n}} + 1] <= {_TO}, false)"

# Rating has told us of usage that usage has not told us of yet: its sums may be ahead of our count, never behind it.
_AHEAD: Final = """
ahead as materialized (
  select exists (
    select from (select usage_partition, max(usage_seq) as seq from rated_through group by 1) t
     where t.seq > greatest(
       (select max(r.seq) from usage_record r where r.partition = t.usage_partition),
       (select a.dropped from usage_record_age a where a.partition = t.usage_partition), 0))
      -- What is retracted or restored, and rating has not said so: its sums may be behind or ahead.
      or exists (select from usage_retraction where status in ('retracting', 'restoring')) as ahead
)"""

# $6: how many lines; $7: the last line shown before (null: from the start); $8: lines to skip.
STATEMENT: Final = f"""
with {_HOMES},
{_AHEAD},
counted as materialized (
  select account_id, subscription_id, meter, n, state, reason, billed_in, count(*) as records,
         sum(quantity) as quantity, min(recorded_at) as since
    from ({_RECORDS}) r
   group by 1, 2, 3, 4, 5, 6, 7
),
dated as materialized (
  select c.*, h.starts[n] as starts, h.starts[n + 1] as ends, h.begins[n] as begins, h.begins[n + 1] as finishes,
         h.open_from > h.starts[n] as closed, {_WHOLE.format(begins="h.begins", n="n")} as whole
    from counted c left join home h on h.account_id = c.account_id
),
placed as materialized (
  select c.*,
         case when c.state in ('duplicate', 'conflict') then c.state || 's'
              when c.state = 'quarantined' and c.reason in ('malformed', 'schema_violation') then 'malformed'
              when c.state in ('quarantined', 'account_parked') then 'parked'
              when c.state = 'corrected' then 'retracted'
              when c.state in ('in_flight', 'not_billable', 'retracted') then c.state
              when c.state not in ('rated', 'late') then 'unplaced'
              when coalesce(b.starts, l.starts) is null then 'unbilled'
              when coalesce(b.covered, l.covered) then 'allowance'
              else 'billed' end as term
    from dated c
    left join billed_period b
           on b.subscription_id = c.subscription_id and b.meter = c.meter and b.starts = c.starts and c.state = 'rated'
    left join late_billed_period l
           on l.subscription_id = c.subscription_id and l.meter = c.meter and l.starts = c.starts
          and l.billed_in = c.billed_in and c.state = 'late'
),
line as materialized (
  select coalesce(account_id, '~') || ' ' || coalesce(starts::text, '') as place, account_id, starts, ends,
         min(begins) as begins, min(finishes) as finishes, jsonb_object_agg(term, records) as terms
    from (select account_id, starts, ends, begins, finishes, term, sum(records) as records
            from placed group by 1, 2, 3, 4, 5, 6) t
   group by account_id, starts, ends
),
sides as (
  select account_id, subscription_id, meter, starts, bool_or(closed) as closed, sum(records) as usage,
         sum(quantity) as usage_quantity, 0 as rating, 0 as rating_quantity, 0 as charged
    from placed where state in ('rated', 'late') and whole group by 1, 2, 3, 4
  union all
  select p.account_id, p.subscription_id, p.meter, p.starts, h.open_from > p.starts, 0, 0, p.records, p.quantity, 0
    from rated_period p join home h on h.account_id = p.account_id
   where {_WHOLE.format(begins="h.begins", n="array_position(h.starts, p.starts)")}
     and ($5::text[] is null or p.subscription_id = any($5))
  union all
  select c.account_id, c.subscription_id, c.meter, c.starts, true, 0, 0, 0, 0, sum(c.records)
    from (select account_id, subscription_id, coalesce(m.meter, r.meter) as meter,
                 coalesce(settles_start, billing_start) as starts, billing_start, plan_id, plan_version,
                 max(coalesce(m.records, r.records)) as records
            from charge_row r
            left join lateral (select key as meter, value::bigint as records from jsonb_each_text(r.meters)) m on true
           where kind = 'usage' and billing_end >= ({_FROM} - interval '2 days')::date
             and coalesce(settles_start, billing_start) <= ({_TO} + interval '2 days')::date
           group by 1, 2, 3, 4, 5, 6, 7) c
    join home h on h.account_id = c.account_id
   where {_WHOLE.format(begins="h.begins", n="array_position(h.starts, c.starts)")}
     and ($5::text[] is null or c.subscription_id = any($5))
   group by 1, 2, 3, 4
  union all
  -- What came late waits for the close of the open period; then it is among the charges.
  select l.account_id, l.subscription_id, l.meter, l.starts, true, 0, 0, 0, 0, count(*)
    from late_usage l join home h on h.account_id = l.account_id
    left join late_billed_period b
           on b.subscription_id = l.subscription_id and b.meter = l.meter and b.starts = l.starts
          and b.billed_in = l.billed_in
   where b.starts is null and l.billed_in >= h.open_from
     and {_WHOLE.format(begins="h.begins", n="array_position(h.starts, l.starts)")}
     and ($5::text[] is null or l.subscription_id = any($5))
   group by 1, 2, 3, 4
  union all
  -- What is to be credited waits likewise: it is among the charges still.
  select l.account_id, l.subscription_id, l.meter, l.starts, true, 0, 0, 0, 0, -count(*)
    from credited_usage l join home h on h.account_id = l.account_id
    left join late_billed_period b
           on b.subscription_id = l.subscription_id and b.meter = l.meter and b.starts = l.starts
          and b.billed_in = l.billed_in
   where b.starts is null and l.billed_in >= h.open_from
     and {_WHOLE.format(begins="h.begins", n="array_position(h.starts, l.starts)")}
     and ($5::text[] is null or l.subscription_id = any($5))
   group by 1, 2, 3, 4
),
differing as materialized (
  select s.* from (
    select account_id, subscription_id, meter, starts, bool_or(closed) as closed, sum(usage) as usage,
           sum(usage_quantity) as usage_quantity, sum(rating) as rating, sum(rating_quantity) as rating_quantity,
           sum(charged) as charged
      from sides group by 1, 2, 3, 4) s, ahead
   where s.usage > s.rating
      or (not ahead and (s.usage <> s.rating or s.usage_quantity <> s.rating_quantity
                         or (s.closed and s.charged <> s.rating)))
)
select ahead,
       (select jsonb_agg(t) from (
          select term, reason, sum(records) as records, min(since) as since from placed group by 1, 2) t) as terms,
       (select count(*) from line) as lines,
       (select jsonb_agg(l order by l.place) from (
          select * from line where $7::text is null or place > $7 order by place limit $6 + 1 offset $8) l) as page,
       (select count(*) from differing) as differing,
       (select jsonb_agg(d order by d.account_id, d.starts, d.subscription_id, d.meter) from (
          select * from differing order by account_id, starts, subscription_id, meter limit 1000) d) as differences,
       exists (select from placed where state = 'rated' and not whole) as cut
  from ahead
"""

# $6: the (subscription, meter, first day) that differ, as JSON; $7: whether rating has more of some than usage has;
# $8: how many records are named.
BREAKS: Final = f"""
with {_HOMES},
suspect as materialized (
  select * from jsonb_to_recordset($6::jsonb) as s (account_id text, subscription_id text, meter text, starts date)
),
-- Usage has them, rating has passed over them.
missing as (
  select r.partition, r.seq, r.index, r.account_id, r.starts[r.n] as starts,
         case when coalesce(b.starts, l.starts) is null then 'unbilled'
              when coalesce(b.covered, l.covered) then 'allowance' else 'billed' end as term
    from ({_RECORDS}) r
    left join suspect s on s.subscription_id = r.subscription_id and s.meter = r.meter and s.starts = r.starts[r.n]
    left join billed_period b
           on b.subscription_id = r.subscription_id and b.meter = r.meter and b.starts = r.starts[r.n]
          and r.state = 'rated'
    left join late_billed_period l
           on l.subscription_id = r.subscription_id and l.meter = r.meter and l.starts = r.starts[r.n]
          and l.billed_in = r.billed_in and r.state = 'late'
   where r.state in ('rated', 'late') and (s.starts is not null or not {_WHOLE.format(begins="r.begins", n="r.n")})
     and not exists (
       select from rated_usage u
        where u.partition = r.home and u.usage_partition = r.partition and u.usage_seq = r.seq
          and r.index = any(u.indexes))
),
-- Rating has them twice, or has what usage does not.
surplus as (
  select u.usage_partition as partition, u.usage_seq as seq, i.index
    from rated_usage u cross join lateral unnest(u.indexes) as i (index)
    left join usage_record r
           on r.partition = u.usage_partition and r.seq = u.usage_seq and r.index = i.index and r.state = 'accepted'
   where $7 and u.usage_seq > coalesce(
           (select a.dropped from usage_record_age a where a.partition = u.usage_partition), 0)
     and u.partition in (select h.partition from home h join suspect s on s.account_id = h.account_id)
   group by 1, 2, 3 having count(*) > 1 or count(r.seq) = 0
),
named as materialized (
  select partition, seq, index, account_id, starts, term from missing
  union all
  select partition, seq, index, null, null, null from surplus
)
select (select count(*) from named) as records,
       (select jsonb_agg('usage/' || partition || '/' || seq || '#' || index order by partition, seq, index)
          from (select * from named order by partition, seq, index limit $8) n) as citations,
       (select jsonb_agg(m) from (
          select account_id, starts, term, count(*) as records from named where term is not null group by 1, 2, 3) m
       ) as missing
"""

# Records that count in two places or more: what no sum shows, since usage and rating both count it twice. $3 accounts,
# $4 subscriptions, $5 how many are named, $6 the days that a dedupe key is kept: a record that is sent again after that
# is another one. What is parked as too late beside its correction is in no bill and comes into none. One count for each
# key is all that is held, and spilled where that is too much; citations are looked up of what is found alone.
TWICE: Final = f"""
with twice as (
  select r.source, r.id, (r.started_at at time zone 'UTC')::date as day, count(*) over () as found
    from usage_record r
   where r.index >= 0 and (r.state = 'accepted' or (r.state = 'quarantined' and r.reason is distinct from 'too_late'))
     and r.recorded_at >= (select max(recorded_at) from usage_record) - make_interval(days => $6)
     and {_SPAN}
     and ($3::text[] is null or r.account_id = any($3)) and ($4::text[] is null or r.subscription_id = any($4))
   group by 1, 2, 3 having count(*) > 1
   order by 1, 2, 3 limit $5
)
select t.source, t.id, t.day::text, t.found,
       array_agg('usage/' || r.partition || '/' || r.seq || '#' || r.index order by r.partition, r.seq, r.index)
         as places
  from twice t
  join usage_record r on r.id = t.id and r.source = t.source and (r.started_at at time zone 'UTC')::date = t.day
 where r.index >= 0 and (r.state = 'accepted' or (r.state = 'quarantined' and r.reason is distinct from 'too_late'))
 group by 1, 2, 3, 4 order by 1, 2, 3
"""
