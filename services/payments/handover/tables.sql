-- Debts that are, or were, with a collection agency; written by the partition of their account.
create table handover_row (
    partition    integer     not null,
    handover_id  text        not null,
    account_id   text        not null,
    case_id      text        not null,
    agency       text        not null,
    currency     text        not null,
    handed       numeric     not null,
    amount       numeric     not null,
    parts        jsonb       not null,
    handed_on    date        not null,
    withdrawn_on date,
    reason       text,
    recorded_at  timestamptz not null,
    primary key (partition, handover_id)
);
create index handover_row_id on handover_row (handover_id);
create index handover_row_account on handover_row (account_id, handed_on, handover_id);
create index handover_row_handed on handover_row (handed_on, handover_id);

-- What an agency has to be told, in the order of its log: so much is to be collected from then on, nothing where it is zero.
create table handover_movement_row (
    partition   integer     not null,
    seq         bigint      not null,
    handover_id text        not null,
    account_id  text        not null,
    agency      text        not null,
    kind        text        not null,
    currency    text        not null,
    amount      numeric     not null,
    parts       jsonb       not null,
    reason      text,
    moved_on    date        not null,
    recorded_at timestamptz not null,
    primary key (partition, seq)
);
create index handover_movement_row_agency on handover_movement_row (agency, recorded_at, partition, seq);
