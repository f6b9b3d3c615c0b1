-- The index of the audit trail, over all four logs.

-- Where every event that is not hot stands in the log; its payload is read from there.
create table audit_event (
  topic          text   not null,
  partition      int    not null,
  seq            bigint not null,
  log_offset     bigint not null,
  id             text   not null,
  type           text   not null,
  aggregate_id   text   not null,
  account_id     text,
  invoice_id     text,
  actor          text,
  correlation_id text,
  causation_id   text,
  version        int    not null,
  recorded_at    timestamptz not null,
  primary key (topic, partition, seq)
);
create index audit_event_id on audit_event (id);
create index audit_event_recorded on audit_event (recorded_at desc nulls last);
create index audit_event_account on audit_event (account_id, recorded_at desc nulls last);
create index audit_event_aggregate on audit_event (aggregate_id, recorded_at desc nulls last);
create index audit_event_invoice on audit_event (invoice_id) where invoice_id is not null;
create index audit_event_correlation on audit_event (correlation_id);

-- An event of the audit trail with a place that sorts by sequence within its partition.
create view audit_event_view as
select e.*, format('%s/%s/%s', e.topic, lpad(e.partition::text, 4, '0'), lpad(e.seq::text, 18, '0')) as place
  from audit_event e;
