-- What is not in the log: who may come in. Written by the API, kept and backed up the ordinary way.
-- Instants here are the database's own clock: a session ends in real time, whatever the test clock plays.

create table if not exists durable.app_user (
  user_id       text primary key,
  email         text not null,
  email_key     text not null unique,
  password_hash text not null,
  role          text not null,
  created_at    timestamptz not null default now()
);

create table if not exists durable.app_session (
  session_hash bytea primary key,
  user_id      text not null references durable.app_user (user_id) on delete cascade,
  created_at   timestamptz not null default now(),
  expires_at   timestamptz not null
);
create index if not exists app_session_user on durable.app_session (user_id);
create index if not exists app_session_expiry on durable.app_session (expires_at);

-- What is left of the attempts to log in, by hash of an e-mail address, a network address, or both; whether there is
-- such a user or not. Whole again at `full_at`, and then the row may go.
create table if not exists durable.login_allowance (
  key_hash bytea primary key,
  full_at  timestamptz not null
);
create index if not exists login_allowance_age on durable.login_allowance (full_at);
drop table if exists durable.login_attempt;

create table if not exists durable.api_key (
  key_id      text primary key,
  name        text not null,
  role        text not null,
  secret_hash bytea not null,
  created_by  text not null,
  created_at  timestamptz not null default now(),
  revoked_at  timestamptz
);
create index if not exists api_key_age on durable.api_key (created_at, key_id);

-- A list as somebody set it up and named it; `owner` is the actor that saved it.
create table if not exists durable.saved_view (
  view_id text    primary key,
  owner   text    not null,
  list    text    not null,
  name    text    not null,
  query   text    not null,
  shared  boolean not null,
  version int     not null default 1,
  unique (owner, list, name)
);
create index if not exists saved_view_list on durable.saved_view (list, lower(name));

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
