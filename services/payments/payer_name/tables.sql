-- What payers are called, sealed; written by the partition of the account.
create table payer_name_row (
    partition  integer not null,
    account_id text    not null,
    name       text    not null,
    details    text,
    primary key (partition, account_id)
);
