create table rate_table_row (
    partition  integer     not null,
    table_id   text        not null,
    name       text        not null,
    currency   text,
    defined_at timestamptz not null,
    primary key (partition, table_id)
);
create index rate_table_by_id on rate_table_row (table_id);

-- A draft has no effective_from; `parts_added` of `parts` are there. A published version never changes again.
create table rate_table_version_row (
    partition      integer     not null,
    table_id       text        not null,
    version        integer     not null,
    draft_id       text        not null,
    rows           integer     not null,
    parts          integer     not null,
    parts_added    integer     not null,
    drafted_at     timestamptz not null,
    effective_from date,
    published_at   timestamptz,
    discarded_at   timestamptz,
    primary key (partition, table_id, version)
);
create index rate_table_version_by_id on rate_table_version_row (table_id, version);

create table rate_row (
    partition integer not null,
    table_id  text    not null,
    version   integer not null,
    prefix    text    collate "C" not null,
    rate      jsonb   not null,
    primary key (partition, table_id, version, prefix)
);
create index rate_by_prefix on rate_row (table_id, version, lower(prefix) collate "C");
