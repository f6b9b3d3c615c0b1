-- Cases of dunning, written by the partition of their account. At one midnight very many take a step: pages keep room for
-- the row as it is then.
create table dunning_case_row (
    partition      integer     not null,
    case_id        text        not null,
    account_id     text        not null,
    currency       text        not null,
    time_zone      text        not null,
    policy_id      text        not null,
    policy_version integer     not null,
    opened_on      date        not null,
    since          date        not null,
    overdue        numeric     not null,
    step           integer     not null,
    step_on        date,
    look_on        date,
    paused         boolean     not null,
    paused_until   date,
    pause_reason   text,
    access         text        not null,
    collection_on  date,
    terminated_on  date,
    cleared_on     date,
    cleared_for    text,
    recorded_at    timestamptz not null,
    primary key (partition, case_id)
) with (fillfactor = 75);
create index dunning_case_row_id on dunning_case_row (case_id);
create index dunning_case_row_account on dunning_case_row (account_id, opened_on, case_id);
create index dunning_case_row_open on dunning_case_row (since, case_id) where cleared_on is null;
create index dunning_case_row_opened on dunning_case_row (opened_on, case_id);

-- What happened in each case; read by the partition of its case.
create table dunning_event_row (
    partition   integer     not null,
    case_id     text        not null,
    seq         bigint      not null,
    account_id  text        not null,
    kind        text        not null,
    detail      jsonb       not null,
    actor       text        not null,
    recorded_at timestamptz not null,
    primary key (partition, case_id, seq)
);

-- Accounts with a policy of their own; null where they have the operator's again.
create table dunning_account_row (
    partition  integer not null,
    account_id text    not null,
    policy_id  text,
    primary key (partition, account_id)
);
create index dunning_account_row_policy on dunning_account_row (policy_id, account_id);

-- Accounts that are left alone, up to before `until` or until somebody says otherwise.
create table dunning_exemption_row (
    partition  integer not null,
    account_id text    not null,
    exempt     boolean not null,
    reason     text    not null,
    until      date,
    primary key (partition, account_id)
);
