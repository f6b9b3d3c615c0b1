-- The tree of tax jurisdictions. One that was deleted has `deleted_at`, and its row until its id is given again.
create table tax_jurisdiction_row (
    partition       integer     not null,
    jurisdiction_id text        not null,
    level           text        not null,
    name            text        not null,
    parent_id       text,
    codes           jsonb       not null,
    postal_codes    jsonb       not null,
    round_by        text,
    version         integer     not null,
    defined_at      timestamptz not null,
    deleted_at      timestamptz,
    primary key (partition, jurisdiction_id)
);
create index tax_jurisdiction_by_id on tax_jurisdiction_row (jurisdiction_id);
create index tax_jurisdiction_by_parent on tax_jurisdiction_row (parent_id, jurisdiction_id);
