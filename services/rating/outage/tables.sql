-- An outage is written by the partition of its id, a page of it by the partition that walked it. Pages of the preview stay
-- beside those that put the credits on the accounts.
create table outage_row (
    partition        integer     not null,
    outage_id        text        not null,
    starts_at        timestamptz not null,
    ends_at          timestamptz not null,
    share            text        not null,
    percent          numeric,
    minimum_minutes  integer     not null,
    subscription_ids jsonb,
    account_ids      jsonb,
    plan_id          text,
    resources        jsonb,
    reason           text        not null,
    partitions       integer     not null,
    applied          boolean     not null,
    version          integer     not null,
    recorded_at      timestamptz not null,
    recorded_by      text,
    confirmed_at     timestamptz,
    confirmed_by     text,
    primary key (partition, outage_id)
);
create index outage_by_id on outage_row (outage_id);
create index outage_recorded on outage_row (recorded_at, outage_id);

create table outage_page (
    partition integer     not null,
    outage_id text        not null,
    dry_run   boolean     not null,
    page      integer     not null,
    accounts  integer     not null,
    last      boolean     not null,
    walked_at timestamptz not null,
    primary key (partition, outage_id, dry_run, page)
);
create index outage_page_of on outage_page (outage_id);

create table outage_result (
    partition       integer not null,
    outage_id       text    not null,
    dry_run         boolean not null,
    page            integer not null,
    n               integer not null,
    account_id      text    not null,
    subscription_id text    not null,
    corrects        text,
    period_start    date,
    period_end      date,
    seconds         bigint  not null,
    outcome         text    not null,
    reason          text,
    charged         numeric,
    credit          numeric,
    currency        text    not null,
    charge_id       text,
    primary key (partition, outage_id, dry_run, page, n)
);
create index outage_result_of on outage_result (outage_id, dry_run, account_id);
