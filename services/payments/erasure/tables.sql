-- Whether an account is closed, where it ever was. Written by the partition of the account.
create table account_closing_row (
    partition  integer not null,
    account_id text    not null,
    closed     boolean not null,
    primary key (partition, account_id)
);

-- Accounts whose personal data was erased: what is destroyed of its keys, and from which day on its documents name nobody.
-- Written by the partition of the account.
create table erasure_row (
    partition       integer not null,
    account_id      text    not null,
    reason          text    not null,
    despite_debts   boolean not null,
    documents_until date,
    asked_by        text,
    erased_at       timestamptz not null,
    profile_destroyed_at   timestamptz,
    documents_destroyed_at timestamptz,
    primary key (partition, account_id)
);
create index erasure_row_account on erasure_row (account_id);
create index erasure_row_waiting on erasure_row (partition, account_id)
  where profile_destroyed_at is null or documents_destroyed_at is null;
