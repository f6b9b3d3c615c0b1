-- The catalogue of services. One that was deleted has `deleted_at`, and its row until its id is given again.
create table service_row (
    partition   integer     not null,
    service_id  text        not null,
    code        text        not null,
    name        text        not null,
    kind        text        not null,
    meters      jsonb       not null,
    tax_class   text,
    description text,
    version     integer     not null,
    defined_at  timestamptz not null,
    deleted_at  timestamptz,
    primary key (partition, service_id)
);
create index service_by_id on service_row (service_id);
