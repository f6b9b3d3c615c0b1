-- Outgoing webhooks: who is told of what, what was sent and what came of it. Not in the log: reporting publishes nothing,
-- and what was called once must not be called again because tables are built anew. Instants are the database's own
-- clock: receivers live in real time, whatever the test clock plays.

-- `position` is JSON: topic and partition to the number of the last event that was looked at for this endpoint. `holder`
-- is the process that speaks for it, until `lease_until`. `failures` counts attempts in a row that did not succeed.
create table if not exists durable.webhook_endpoint (
  endpoint_id     text        primary key,
  url             text        not null,
  description     text        not null,
  events          text[]      not null,
  secret          text        not null,   -- sealed
  previous_secret text,                   -- sealed; signs beside the other one until `previous_until`
  previous_until  timestamptz,
  rotated_at      timestamptz,
  version         int         not null default 1,
  created_by      text        not null,
  created_at      timestamptz not null default now(),
  disabled_at     timestamptz,
  disabled_because text,                  -- asked, gone, failing
  position        text        not null,
  failures        int         not null default 0,
  failing_since   timestamptz,
  rest_until      timestamptz,
  delivered_at    timestamptz,
  holder          text,
  lease_until     timestamptz
);

-- What is to be sent to an endpoint, once for each event. `tries` counts the attempts since it was last asked for,
-- `attempts` all of them. An event is looked up in the audit trail's index when it is sent.
create table if not exists durable.webhook_delivery (
  delivery_id text        primary key,
  n           bigint      generated always as identity,
  endpoint_id text        not null references durable.webhook_endpoint (endpoint_id) on delete cascade,
  event_id    text,                       -- of a sample null, where it is none of the log's
  type        text        not null,
  account_id  text,
  sample      boolean     not null default false,
  status      text        not null default 'waiting',   -- waiting, delivered, failed, skipped
  attempts    int         not null default 0,
  tries       int         not null default 0,
  code        text,                       -- of the last attempt
  due_at      timestamptz not null default now(),
  created_at  timestamptz not null default now(),
  finished_at timestamptz
);
create unique index if not exists webhook_delivery_event on durable.webhook_delivery (endpoint_id, event_id)
  where not sample;
create index if not exists webhook_delivery_due on durable.webhook_delivery (endpoint_id, due_at, n)
  where status = 'waiting';
create index if not exists webhook_delivery_age on durable.webhook_delivery (created_at desc, delivery_id desc);
create index if not exists webhook_delivery_of on durable.webhook_delivery (endpoint_id, created_at desc, delivery_id desc);
create index if not exists webhook_delivery_event_id on durable.webhook_delivery (event_id);
create index if not exists webhook_delivery_finished on durable.webhook_delivery (finished_at);

-- Written before the call; `finished_at` and what follows after it. `outcome`: delivered, failed, or unknown, where the
-- process ended in between.
create table if not exists durable.webhook_attempt (
  delivery_id text        not null references durable.webhook_delivery (delivery_id) on delete cascade,
  n           int         not null,
  started_at  timestamptz not null default now(),
  finished_at timestamptz,
  outcome     text,
  code        text,
  answer      text,
  duration_ms int,
  primary key (delivery_id, n)
);
create index if not exists webhook_attempt_open on durable.webhook_attempt (delivery_id) where finished_at is null;
create index if not exists webhook_delivery_failed on durable.webhook_delivery (endpoint_id) where status = 'failed';
