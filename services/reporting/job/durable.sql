-- Long work that somebody asked for. `lease_until` is until when its process speaks for it: a running job whose lease has
-- run out has lost its process. `deaths` counts those. `attempt` tells apart what several processes have written.
create table if not exists durable.job (
  job_id           text        primary key,
  kind             text        not null,
  owner            text        not null,
  role             text        not null,
  request          text        not null,   -- JSON, of the kind's own form
  status           text        not null default 'queued',
  done             bigint      not null default 0,
  failed           bigint      not null default 0,
  total            bigint,
  failures         text        not null default '[]',   -- JSON
  attempt          int         not null default 0,
  deaths           int         not null default 0,
  cancel_requested boolean     not null default false,
  created_at       timestamptz not null default now(),
  lease_until      timestamptz,
  finished_at      timestamptz
);
-- What is known of the result besides its pieces: JSON, of the kind's own form.
alter table durable.job add column if not exists result text not null default '{}';
create index if not exists job_open on durable.job (created_at) where finished_at is null;
create index if not exists job_owner on durable.job (owner, created_at);
create index if not exists job_finished on durable.job (finished_at);

-- What a job has made, in pieces: rows as JSON, one a line, compressed. Personal fields in them stay sealed.
create table if not exists durable.job_result (
  job_id  text  not null references durable.job (job_id) on delete cascade,
  attempt int   not null,
  n       int   not null,
  content bytea not null,
  primary key (job_id, attempt, n)
);
