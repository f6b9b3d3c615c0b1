-- A run is written by the partition of its id, a page of it by the partition that walked it, a cycle by partition 0.

create table billing_cycle (
    partition integer not null,
    cycle_id  text    not null,
    name      text    not null,
    known     boolean not null,
    primary key (partition, cycle_id)
);

create table billing_run (
    partition   integer     not null,
    run_id      text        not null,
    target_date date        not null,
    dry_run     boolean     not null,
    partitions  integer     not null,
    cycle_id    text,
    account_ids text[],
    confirms    text,
    retries     text,
    policy      jsonb,
    started_at  timestamptz not null,
    started_by  text,
    primary key (partition, run_id)
);
create index billing_run_id on billing_run (run_id);
create index billing_run_started on billing_run (started_at, run_id);

create table billing_run_page (
    partition  integer not null,
    run_id     text    not null,
    page       integer not null,
    accounts   integer not null,
    invoices   integer not null,
    not_closed integer not null,
    failed     integer not null,
    on_hold    integer not null,
    deferred   integer not null,
    waiting_approval integer not null,
    last       boolean not null,
    cancelled  boolean not null,
    walked_at  timestamptz not null,
    seq        bigint  not null,
    primary key (partition, run_id, page)
);
create index billing_run_page_run on billing_run_page (run_id);

create table billing_run_result (
    partition  integer not null,
    run_id     text    not null,
    page       integer not null,
    n          integer not null,
    account_id text    not null,
    outcome    text    not null,
    invoice_id text,
    currency   text,
    net        numeric,
    tax        numeric,
    total      numeric,
    reason     text,
    primary key (partition, run_id, page, n)
);
create index billing_run_result_run on billing_run_result (run_id, outcome);
