-- Cases of dunning. `look_on` is when something may happen by itself, null where nothing does; `access` is what rating was
-- asked for last, at `asked_at`.
create table dunning_row (
  partition   int     not null,
  case_id     text    not null,
  account_id  text    not null,
  policy_id   text    not null,
  policy_version int  not null,
  currency    text    not null,
  time_zone   text    not null,
  opened_on   date    not null,
  since       date    not null,
  overdue     numeric not null,
  step        int     not null,
  step_on     date,
  access      text    not null,
  asked_at    timestamptz,
  paused      boolean not null,
  paused_until  date,
  look_on     date,
  terminated_on date,
  terminated_at timestamptz,
  cleared_on  date,
  cleared_for text,
  primary key (partition, case_id)
);
create index dunning_open on dunning_row (account_id) where cleared_on is null;
create index dunning_of_account on dunning_row (account_id);
-- Of very many cases few leave less than all service.
create index dunning_less on dunning_row (partition, account_id) where access <> 'open';

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

-- What each version of a policy says: `steps` is [{"name", "after_days", "access"}], access null where a step says nothing of
-- it, `minimums` {"EUR": "5.00"}.
create table dunning_policy_row (
  partition   int         not null,
  policy_id   text        not null,
  version     int         not null,
  steps       jsonb       not null,
  minimums    jsonb       not null,
  recorded_at timestamptz not null,
  primary key (partition, policy_id, version)
);

-- Which version of a policy is in force, null where it is deleted.
create table dunning_in_force_row (
  partition int  not null,
  policy_id text not null,
  version   int,
  primary key (partition, policy_id)
);

-- The operator's policy.
create table dunning_default_row (
  partition   int         not null,
  setting     text        not null,
  policy_id   text,
  recorded_at timestamptz not null,
  primary key (partition, setting)
);

-- Accounts with a policy of their own, null where they have the operator's again.
create table dunning_own_row (
  partition   int         not null,
  account_id  text        not null,
  policy_id   text,
  recorded_at timestamptz not null,
  primary key (partition, account_id)
);

-- Accounts that are, or were, left alone, up to before `until` or until somebody says so.
create table dunning_exempt_row (
  partition  int     not null,
  account_id text    not null,
  exempt     boolean not null,
  until      date,
  primary key (partition, account_id)
);

-- Promises to pay; `restores`: with service until then. An account has one that is open, at most.
create table dunning_promise_row (
  partition  int     not null,
  promise_id text    not null,
  account_id text    not null,
  pay_by     date    not null,
  restores   boolean not null,
  is_open    boolean not null,
  primary key (partition, promise_id)
);
create index dunning_promise_open on dunning_promise_row (partition, account_id) where is_open;

-- What rating has done with the services of an account, by its own word: `lines` were restricted last, for its own debts or
-- for those of `payer_id`, which pays for it.
create table service_restriction_row (
  partition   int         not null,
  account_id  text        not null,
  payer_id    text        not null,
  case_id     text        not null,
  access      text        not null,
  lines       int         not null,
  recorded_at timestamptz not null,
  primary key (partition, account_id, payer_id)
);
create index service_restriction_held on service_restriction_row (partition, account_id) where access <> 'open';

-- By which policy an account would be dunned, from when that was said: its own, else the operator's.
create view dunning_by as
select a.partition as account_partition, a.account_id, v.policy_id, v.version, v.steps, v.minimums,
       greatest(v.recorded_at, o.recorded_at, d.recorded_at) as said_at
  from account_row a
  left join dunning_own_row o on o.partition = a.partition and o.account_id = a.account_id
  left join dunning_in_force_row own on own.policy_id = o.policy_id and own.version is not null
  left join dunning_default_row d on true
  join dunning_in_force_row f on f.policy_id = coalesce(own.policy_id, d.policy_id)
  join dunning_policy_row v on v.policy_id = f.policy_id and v.version = f.version;
