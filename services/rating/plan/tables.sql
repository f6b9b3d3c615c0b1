-- A draft has no effective_from; a published version never changes again.
create table plan_version_row (
    partition      integer     not null,
    plan_id        text        not null,
    version        integer     not null,
    name           text        not null,
    currency       text        not null,
    prices         jsonb       not null,
    drafted_at     timestamptz not null,
    effective_from date,
    published_at   timestamptz,
    primary key (partition, plan_id, version)
);
create index plan_version_by_id on plan_version_row (plan_id, version);
