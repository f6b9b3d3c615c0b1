-- A session as far as it is reported. `name` is the hash of source, resource and session id; `quantities` what it came to
-- by meter, as decimals in text. `expires_at`: closed as silent if not heard of before; null once it is closed.
create table session (
    partition       integer     not null,
    name            text        not null,
    session_id      text        not null,
    source          text        not null,
    resource        text        not null,
    account_id      text,
    subscription_id text,
    state           text        not null,
    closed_by       text,
    started_at      timestamptz not null,
    last_at         timestamptz not null,
    heard_at        timestamptz not null,
    expires_at      timestamptz,
    reports         bigint      not null,
    quantities      jsonb       not null,
    primary key (partition, name)
);
create index session_open on session (partition, expires_at) where state = 'open';
create index session_open_of_source on session (partition, source) where state = 'open';
create index session_by_time on session (started_at);
create index session_by_account on session (account_id, started_at);
create index session_by_resource on session (resource, started_at);
create index session_by_id on session (session_id);
create index session_by_subscription on session (subscription_id);
