-- Links by which customers read their own page without a login. The token is the id with a signature of the vault's key,
-- so it stands nowhere: who has the table has no link. Instants are the database's own clock.
create table if not exists durable.customer_link (
  link_id        text primary key,
  account_id     text not null,
  made_by        text not null,
  made_at        timestamptz not null default now(),
  expires_at     timestamptz not null,
  revoked_at     timestamptz,
  last_opened_at timestamptz
);
create index if not exists customer_link_account on durable.customer_link (account_id, made_at desc, link_id);
