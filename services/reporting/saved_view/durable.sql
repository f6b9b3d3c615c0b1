-- A list as somebody set it up and named it; `owner` is the actor that saved it.
create table if not exists durable.saved_view (
  view_id text    primary key,
  owner   text    not null,
  list    text    not null,
  name    text    not null,
  query   text    not null,
  shared  boolean not null,
  version int     not null default 1,
  unique (owner, list, name)
);
create index if not exists saved_view_list on durable.saved_view (list, lower(name));
