-- Files that were taken, for ever: the same content of the same source is the same file. `bodies` is how many of the
-- parts that it is cut into are in the log, `done` and `failed` their pieces. `lease_until` is until when a process speaks
-- for it; `attempt` tells the work of several processes apart.
create table if not exists durable.usage_file (
  file_id          text        primary key,
  sha256           bytea       not null,
  source           text        not null,
  format           text        not null,
  headers          text        not null,   -- JSON, as `parse` takes them
  name             text        not null,
  owner            text        not null,
  size_bytes       bigint      not null,
  status           text        not null default 'queued',
  bodies           bigint      not null default 0,
  done             bigint      not null default 0,
  failed           bigint      not null default 0,
  failures         text        not null default '[]',   -- JSON
  attempt          int         not null default 0,
  cancel_requested boolean     not null default false,
  created_at       timestamptz not null default now(),
  lease_until      timestamptz,
  finished_at      timestamptz,
  unique (sha256, source)
);
-- By partition, the offset behind the last command that it sent: whoever has taken these knows all of the file. JSON.
alter table durable.usage_file add column if not exists sent text not null default '{}';
create index if not exists usage_file_open on durable.usage_file (created_at) where finished_at is null;
create index if not exists usage_file_by_time on durable.usage_file (created_at, file_id);

-- Its content until it has been taken, packed.
create table if not exists durable.usage_file_piece (
  file_id text  not null references durable.usage_file (file_id) on delete cascade,
  n       int   not null,
  content bytea not null,
  primary key (file_id, n)
);
