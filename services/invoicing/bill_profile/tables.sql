-- How accounts are billed. A row is written by the partition of its account.

create table bill_profile (
    partition       integer not null,
    account_id      text    not null,
    name            text    not null,
    currency        text    not null,
    tax             jsonb   not null,
    cycle_id        text    not null,
    time_zone       text    not null,
    terms_days      integer not null,
    expected_start  date,
    expected_end    date,
    held_reason     text,
    held_until      date,
    profile_version integer not null,
    late_fee_policy text,
    own_terms       boolean not null,
    legal_entity    text,
    always_approved boolean not null,
    primary key (partition, account_id)
);
create index bill_profile_account on bill_profile (account_id);
create index bill_profile_late_fee_policy on bill_profile (late_fee_policy) where late_fee_policy is not null;
create index bill_profile_legal_entity on bill_profile (legal_entity, account_id) where legal_entity is not null;
