-- A session as far as it is reported. `name` is the hash of source, resource and session id; `quantities` what it came to
-- by meter, as decimals in text: `up` and `down` where these are told apart. `expires_at`: closed as silent if not heard of
-- before; null once it is closed. Whatever a report changes has no index, so that it is a write to one place.
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
    up              jsonb       not null,
    down            jsonb       not null,
    primary key (partition, name)
) with (fillfactor = 80);
create index session_open_of_source on session (partition, source) where state = 'open';
create index session_by_time on session (started_at);
create index session_by_account on session (account_id, started_at);
create index session_by_resource on session (resource, started_at);
create index session_by_id on session (session_id);
create index session_by_subscription on session (subscription_id);

-- When each open session is closed as silent: apart, for it is the one indexed thing that every report changes.
create table session_expiry (
    partition  integer     not null,
    name       text        not null,
    expires_at timestamptz not null,
    primary key (partition, name)
) with (fillfactor = 80);
create index session_expiry_by_time on session_expiry (partition, expires_at);
