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
-- A filter's rows stand in its index in the order of the list, so a page of very many is read from its end.
create index audit_event_id on audit_event (id);
create index audit_event_recorded on audit_event (recorded_at);
create index audit_event_topic on audit_event (topic, recorded_at);
create index audit_event_type on audit_event (type, recorded_at);
create index audit_event_account on audit_event (account_id, recorded_at) where account_id is not null;
create index audit_event_aggregate on audit_event (aggregate_id, recorded_at);
create index audit_event_actor on audit_event (actor, recorded_at) where actor is not null;
create index audit_event_invoice on audit_event (invoice_id) where invoice_id is not null;
create index audit_event_correlation on audit_event (correlation_id, recorded_at) where correlation_id is not null;
create index audit_event_cause on audit_event (causation_id) where causation_id is not null;


-- Events by type and UTC day on which they were recorded.
create table event_day (
  topic     text   not null,
  partition int    not null,
  day       date   not null,
  type      text   not null,
  events    bigint not null,
  primary key (topic, partition, day, type)
);
create index event_day_day on event_day (day);

-- Everything that the audit trail shows, with a place that sorts by sequence within its partition: the events of the log,
-- what changed of users, keys and roles, and who read personal data, which are not in the log (identity/durable.sql,
-- personal_read/durable.sql). All three have columns of the same types: else Postgres would read all of them, and not the
-- end of an index of each.
create view audit_event_view as
select topic, partition, seq, log_offset, id, type, aggregate_id, account_id, invoice_id, actor, correlation_id,
       causation_id, version, recorded_at,
       format('%s/%s/%s', topic, lpad(partition::text, 4, '0'), lpad(seq::text, 18, '0')) as place
  from audit_event
union all
select 'identity', 0, seq, 0::bigint, 'identity/0/' || seq, type, aggregate_id, account_id, null, actor, correlation_id,
       null, 1, recorded_at, 'identity/0000/' || lpad(seq::text, 18, '0')
  from durable.access_event
union all
select 'personal-data', 0, seq, 0::bigint, 'personal-data/0/' || seq, 'access.PersonalDataRead.v1', aggregate_id, account_id, null,
       actor, correlation_id, null, 1, recorded_at, 'personal-data/0000/' || lpad(seq::text, 18, '0')
  from durable.personal_read;
