-- Many cases of dunning that somebody pauses: since no event says that it was asked for. `done` are paused, `failed` were
-- refused. `lease_until` is until when a process speaks for it; `attempt` tells the work of several processes apart.
create table if not exists durable.dunning_pause (
  job_id           text        primary key,
  owner            text        not null,
  request          text        not null,   -- JSON
  total            bigint      not null,
  status           text        not null default 'queued',
  done             bigint      not null default 0,
  failed           bigint      not null default 0,
  attempt          int         not null default 0,
  cancel_requested boolean     not null default false,
  created_at       timestamptz not null default now(),
  lease_until      timestamptz,
  finished_at      timestamptz
);
create index if not exists dunning_pause_open on durable.dunning_pause (created_at) where finished_at is null;

-- Its cases, in their order, as they were found when it was asked for, and what became of each: null until that is known.
create table if not exists durable.dunning_pause_case (
  job_id     text    not null references durable.dunning_pause (job_id) on delete cascade,
  n          int     not null,
  case_id    text    not null,
  account_id text    not null,
  paused     boolean,
  code       text,
  detail     text,
  primary key (job_id, n)
);
create index if not exists dunning_pause_case_waiting on durable.dunning_pause_case (job_id, n) where paused is null;
create index if not exists dunning_pause_case_refused on durable.dunning_pause_case (job_id, n) where not paused;
