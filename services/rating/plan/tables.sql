-- What is on sale: the latest version of each plan, and from when no subscription to it begins.
create table plan_row (
    partition  integer not null,
    plan_id    text    not null,
    latest     integer not null,
    retired_on date,
    primary key (partition, plan_id)
);
create index plan_by_id on plan_row (plan_id);
create index plan_by_beginning on plan_row (lower(plan_id) collate "C");

-- A draft has no effective_from; a published version never changes again, but that nobody takes it from `retired_on` on. `tax_class` is the service's at that time.
create table plan_version_row (
    partition            integer     not null,
    plan_id              text        not null,
    version              integer     not null,
    name                 text        not null,
    currency             text        not null,
    prices               jsonb       not null,
    drafted_at           timestamptz not null,
    code                 text        not null,
    type                 text        not null,
    terms                jsonb       not null,
    revision             integer     not null,
    service_id           text,
    bandwidth_profile_id text,
    cloned_from          text,
    effective_from       date,
    published_at         timestamptz,
    tax_class            text,
    retired_on           date,
    primary key (partition, plan_id, version)
);
create index plan_version_by_id on plan_version_row (plan_id, version);
create index plan_version_by_name on plan_version_row (lower(name) collate "C");
create index plan_version_by_service on plan_version_row (service_id);
create index plan_version_by_profile on plan_version_row (bandwidth_profile_id);
