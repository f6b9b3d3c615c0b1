-- What was said of the equipment that reports; `secret` is sealed. One that was deleted has `deleted_at`.
create table source (
    partition      integer     not null,
    id             text        not null,
    name           text,
    addresses      jsonb      not null,
    secret         text,
    line           text        not null,
    signed         boolean     not null,
    silent_after_s integer,
    version        integer     not null,
    defined_at     timestamptz not null,
    deleted_at     timestamptz,
    primary key (partition, id)
);
create index source_by_id on source (id);
