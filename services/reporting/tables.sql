-- What reporting reads: one block per upstream topic, each row written by one (topic, partition), joined only in views.
-- Accounts, charges, invoices and payments of one account live in the same partition number of their topics.

-- usage.events -------------------------------------------------------------------------------------------------------

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
);
create index usage_record_id on usage_record (id, source);
-- Records come roughly in the order they happened, so block ranges find a span at a tenth of a tree's cost.
create index usage_record_started on usage_record using brin (started_at) with (pages_per_range = 32);
-- Lists show the newest first and nulls last, which an ascending index can't give.
create index usage_record_recorded on usage_record (recorded_at desc nulls last);
create index usage_record_account on usage_record (account_id, recorded_at desc nulls last);
create index usage_record_refused on usage_record (state, recorded_at desc nulls last) where state <> 'accepted';

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

-- rating.events ------------------------------------------------------------------------------------------------------

create table account_row (
  partition    int  not null,
  account_id   text not null,
  name         text not null, details text,   -- sealed
  currency     text not null,
  cycle_id     text not null,
  frequency    text not null,
  anchor_day   int  not null,
  anchor_month int,
  time_zone    text not null,
  tax_rate     numeric not null,
  opened_on    date not null,
  period_start date,
  period_end   date,
  opened_at    timestamptz not null,
  primary key (partition, account_id)
);
create index account_row_id on account_row (account_id);
-- For ids that people begin to type, in any case.
create index account_row_begins on account_row (lower(account_id) collate "C");

create table subscription_row (
  partition int not null, subscription_id text not null, account_id text not null, plan_id text not null,
  starts date not null, ends date,
  primary key (partition, subscription_id)
);
create index subscription_row_id on subscription_row (subscription_id);
create index subscription_row_begins on subscription_row (lower(subscription_id) collate "C");
create index subscription_row_account on subscription_row (account_id);

create table cycle_row (
  partition int not null, cycle_id text not null,
  name      text not null,
  primary key (partition, cycle_id)
);

create table plan_row (
  partition int not null, plan_id text not null, version int not null,
  name text not null, currency text not null, effective_from date,
  primary key (partition, plan_id, version)
);

-- `quantity` in the unit of the meter; the billing period is the one that was closed, the period the line's own.
create table charge_row (
  partition       int     not null,
  charge_id       text    not null,
  account_id      text    not null,
  subscription_id text    not null,
  plan_id         text    not null,
  plan_version    int     not null,
  kind            text    not null,
  meter           text,
  billing_start   date    not null,
  billing_end     date    not null,
  period_start    date    not null,
  period_end      date    not null,
  quantity        numeric,
  records         bigint  not null,
  covered_records bigint  not null,
  amount          numeric not null,
  currency        text    not null,
  primary key (partition, charge_id)
);
create index charge_row_usage on charge_row (subscription_id, meter, billing_start);
create index charge_row_billing on charge_row (billing_start);

-- The (subscription, meter, billing period)s that have at least one charge: their records are billed. `covered`: included
-- units cover all of them; null while no charge has records. `begins` and `finishes` are its instants where the account is:
-- computed here, since Postgres may know other time zones than the one that rated.
create table billed_period (
  partition int not null, subscription_id text not null, meter text not null, starts date not null,
  ends      date not null, begins timestamptz not null, finishes timestamptz not null,
  covered   boolean,
  primary key (partition, subscription_id, meter, starts)
);

-- How far this rating partition has rated what each usage partition sent it.
create table rated_through (
  partition int not null, usage_partition int not null, usage_seq bigint not null,
  primary key (partition, usage_partition)
);

-- What rating says it has put into its sums, per billing period; `quantity` in 1e-6 units. Pages keep room, so that adding
-- to a row moves neither it nor its index entry.
create table rated_period (
  partition int not null, account_id text not null, subscription_id text not null, meter text not null,
  starts   date    not null,
  records  bigint  not null,
  quantity numeric not null,
  primary key (partition, subscription_id, meter, starts)
) with (fillfactor = 70);
create index rated_period_account on rated_period (account_id);

-- Which records those are, one row for each `UsageRated`: the indexes into `usage/<usage_partition>/<usage_seq>`.
create table rated_usage (
  partition int not null, seq bigint not null, usage_partition int not null, usage_seq bigint not null,
  indexes   smallint[] not null,
  primary key (partition, usage_partition, usage_seq, seq)
);

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

-- invoicing.events ---------------------------------------------------------------------------------------------------

create table bill_profile_row (
  partition int not null, account_id text not null,
  terms_days int not null, tax_rate text,
  primary key (partition, account_id)
);

-- The document. Until it is locked, `tax` and `total` are `provisional`: what locking it would fix, as invoicing told.
-- `version` counts the invoice's events. A draft below zero ends as `carried_forward`: it is a line of `carried_into`.
create table invoice_row (
  partition    int     not null,
  invoice_id   text    not null,
  account_id   text    not null,
  status       text    not null,
  number       text,
  currency     text    not null,
  cycle_id     text,
  run_id       text,
  period_start date    not null,
  period_end   date    not null,
  issued_on    date,
  due_on       date,
  net          numeric not null,
  tax          numeric not null,
  total        numeric not null,
  provisional  boolean not null,
  carried_into text,
  tax_groups   jsonb   not null default '[]',
  version      int     not null,
  drafted_at   timestamptz not null,
  primary key (partition, invoice_id)
);
create index invoice_row_id on invoice_row (invoice_id);
create index invoice_row_number on invoice_row (number);
create index invoice_row_number_begins on invoice_row (lower(number) collate "C");
create index invoice_row_begins on invoice_row (lower(invoice_id) collate "C");
create index invoice_row_account on invoice_row (account_id);
create index invoice_row_account_begins on invoice_row (lower(account_id) collate "C");
create index invoice_row_issued on invoice_row (issued_on desc nulls last);

create table invoice_line_row (
  partition       int     not null,
  invoice_id      text    not null,
  n               int     not null,
  charge_id       text,
  kind            text    not null,
  description     text    not null,
  subscription_id text,
  plan_id         text,
  plan_version    int,
  meter           text,
  unit            text,
  quantity        numeric,
  records         bigint  not null,
  period_start    date    not null,
  period_end      date    not null,
  net             numeric not null,
  carried_from    text,
  primary key (partition, invoice_id, n)
);
create index invoice_line_charge on invoice_line_row (charge_id);

-- payments.events ----------------------------------------------------------------------------------------------------

create table receivable_row (
  partition  int     not null,
  invoice_id text    not null,
  account_id text    not null,
  number     text    not null,
  amount     numeric not null,
  open       numeric not null,
  currency   text    not null,
  issued_on  date    not null,
  due_on     date    not null,
  primary key (partition, invoice_id)
);
create index receivable_row_account on receivable_row (partition, account_id);
create index receivable_row_open on receivable_row (due_on) where open > 0;

create table payment_row (
  partition   int     not null,
  payment_id  text    not null,
  account_id  text    not null,
  amount      numeric not null,
  unallocated numeric not null,
  currency    text    not null,
  method      text    not null,
  received_on date    not null,
  primary key (partition, payment_id)
);
create index payment_row_id on payment_row (payment_id);
create index payment_row_begins on payment_row (lower(payment_id) collate "C");
create index payment_row_account on payment_row (account_id);
create index payment_row_received on payment_row (received_on);

create table allocation_row (
  partition  int     not null,
  seq        bigint  not null,
  payment_id text    not null,
  invoice_id text    not null,
  amount     numeric not null,
  currency   text    not null,
  primary key (partition, seq)
);
create index allocation_row_invoice on allocation_row (partition, invoice_id);

-- all four -----------------------------------------------------------------------------------------------------------

-- Where every event that is not hot stands in the log; its payload is read from there.
create table audit_event (
  topic          text   not null,
  partition      int    not null,
  seq            bigint not null,
  log_offset     bigint not null,
  id             text   not null,
  type           text   not null,
  aggregate_id   text   not null,
  account_id     text,
  invoice_id     text,
  actor          text,
  correlation_id text,
  causation_id   text,
  version        int    not null,
  recorded_at    timestamptz not null,
  primary key (topic, partition, seq)
);
create index audit_event_id on audit_event (id);
create index audit_event_recorded on audit_event (recorded_at desc nulls last);
create index audit_event_account on audit_event (account_id, recorded_at desc nulls last);
create index audit_event_aggregate on audit_event (aggregate_id, recorded_at desc nulls last);
create index audit_event_invoice on audit_event (invoice_id) where invoice_id is not null;
create index audit_event_correlation on audit_event (correlation_id);

-- What a bug put aside (`parked` inputs, dead-lettered `command`s), and `bytes` that intake could not read. `log_offset` is
-- where the payload is: in the event that put it aside, or in usage.dead. `item` tells apart what one event reported, else
-- -1. `actor` is who had sent it.
create table dead_letter (
  topic text not null, partition int not null, seq bigint not null, item int not null,
  kind        text        not null,
  status      text        not null default 'open',
  type text, subject text not null, parking_key text, account_id text, command_id text, actor text,
  input       text        not null,
  error       text        not null,
  attempts    int         not null,
  log_offset  bigint      not null,
  size_bytes  bigint      not null,
  recorded_at timestamptz not null,
  tried_at timestamptz, resolved_at timestamptz, resolved_by text, reason text,
  primary key (topic, partition, seq, item)
);
create index dead_letter_recorded on dead_letter (recorded_at desc nulls last);
create index dead_letter_account on dead_letter (account_id, recorded_at desc nulls last);
create index dead_letter_open on dead_letter (kind, topic, partition, parking_key, seq) where status = 'open';

-- views --------------------------------------------------------------------------------------------------------------

-- A record's state as the API names it. A record is rated once its account's partition has rated past its event, unless it
-- was parked there (then it is still `accepted`, with the reason `account_parked`), and
-- billed once its subscription, meter and billing period (by the local date it started on) have a charge.
create view usage_record_view as
select r.partition, r.seq, r.index, r.source, r.id, r.resource, r.meter, r.kind, r.quantity, r.started_at,
       r.account_id, r.subscription_id, r.recorded_at, r.detail, r.ended_at, r.attributes,
       a.partition as home, a.time_zone, b.starts as billing_start, b.ends as billing_end, b.covered,
       'usage/' || r.partition || '/' || r.seq || '#' || r.index as citation,
       format('%s/%s/%s', lpad(r.partition::text, 4, '0'), lpad(r.seq::text, 18, '0'), r.index + 100000) as place,
       coalesce(r.started_at, r.recorded_at) as happened_at,
       case
         when r.state <> 'accepted' then r.state
         when n.state is not null then n.state
         when p.index is not null then 'accepted'
         when t.usage_seq is null or t.usage_seq < r.seq then 'accepted'
         when b.starts is not null then 'billed'
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
        and r.started_at >= b.begins and r.started_at < b.finishes;

-- A record and the term of the conservation that counts it. Every record is in one; `unplaced` is the one that should be
-- empty: what rating has passed over although it was there, and what is in a state that no term is made for.
create view conserved_record_view as
select v.*,
       case
         when v.state in ('duplicate', 'conflict') then v.state || 's'
         when v.state = 'quarantined' and v.reason in ('malformed', 'schema_violation') then 'malformed'
         when v.state = 'quarantined' then 'parked'
         when v.state = 'accepted' and v.reason = 'account_parked' then 'parked'
         when v.state = 'accepted' then 'in_flight'
         when v.state in ('not_billable', 'retracted') then v.state
         when v.state not in ('rated', 'billed') then 'unplaced'
         when not exists (select from rated_usage u where u.partition = v.home and u.usage_partition = v.partition
                             and u.usage_seq = v.seq and v.index = any(u.indexes)) then 'unplaced'
         when v.state = 'rated' then 'unbilled'
         when v.covered then 'allowance'
         else 'billed'
       end as term
  from usage_record_view v;

-- An invoice with what has been paid. Nothing is due before it is issued; one without a receivable yet owes its total.
create view invoice_view as
select i.partition, i.invoice_id, i.account_id, i.status, i.number, i.currency, coalesce(i.cycle_id, a.cycle_id) as cycle_id,
       i.run_id, i.period_start, i.period_end, i.issued_on, i.due_on, i.net, i.tax, i.total, i.provisional, i.carried_into,
       i.tax_groups, i.version, i.drafted_at, coalesce(a.time_zone, 'UTC') as time_zone, s.paid, s.due,
       case when i.status <> 'issued' then 'unpaid'
            when s.due = 0 then 'paid'
            when s.paid > 0 then 'partially_paid' else 'unpaid' end as payment_status
  from invoice_row i
  left join account_row a on a.partition = i.partition and a.account_id = i.account_id
  left join receivable_row r on r.partition = i.partition and r.invoice_id = i.invoice_id
 cross join lateral (
       select case when i.status = 'issued' then coalesce(r.amount - r.open, 0) else 0 end as paid,
              case when i.status = 'issued' then coalesce(r.open, i.total) else 0 end as due) s;

-- An event of the audit trail with a place that sorts by sequence within its partition.
create view audit_event_view as
select e.*, format('%s/%s/%s', e.topic, lpad(e.partition::text, 4, '0'), lpad(e.seq::text, 18, '0')) as place
  from audit_event e;

-- When an allocation took effect: when both the money and the claim were there.
create view allocation_view as
select l.*, r.account_id, r.due_on, p.received_on, greatest(p.received_on, r.issued_on) as effective_on
  from allocation_row l
  join payment_row p on p.partition = l.partition and p.payment_id = l.payment_id
  join receivable_row r on r.partition = l.partition and r.invoice_id = l.invoice_id;
