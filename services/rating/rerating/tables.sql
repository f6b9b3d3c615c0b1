-- A rerating is written by the partition of its id, a page of it by the partition that walked it. Pages of a dry run stay
-- beside those that put the differences on the accounts.
create table rerating_row (
    partition    integer     not null,
    rerating_id  text        not null,
    plan_id      text        not null,
    plan_version integer     not null,
    prices       jsonb       not null,
    starts_on    date        not null,
    ends_on      date        not null,
    reason       text        not null,
    account_ids  jsonb,
    partitions   integer     not null,
    applied      boolean     not null,
    version      integer     not null,
    started_at   timestamptz not null,
    started_by   text,
    confirmed_at timestamptz,
    confirmed_by text,
    primary key (partition, rerating_id)
);
create index rerating_by_id on rerating_row (rerating_id);
create index rerating_started on rerating_row (started_at, rerating_id);

create table rerating_page (
    partition   integer     not null,
    rerating_id text        not null,
    dry_run     boolean     not null,
    page        integer     not null,
    accounts    integer     not null,
    unchanged   integer     not null,
    last        boolean     not null,
    walked_at   timestamptz not null,
    seq         bigint      not null,
    primary key (partition, rerating_id, dry_run, page)
);
create index rerating_page_of on rerating_page (rerating_id);

create table rerating_result (
    partition       integer not null,
    rerating_id     text    not null,
    dry_run         boolean not null,
    page            integer not null,
    n               integer not null,
    account_id      text    not null,
    subscription_id text    not null,
    price_index     integer not null,
    period_start    date,
    period_end      date,
    outcome         text    not null,
    reason          text,
    charged         numeric,
    corrected       numeric,
    difference      numeric,
    currency        text    not null,
    charge_id       text,
    primary key (partition, rerating_id, dry_run, page, n)
);
create index rerating_result_of on rerating_result (rerating_id, dry_run, account_id);
