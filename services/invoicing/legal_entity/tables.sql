-- Legal entities, in partition 0; as the newest version says.
create table legal_entity_row (
    partition       integer     not null,
    legal_entity_id text        not null,
    name            text        not null,
    country         text        not null,
    seller          jsonb       not null,
    tax             jsonb       not null,
    series          jsonb       not null,
    version         integer     not null,
    defined_at      timestamptz not null,
    deleted_at      timestamptz,
    primary key (partition, legal_entity_id)
);
create index legal_entity_by_id on legal_entity_row (legal_entity_id);
