-- What is not in the log: who may come in. Written by the API, kept and backed up the ordinary way.
-- Instants here are the database's own clock: a session ends in real time, whatever the test clock plays.
-- Made anew at every start, so each statement may find its work done.

create table if not exists durable.app_user (
  user_id       text primary key,
  email         text not null,
  email_key     text not null unique,
  password_hash text,
  role          text not null,
  created_at    timestamptz not null default now()
);
-- Who was invited has no password until the link is used, and who comes by another provider never has one.
alter table durable.app_user alter column password_hash drop not null;
alter table durable.app_user add column if not exists deactivated_at timestamptz;
alter table durable.app_user add column if not exists last_sign_in_at timestamptz;
-- The language that they have chosen, in which mails to them are written; null for the operator's.
alter table durable.app_user add column if not exists language text;

create table if not exists durable.app_session (
  session_hash bytea primary key,
  user_id      text not null references durable.app_user (user_id) on delete cascade,
  created_at   timestamptz not null default now(),
  expires_at   timestamptz not null
);
alter table durable.app_session add column if not exists session_id text not null default gen_random_uuid()::text;
alter table durable.app_session add column if not exists last_seen_at timestamptz not null default now();
-- How its holder signed in, and from where and with what, as a person recognises it.
alter table durable.app_session add column if not exists method text not null default 'password';
alter table durable.app_session add column if not exists network text not null default '';
alter table durable.app_session add column if not exists agent text not null default '';
-- The secret changes while the session goes on: the next one is offered, and once it was used the one before it is
-- good for a minute, since requests may be under way. Whoever comes with that later has stolen it.
alter table durable.app_session add column if not exists rotated_at timestamptz not null default now();
alter table durable.app_session add column if not exists next_hash bytea;
alter table durable.app_session add column if not exists previous_hash bytea;
alter table durable.app_session add column if not exists previous_until timestamptz;
create index if not exists app_session_user on durable.app_session (user_id);
create index if not exists app_session_expiry on durable.app_session (expires_at);
create unique index if not exists app_session_id on durable.app_session (session_id);
create index if not exists app_session_next on durable.app_session (next_hash) where next_hash is not null;
create index if not exists app_session_previous on durable.app_session (previous_hash) where previous_hash is not null;

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
-- `scopes`: null for all that the role may. A rotated key has two secrets until `previous_until`.
alter table durable.api_key add column if not exists scopes text[];
alter table durable.api_key add column if not exists expires_at timestamptz;
alter table durable.api_key add column if not exists last_used_at timestamptz;
alter table durable.api_key add column if not exists rotated_at timestamptz;
alter table durable.api_key add column if not exists previous_hash bytea;
alter table durable.api_key add column if not exists previous_until timestamptz;
create index if not exists api_key_age on durable.api_key (created_at, key_id);

-- The legal entities that somebody, or a key, is held to; null for all.
alter table durable.app_user add column if not exists legal_entities text[];
alter table durable.api_key add column if not exists legal_entities text[];

-- Roles that an administrator has made: one of the five fixed ones, held to scopes.
create table if not exists durable.access_role (
  role_id     text primary key,
  description text not null,
  based_on    text not null,
  scopes      text[] not null,
  version     int not null,
  created_at  timestamptz not null default now(),
  changed_at  timestamptz not null default now()
);

-- One row, once somebody has said something.
create table if not exists durable.access_policy (
  only_one            boolean primary key default true check (only_one),
  idle_minutes        int not null,
  session_hours       int not null,
  second_factor_roles text[] not null,
  version             int not null,
  changed_at          timestamptz not null default now()
);

-- A link by which somebody sets a password, once: to come in for the first time, or because the old one is lost.
create table if not exists durable.password_link (
  link_hash  bytea primary key,
  user_id    text not null references durable.app_user (user_id) on delete cascade,
  kind       text not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index if not exists password_link_user on durable.password_link (user_id);

-- The secret is sealed in the vault. `last_step` is of the last code taken, for none is taken twice.
create table if not exists durable.second_factor (
  user_id      text primary key references durable.app_user (user_id) on delete cascade,
  secret       text not null,
  confirmed_at timestamptz,
  last_step    bigint not null default 0,
  failures     int not null default 0,
  locked_until timestamptz
);
create table if not exists durable.recovery_code (
  user_id   text not null references durable.app_user (user_id) on delete cascade,
  code_hash bytea not null,
  primary key (user_id, code_hash)
);

-- What changed of all this, by whom: written in the transaction of the change, numbered without a gap, never altered.
-- The audit trail shows it beside the events of the log.
create table if not exists durable.access_event (
  seq            bigint primary key,
  type           text not null,
  aggregate_id   text not null,
  actor          text not null,
  correlation_id text,
  data           jsonb not null,
  recorded_at    timestamptz not null default now()
);
-- Whose customer's link it is about, where it is about one.
alter table durable.access_event add column if not exists account_id text;
create index if not exists access_event_account on durable.access_event (account_id, recorded_at desc nulls last)
  where account_id is not null;
create index if not exists access_event_recorded on durable.access_event (recorded_at desc nulls last);
create index if not exists access_event_aggregate on durable.access_event (aggregate_id, recorded_at desc nulls last);

create or replace function durable.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'what is in the audit trail is not changed';
end $$;
create or replace trigger access_event_stays before update or delete on durable.access_event
  for each row execute function durable.refuse_change();

-- A login that was begun at another provider: of it there is what makes it happen once, and in the browser it began in.
create table if not exists durable.provider_login (
  state_hash   bytea primary key,
  browser_hash bytea not null,
  expires_at   timestamptz not null
);
create index if not exists provider_login_expiry on durable.provider_login (expires_at);
-- Who that is whom a provider calls so. Addresses change hands; what a provider calls somebody does not.
create table if not exists durable.provider_identity (
  issuer    text not null,
  subject   text not null,
  user_id   text not null references durable.app_user (user_id) on delete cascade,
  linked_at timestamptz not null default now(),
  primary key (issuer, subject)
);
create unique index if not exists provider_identity_user on durable.provider_identity (user_id, issuer);
-- Whether a second factor was used to open the session, here or as a provider says.
alter table durable.app_session add column if not exists is_strong boolean not null default false;

-- Passkeys: the public half, bound to the name of the site that it was made on. A counter that stands still or goes back
-- is that of a copy.
create table if not exists durable.passkey (
  credential_id bytea primary key,
  passkey_id    text not null unique,
  user_id       text not null references durable.app_user (user_id) on delete cascade,
  name          text not null,
  rp_id         text not null,
  public_key    bytea not null,
  sign_count    bigint not null,
  is_synced     boolean not null,
  created_at    timestamptz not null default now(),
  last_used_at  timestamptz
);
create index if not exists passkey_user on durable.passkey (user_id, created_at);
-- A challenge is answered once. `user_id`: for whom a passkey is to be made; null to sign in.
create table if not exists durable.passkey_challenge (
  challenge_hash bytea primary key,
  user_id        text references durable.app_user (user_id) on delete cascade,
  expires_at     timestamptz not null
);
create index if not exists passkey_challenge_expiry on durable.passkey_challenge (expires_at);
