-- A migration is written by the partition of its id, a page of it by the partition that walked it.
create table plan_migration_row (
    partition       integer     not null,
    migration_id    text        not null,
    from_plan       text        not null,
    from_version    integer,
    to_plan         text        not null,
    to_version      integer,
    takes_effect_on date        not null,
    accounts        integer,
    partitions      integer     not null,
    scheduled_at    timestamptz not null,
    scheduled_by    text,
    cancelled_at    timestamptz,
    primary key (partition, migration_id)
);
create index plan_migration_by_id on plan_migration_row (migration_id);
create index plan_migration_from on plan_migration_row (from_plan);
create index plan_migration_to on plan_migration_row (to_plan);

create table plan_migration_page (
    partition    integer not null,
    migration_id text    not null,
    undo         boolean not null,
    page         integer not null,
    moved        integer not null,
    failed       integer not null,
    last         boolean not null,
    primary key (partition, migration_id, undo, page)
);
create index plan_migration_page_by_id on plan_migration_page (migration_id);

create table plan_migration_result (
    partition       integer not null,
    migration_id    text    not null,
    undo            boolean not null,
    page            integer not null,
    n               integer not null,
    subscription_id text    not null,
    account_id      text    not null,
    outcome         text    not null,
    code            text,
    detail          text,
    primary key (partition, migration_id, undo, page, n)
);
create index plan_migration_result_by_id on plan_migration_result (migration_id, subscription_id);
