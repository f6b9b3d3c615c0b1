-- Files that somebody has asked for at regular times. A setting of people, with addresses in it: not in the log.
create table if not exists durable.report_schedule (
  schedule_id   text        primary key,
  name          text        not null,
  owner         text        not null,
  request       text        not null,   -- JSON: what is asked, as of a report job
  every         text        not null,   -- JSON: when
  period        text,
  recipients    text        not null,   -- JSON: addresses
  outside       boolean     not null,   -- an admin has allowed addresses that are nobody's of the installation
  paused_reason text,
  next_run_at   timestamptz,            -- null while it is paused
  version       int         not null default 1,
  created_at    timestamptz not null default now(),
  changed_at    timestamptz not null default now()
);
create index if not exists report_schedule_due on durable.report_schedule (next_run_at) where next_run_at is not null;
create index if not exists report_schedule_owner on durable.report_schedule (owner, schedule_id);

-- One row for each time, so that no two processes make two files of it.
create table if not exists durable.report_schedule_run (
  schedule_id text        not null references durable.report_schedule (schedule_id) on delete cascade,
  due_at      timestamptz not null,
  job_id      text        not null,
  status      text        not null,     -- working, done, failed
  reason      text,
  detail      text,
  created_at  timestamptz not null default now(),
  primary key (schedule_id, due_at)
);
create index if not exists report_schedule_run_open on durable.report_schedule_run (created_at) where status = 'working';
create index if not exists report_schedule_run_job on durable.report_schedule_run (job_id);
