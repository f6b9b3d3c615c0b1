create table jar (
    partition  integer not null,
    account_id text    not null,
    total      bigint  not null,
    primary key (partition, account_id)
);
