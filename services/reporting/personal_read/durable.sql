-- Who opened whose personal fields: taken over from the vault's database, where each service writes it down before its
-- answer leaves (shared/http/personal_reads.py). Kept for two years; till then nothing of it changes.
create table if not exists durable.personal_read (
  seq          bigint primary key,
  read_id      uuid   not null unique,
  aggregate_id text   not null,   -- the account, or of several the path
  account_id   text,              -- where it is one
  actor        text   not null,
  correlation_id text,
  accounts     text[] not null,
  data         jsonb  not null,
  recorded_at  timestamptz not null
);
create index if not exists personal_read_recorded on durable.personal_read (recorded_at);
create index if not exists personal_read_account on durable.personal_read (account_id, recorded_at) where account_id is not null;
create index if not exists personal_read_actor on durable.personal_read (actor, recorded_at);
create index if not exists personal_read_accounts on durable.personal_read using gin (accounts);
create or replace trigger personal_read_stays before update on durable.personal_read
  for each row execute function durable.refuse_change();
