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
