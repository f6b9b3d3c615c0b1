-- Late fees, written by the partition of the account; rows.py says what the columns mean.
create table late_fee_row (
    partition          integer not null,
    fee_id             text    not null,
    account_id         text    not null,
    overdue_invoice_id text    not null,
    number             text    not null,
    due_on             date    not null,
    step               integer not null,
    kind               text    not null,
    amount             numeric not null,
    currency           text    not null,
    base               numeric not null,
    charged_on         date    not null,
    policy_id          text    not null,
    policy_version     integer not null,
    capped             boolean not null,
    billed_on          text,
    line_n             integer,
    waived_at          timestamptz,
    waived_reason      text,
    primary key (partition, fee_id)
);
create index late_fee_by_id on late_fee_row (fee_id);
create index late_fee_by_account on late_fee_row (account_id, charged_on);
create index late_fee_by_invoice on late_fee_row (overdue_invoice_id);
