-- Records as they were received, and what keeps them from being rated.

-- A record as it was received. "index" points into `UsageRecorded.records`; records set aside count down from -1.
-- `quantity` in 1e-6 units. `state` is what usage itself decided: accepted, duplicate, conflict or quarantined.
create table usage_record (
  partition       int         not null,
  seq             bigint      not null,
  index           int         not null,
  source          text        not null,
  id              text        not null,
  resource        text,
  meter           text,
  kind            text,
  quantity        numeric,
  started_at      timestamptz,
  account_id      text,
  subscription_id text,
  state           text        not null,
  reason          text,
  detail          text,
  recorded_at     timestamptz not null,
  ended_at timestamptz, attributes text, -- attributes as JSON
  primary key (partition, seq, index)
)
-- A page that is vacuumed is counted in its index alone. Left to its own scale Postgres would wait for a fifth more rows.
with (autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 500000);
create index usage_record_id on usage_record (id);
-- Lists show the newest first and nulls last, which an ascending index can't give.
create index usage_record_started on usage_record (started_at desc nulls last);
create index usage_record_recorded on usage_record (recorded_at desc nulls last);
create index usage_record_account on usage_record (account_id, started_at desc nulls last);
create index usage_record_refused on usage_record (state, recorded_at desc nulls last) where state <> 'accepted';

-- Which days of the log are kept (ageing.py): they began with the events `seqs`. Those up to `dropped` have no rows any more;
-- these were `records`. All that was received on `since` or later (UTC) is here; null while nothing was dropped.
create table usage_record_age (
  partition int    not null primary key,
  days      date[] not null, seqs bigint[] not null,
  since     date,
  dropped   bigint not null,
  records   bigint not null
);

-- Counts per hour of `started_at` (of `recorded_at` where that is unknown), by the state that usage decided.
create table usage_hour (
  partition int         not null,
  hour      timestamptz not null,
  meter     text        not null,
  state     text        not null,
  reason    text        not null,
  records   bigint      not null,
  quantity  numeric     not null,
  primary key (partition, hour, meter, state, reason)
);

-- The same by UTC day, without reasons: a report of years reads these.
create table usage_day (
  partition int     not null,
  day       date    not null,
  meter     text    not null,
  state     text    not null,
  records   bigint  not null,
  quantity  numeric not null,
  primary key (partition, day, meter, state)
);
create index usage_day_day on usage_day (day);

-- Records that were retracted, with what they were before; `status` as rating has answered: retracting, retracted, restoring,
-- restored, refused. `replaced_by` is the index, in the event `replaced_seq`, of the record that a correction counts instead.
create table usage_retraction (
  partition int not null, seq bigint not null, index int not null,
  retraction_id text        not null,
  reason        text        not null,
  note          text,
  actor         text,
  status        text        not null,
  refusal       text,
  was_state     text        not null,
  was_reason    text,
  corrected     boolean     not null,
  replaced_seq  bigint,
  replaced_by   int,
  retracted_at  timestamptz not null,
  restored_at   timestamptz,
  primary key (partition, seq, index)
);
create index usage_retraction_open on usage_retraction (partition) where status in ('retracting', 'restoring');

-- Records that rating did not price: `not_billable`, or `quarantined` (given back to usage), with the reason.
create table usage_not_billable (
  partition int not null, usage_partition int not null, seq bigint not null, index int not null,
  state     text not null,
  reason    text not null,
  primary key (partition, usage_partition, seq, index)
);

-- Records that wait in rating for an operator, and which event parked them.
create table usage_parked (
  partition  int not null, usage_partition int not null, seq bigint not null, index int not null,
  parked_seq bigint not null,
  primary key (partition, usage_partition, seq, index, parked_seq)
);
create index usage_parked_by on usage_parked (partition, parked_seq);

-- A record's state as the API names it. A record is rated once its account's partition has rated past its event, unless it
-- was parked there (then it is still `accepted`, with the reason `account_parked`), and
-- billed once its subscription, meter and billing period (by the local date it started on) have a charge. One that came
-- late is rated until the charge that settles it is there.
create view usage_record_view as
select r.partition, r.seq, r.index, r.source, r.id, r.resource, r.meter, r.kind, r.quantity, r.started_at,
       r.account_id, r.subscription_id, r.recorded_at, r.detail, r.ended_at, r.attributes,
       a.partition as home, a.time_zone, l.starts as settles_start,
       case when l.index is null then b.starts else lb.billed_in end as billing_start,
       case when l.index is null then b.covered else lb.covered end as covered,
       'usage/' || r.partition || '/' || r.seq || '#' || r.index as citation,
       format('%s/%s/%s', lpad(r.partition::text, 4, '0'), lpad(r.seq::text, 18, '0'), r.index + 100000) as place,
       coalesce(r.started_at, r.recorded_at) as happened_at, r.state as recorded_as,
       case
         when r.state <> 'accepted' then r.state
         when n.state is not null then n.state
         when p.index is not null then 'accepted'
         when t.usage_seq is null or t.usage_seq < r.seq then 'accepted'
         when lb.starts is not null then 'late_settled'
         when l.index is null and b.starts is not null then 'billed'
         else 'rated'
       end as state,
       coalesce(r.reason, n.reason, case when p.index is not null then 'account_parked' end) as reason
  from usage_record r
  left join account_row a on a.account_id = r.account_id
  left join rated_through t on t.partition = a.partition and t.usage_partition = r.partition
  left join usage_not_billable n
         on n.partition = a.partition and n.usage_partition = r.partition and n.seq = r.seq and n.index = r.index
  left join usage_parked p
         on p.partition = a.partition and p.usage_partition = r.partition and p.seq = r.seq and p.index = r.index
  left join billed_period b
         on b.partition = a.partition and b.subscription_id = r.subscription_id and b.meter = r.meter
        and r.started_at >= b.begins and r.started_at < b.finishes
  left join late_usage l
         on l.partition = a.partition and l.usage_partition = r.partition and l.usage_seq = r.seq and l.index = r.index
  left join late_billed_period lb
         on lb.partition = l.partition and lb.subscription_id = l.subscription_id and lb.meter = l.meter
        and lb.starts = l.starts and lb.billed_in = l.billed_in;

-- What a record of a session reported: a cumulative `reading` in 1e-6 units, and what the session had come to with it.
create table usage_session_report (
  partition  int         not null,
  seq        bigint      not null,
  index      int         not null,
  session_id text        not null,
  status     text        not null,
  reading    numeric     not null,
  total      numeric     not null,
  read_at    timestamptz not null,
  began_at   timestamptz not null,
  closed_by  text,
  primary key (partition, seq, index)
);
