-- Whose a resource, or a prefix of addresses, was in [valid_from, valid_to), not from `ends_at` on, when its subscription ended;
-- open-ended when null.
create table held_resource (
  partition       int         not null,
  resource_id     text        not null,
  valid_from      timestamptz not null,
  valid_to        timestamptz,
  account_id      text        not null,
  subscription_id text        not null,
  recorded_at     timestamptz not null,
  ends_at         timestamptz,
  primary key (partition, resource_id, valid_from)
);
create index held_resource_by_time on held_resource (resource_id, valid_from);
