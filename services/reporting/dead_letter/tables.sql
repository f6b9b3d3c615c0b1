-- What was put aside, over all four logs.

-- What a bug put aside (`parked` inputs, dead-lettered `command`s), and `bytes` that intake could not read. `log_offset` is
-- where the payload is: in the event that put it aside, or in usage.dead. `item` tells apart what one event reported, else
-- -1. `actor` is who had sent it.
create table dead_letter (
  topic text not null, partition int not null, seq bigint not null, item int not null,
  kind        text        not null,
  status      text        not null default 'open',
  type text, subject text not null, parking_key text, account_id text, command_id text, actor text,
  input       text        not null,
  error       text        not null,
  attempts    int         not null,
  log_offset  bigint      not null,
  size_bytes  bigint      not null,
  recorded_at timestamptz not null,
  tried_at timestamptz, resolved_at timestamptz, resolved_by text, reason text,
  primary key (topic, partition, seq, item)
);
create index dead_letter_recorded on dead_letter (recorded_at desc nulls last);
create index dead_letter_account on dead_letter (account_id, recorded_at desc nulls last);
create index dead_letter_open on dead_letter (kind, topic, partition, parking_key, seq) where status = 'open';
