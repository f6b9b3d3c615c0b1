-- Payments and what they paid for. A row is written by the partition of its account.

-- `unallocated` is what is left as credit. `version` is 1 and one more for all that happened to it.
create table payment_row (
    partition    integer     not null,
    payment_id   text        not null,
    account_id   text        not null,
    currency     text        not null,
    amount       numeric     not null,
    unallocated  numeric     not null,
    refunded     numeric     not null,
    charged_back numeric     not null,
    charged_again numeric    not null,
    status       text        not null,
    method       text        not null,
    received_on  date        not null,
    invoice_id   text,
    external_key text,
    failure_code text,
    hard_failure boolean,
    reason       text,
    recorded_at  timestamptz not null,
    version      integer     not null,
    primary key (partition, payment_id)
);
create index payment_row_id on payment_row (payment_id);
create index payment_row_account on payment_row (account_id, received_on);
create index payment_row_status on payment_row (status, received_on desc, payment_id desc) where status <> 'succeeded';
create index payment_row_unallocated on payment_row (received_on desc, payment_id desc) where unallocated > 0;
create index payment_row_received on payment_row (received_on, payment_id);
create index payment_row_external_key on payment_row (external_key) where external_key is not null;
create index payment_row_recorded on payment_row (recorded_at, payment_id);
create index payment_row_amount on payment_row (amount, payment_id);

-- The payments that are alike in these columns, counted and summed: what the totals of a list are made of.
create table payment_sum (
    partition    integer not null,
    currency     text    not null,
    status       text    not null,
    method       text    not null,
    received_on  date    not null,
    counted      bigint  not null,
    amount       numeric not null,
    unallocated  numeric not null,
    refunded     numeric not null,
    charged_back numeric not null
);
create unique index payment_sum_alike on payment_sum (partition, currency, status, method, received_on);
create index payment_sum_none on payment_sum (partition) where counted = 0;
create trigger payment_added after insert on payment_row referencing new table as now_so
    for each statement execute function meterlog.keep_sums(
        'payment_sum', 'partition, currency, status, method, received_on', 'amount, unallocated, refunded, charged_back');
create trigger payment_changed after update on payment_row referencing old table as was new table as now_so
    for each statement execute function meterlog.keep_sums(
        'payment_sum', 'partition, currency, status, method, received_on', 'amount, unallocated, refunded, charged_back');

-- What paid for what; `seq` is the number of the event that says so.
create table allocation_row (
    partition  integer not null,
    seq        bigint  not null,
    payment_id text    not null,
    invoice_id text    not null,
    amount     numeric not null,
    recorded_at timestamptz not null,
    taken_back_on date,
    primary key (partition, seq)
);
create index allocation_row_payment on allocation_row (payment_id);
create index allocation_row_invoice on allocation_row (invoice_id);
