-- Charges that no price asks for: `pending` until their period closes, then billed, or cancelled before.
create table one_time_charge_row (
    partition       integer     not null,
    charge_id       text        not null,
    account_id      text        not null,
    description     text        not null,
    amount          numeric     not null,
    currency        text        not null,
    charged_on      date        not null,
    item            text        not null,
    subscription_id text,
    tax_class       text,
    includes_tax    boolean not null,
    status          text        not null,
    added_at        timestamptz not null,
    primary key (partition, charge_id)
);
create index one_time_charge_by_id on one_time_charge_row (charge_id);
create index one_time_charge_by_account on one_time_charge_row (account_id, charged_on);
