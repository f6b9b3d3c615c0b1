-- Cases of dunning. `look_on` is when something may happen by itself, null where nothing does.
create table dunning_row (
  partition   int     not null,
  case_id     text    not null,
  account_id  text    not null,
  policy_id   text    not null,
  currency    text    not null,
  opened_on   date    not null,
  since       date    not null,
  overdue     numeric not null,
  step        int     not null,
  access      text    not null,
  paused      boolean not null,
  look_on     date,
  cleared_on  date,
  cleared_for text,
  primary key (partition, case_id)
);
create index dunning_open on dunning_row (account_id) where cleared_on is null;

-- The steps that were taken.
create table dunning_step_row (
  partition   int         not null,
  case_id     text        not null,
  seq         bigint      not null,
  account_id  text        not null,
  currency    text        not null,
  step        int         not null,
  name        text        not null,
  since       date        not null,
  overdue     numeric     not null,
  reached_on  date        not null,
  recorded_at timestamptz not null,
  primary key (partition, case_id, seq)
);
create index dunning_step_time on dunning_step_row (reached_on);

-- What dunning may never leave behind: service taken from who owes nothing, and who owes past the last step with service
-- although nobody holds the case up. Both logs' facts are of one partition of payments, so they agree at every moment.
create view dunning_astray as
select d.partition, d.account_id, 'restricted_though_paid' as why
  from dunning_row d
 where d.cleared_on is null and d.access <> 'open'
   and not exists (select from receivable_row r
                    where r.partition = d.partition and r.account_id = d.account_id and r.open > 0)
 union all
select d.partition, d.account_id, 'restricted_after_it_was_cleared'
  from dunning_row d where d.cleared_on is not null and d.access <> 'open';
