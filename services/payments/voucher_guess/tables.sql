-- Who has tried codes that no voucher has, written by the partition of the guesser.
create table voucher_guess_row (
    partition    integer not null,
    guesser      text    not null,
    account_id   text    not null,
    missed       bigint  not null,
    since        timestamptz not null,
    locked_until timestamptz,
    primary key (partition, guesser)
);
create index voucher_guess_row_guesser on voucher_guess_row (guesser);
